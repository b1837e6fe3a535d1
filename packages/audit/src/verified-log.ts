import {
  atPlace,
  CHECKPOINT_PATH,
  decodeBundle,
  type Log,
  openLog,
  type Policy,
  parseCheckpoint,
  parseNote,
  RecordError,
  type RecordSource,
  tilePath,
  wordsInEntry,
} from "@standstill/record";
import { z } from "zod";
import { AuditFault } from "./fault.ts";
import {
  checkGrowth,
  checkSignatures,
  type LogSigners,
  logSignersSchema,
  verifiersOf,
} from "./signatures.ts";

/**
 * Opens a record whose checkpoint is signed by its log and enough of its witnesses, and that has grown from a checkpoint
 * seen before. What is read from it is checked as it is read.
 */
export async function openVerifiedLog(
  source: RecordSource,
  policy: Policy | undefined,
  since: Uint8Array | undefined,
): Promise<Log> {
  const first = await firstEntry(source);
  const terms = logSignersIn(first);
  const verifiers = atPlace(first.place, () => verifiersOf(terms, policy));
  if (verifiers.length === 0) throw nobodyNamed();
  const log = await openLog(source, verifiers);
  checkSignatures(log, terms, policy);
  if (since !== undefined) await checkGrowth(log, since, verifiers);
  return log;
}

interface Entry {
  readonly bytes: Uint8Array;
  readonly place: string;
}

/** The terms stand in entry 0; nothing about them is trusted until the tree has been compared with the signature. */
async function firstEntry(source: RecordSource): Promise<Entry> {
  const note = await needed(source, CHECKPOINT_PATH);
  const size = atPlace(CHECKPOINT_PATH, () => parseCheckpoint(parseNote(note).text).size);
  if (size === 0) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      "expected at least one entry, got none",
    );
  }
  const width = Math.min(size, 256);
  const partial = tilePath({ level: "entries", index: 0, width });
  const full = tilePath({ level: "entries", index: 0, width: 256 });
  const partialBytes = await source.read(partial);
  const bytes = partialBytes ?? (await needed(source, full, partial));
  const [first] = atPlace(partial, () =>
    decodeBundle(bytes, partialBytes === undefined ? 256 : width),
  );
  if (first !== undefined) return { bytes: first, place: partial };
  throw new RecordError("malformed-tile", "expected entry 0, got none", { place: partial });
}

/** Nothing where the terms are of a form in which this program does not find who signs the log. */
function logSignersIn({ bytes, place }: Entry): LogSigners | undefined {
  const words = atPlace(place, () => wordsInEntry(bytes));
  const found = proposalSchema.safeParse(words);
  return found.success ? found.data.body.terms : undefined;
}

const proposalSchema = z.looseObject({
  body: z.looseObject({ terms: logSignersSchema }),
});

function nobodyNamed(): AuditFault {
  return new AuditFault(
    "not-recomputed",
    "entry 0",
    "expected terms that name the log's key, in a form that this program knows, got none; to check who signed the log, give --policy",
  );
}

async function needed(source: RecordSource, path: string, asked = path): Promise<Uint8Array> {
  const bytes = await source.read(path);
  if (bytes !== undefined) return bytes;
  throw new RecordError("store-missing", `expected the file ${asked}, got none`, { place: asked });
}
