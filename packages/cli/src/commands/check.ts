import {
  checkEvidenceFile,
  checkProofFile,
  isEvidenceFile,
  type Proven,
  provenWords,
  toBase64,
} from "@standstill/record";
import { defineCommand } from "../command/define.ts";
import { file, type NamedFile } from "../command/format.ts";
import { needed, optional } from "../command/input.ts";
import { bytesOf, policyOf } from "../named-file.ts";
import { UsageError } from "../output.ts";

/** `standstill check`: checks a proof of inclusion or evidence of a split view, offline. */
export const command = defineCommand({
  summary: "Check a proof, or evidence that a log signed two histories, offline",
  arguments: {
    file: needed("<file>", "a .tlog-proof, or the evidence that a mirror or witness kept", file),
  },
  options: {
    policy: needed("<file>", "log key and witnesses to trust (c2sp.org/tlog-policy)", file),
    entry: optional("<file>", "the entry that a proof is about", file),
  },
  examples: [
    "standstill check entry-7.tlog-proof --entry entry-7.json --policy policy",
    "standstill check split-view-0123456789abcdef.json --policy policy --json",
  ],
  action: async ({ file: named, policy: policyFile, entry }, terminal) => {
    const bytes = await bytesOf(named);
    const policy = await policyOf(policyFile);
    const proven = isEvidenceFile(bytes)
      ? checkEvidenceFile(bytes, policy)
      : checkProofFile(bytes, await entryIn(entry), policy);
    terminal.answer(answerOf(proven), () => provenWords(proven));
    return "ok";
  },
});

async function entryIn(file: NamedFile | undefined): Promise<Uint8Array> {
  if (file !== undefined) return bytesOf(file);
  throw new UsageError(
    "expected --entry with a proof, got none",
    "Give --entry the file of the entry that the proof is about.",
  );
}

function answerOf(proven: Proven): object {
  if (proven.proof === "split-view") return proven;
  const { proof, index, checkpoint, signed } = proven;
  const { origin, size, root } = checkpoint;
  const { type, issuer } = signed.statement;
  return { proof, origin, index, size, root: toBase64(root), id: signed.id, type, issuer };
}
