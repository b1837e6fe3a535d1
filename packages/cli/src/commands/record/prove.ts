import { writeFile } from "node:fs/promises";
import {
  CHECKPOINT_PATH,
  decodeEntry,
  formatTlogProof,
  openLog,
  type Policy,
  RecordError,
} from "@standstill/record";
import { EXIT } from "../../exit-codes.ts";
import { policyIn } from "../../files.ts";
import { json, type Terminal, UsageError } from "../../output.ts";
import { sourceOf } from "../../record-target.ts";

/** Options of `standstill prove`. */
export interface ProveOptions {
  readonly policy: string;
  readonly out?: string;
  readonly json: boolean;
}

/** `standstill prove`: writes an entry and the proof that it is in the record, for others to check offline. */
export async function proveCommand(
  target: string,
  index: number,
  options: ProveOptions,
  terminal: Terminal,
): Promise<number> {
  const source = await sourceOf(target);
  const { tree, note, checkpoint } = await openLog(source, keysOf(await policyIn(options.policy)));
  if (index >= checkpoint.size) {
    throw new UsageError(
      `expected an entry below ${checkpoint.size}, got ${index}`,
      "Name an entry that the checkpoint covers; standstill find lists them.",
    );
  }
  const entry = await tree.entry(index);
  const proof = formatTlogProof({
    index,
    hashes: await tree.inclusionProof(index),
    checkpoint: note,
  });
  const base = options.out ?? `entry-${index}`;
  const files = { entry: `${base}.json`, proof: `${base}.tlog-proof` };
  await writeFile(files.entry, entry);
  await writeFile(files.proof, proof);
  const { id, statement } = decodeEntry(entry);
  terminal.out(
    options.json
      ? json({ index, id, type: statement.type, issuer: statement.issuer, files })
      : [
          `Entry ${index}: ${statement.type} by ${statement.issuer}, id ${id}`,
          `Statement: ${files.entry}`,
          `Proof:     ${files.proof}`,
          `Check it:  standstill check ${files.proof} --entry ${files.entry} --policy ${options.policy}`,
        ].join("\n"),
  );
  return EXIT.ok;
}

function keysOf(policy: Policy) {
  const keys = [...policy.logs, ...policy.witnesses.values()];
  if (keys.length > 0) return keys;
  throw new RecordError("malformed-policy", "expected keys in the policy, got none", {
    place: CHECKPOINT_PATH,
  });
}
