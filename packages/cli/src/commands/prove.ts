import { writeFile } from "node:fs/promises";
import {
  CHECKPOINT_PATH,
  decodeEntry,
  formatTlogProof,
  openLog,
  type Policy,
  RecordError,
} from "@standstill/record";
import { defineCommand } from "../command/define.ts";
import { count, file, path, recordPlace } from "../command/format.ts";
import { needed, optional } from "../command/input.ts";
import { policyOf } from "../named-file.ts";
import { UsageError } from "../output.ts";
import { sourceAt } from "../record-place.ts";

/** `standstill prove`: writes an entry and the proof that it is in the record, for others to check offline. */
export const command = defineCommand({
  summary: "Write an entry and the proof that it is in the record, to be checked offline",
  arguments: {
    record: needed("<dir|url>", "the record", recordPlace),
    index: needed("<entry>", "the entry's number", count),
  },
  options: {
    policy: needed("<file>", "log key and witnesses to trust (c2sp.org/tlog-policy)", file),
    out: optional("<path>", "beginning of the files' names; entry-<number> if not given", path),
  },
  examples: ["standstill prove .standstill 7 --policy .standstill/policy"],
  action: async ({ record, index, policy, out = `entry-${index}` }, terminal) => {
    const source = await sourceAt(record);
    const { tree, note, checkpoint } = await openLog(source, keysOf(await policyOf(policy)));
    if (index >= checkpoint.size) {
      throw new UsageError(
        `expected an entry below ${checkpoint.size}, got ${index}`,
        "Name an entry that the checkpoint covers; standstill find lists them.",
      );
    }
    const entry = await tree.entry(index);
    const hashes = await tree.inclusionProof(index);
    const files = { entry: `${out}.json`, proof: `${out}.tlog-proof` };
    await writeFile(files.entry, entry);
    await writeFile(files.proof, formatTlogProof({ index, hashes, checkpoint: note }));
    const { id, statement } = decodeEntry(entry);
    const { type, issuer } = statement;
    terminal.answer({ index, id, type, issuer, files }, () =>
      [
        `Entry ${index}: ${type} by ${issuer}, id ${id}`,
        `Statement: ${files.entry}`,
        `Proof:     ${files.proof}`,
        `Check it:  standstill check ${files.proof} --entry ${files.entry} --policy ${policy.path}`,
      ].join("\n"),
    );
    return "ok";
  },
});

function keysOf(policy: Policy) {
  const keys = [...policy.logs, ...policy.witnesses.values()];
  if (keys.length > 0) return keys;
  throw new RecordError("malformed-policy", "expected keys in the policy, got none", {
    place: CHECKPOINT_PATH,
  });
}
