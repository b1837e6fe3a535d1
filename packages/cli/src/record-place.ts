import { join } from "node:path";
import { audit, notRecomputedWords } from "@standstill/audit";
import { httpSource, type Policy, type RecordSource, type TileTree } from "@standstill/record";
import { directorySource } from "@standstill/record/files";
import type { State } from "@standstill/replay";
import type { RecordPlace } from "./command/format.ts";
import { UsageError } from "./output.ts";

/** The record at a place: a data directory, its `record/`, or the address of either. */
export async function sourceAt({ kind, at }: RecordPlace): Promise<RecordSource> {
  const isAddress = kind === "address";
  const open = isAddress ? httpSource : directorySource;
  const below = isAddress ? `${at}/record` : join(at, "record");
  const nested = open(below);
  if ((await nested.read("checkpoint")) !== undefined) return nested;
  const direct = open(at);
  if ((await direct.read("checkpoint")) !== undefined) return direct;
  // A record whose checkpoint is gone is truncated; a place without any record is a slip of the user.
  if (!isAddress && (await isRecordDirectory(below))) return nested;
  throw new UsageError(
    `expected a record in ${at}, got none`,
    "Name the directory given to --data, or the address of a server.",
  );
}

async function isRecordDirectory(path: string): Promise<boolean> {
  try {
    return (await directorySource(path).list()).length > 0;
  } catch {
    // Not a directory at all.
    return false;
  }
}

/** The state of a record whose signatures and tree verify, by a policy where one is given; verdicts are taken as published. */
export async function stateIn(place: RecordPlace, policy?: Policy): Promise<State> {
  return (await recordIn(place, policy)).state;
}

/** The same, with the tree that holds the entries it was replayed from. */
export async function recordIn(
  place: RecordPlace,
  policy?: Policy,
): Promise<{ readonly state: State; readonly tree: TileTree }> {
  let found: { readonly state: State; readonly tree: TileTree } | undefined;
  const report = await audit(await sourceAt(place), {
    recompute: false,
    ...(policy === undefined ? {} : { policy }),
    onState: (state, { tree }) => {
      found = { state, tree };
    },
  });
  if (found !== undefined) return found;
  if (report.outcome === "not-recomputed")
    throw new UsageError(
      `expected a record that this program understands, got another: ${notRecomputedWords(report.notRecomputed)[0] ?? report.message}`,
      "Use the program that made the record.",
    );
  throw new UsageError(
    `expected a record that verifies, got one that does not: ${report.message}`,
    `Run standstill audit ${place.at} to see what is wrong.`,
  );
}

/** The agreement of a record, who is bound by it, and which safeguards are accepted under it. */
export async function agreementIn(place: RecordPlace) {
  const { agreement, safeguards } = await stateIn(place);
  const { terms, coalition } = agreement;
  if (terms !== undefined) return { terms, coalition, safeguards };
  throw new UsageError(
    "expected a record with terms, got one without",
    "Name a record in which an agreement was proposed.",
  );
}
