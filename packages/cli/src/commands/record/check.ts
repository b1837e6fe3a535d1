import {
  checkEvidenceFile,
  checkProofFile,
  isEvidenceFile,
  type Proven,
  provenWords,
  toBase64,
} from "@standstill/record";
import { EXIT } from "../../exit-codes.ts";
import { policyIn, readNamed } from "../../files.ts";
import { json, type Terminal, UsageError } from "../../output.ts";

/** Options of `standstill check`. */
export interface CheckOptions {
  readonly policy: string;
  readonly entry?: string;
  readonly json: boolean;
}

/** `standstill check`: checks a proof of inclusion or evidence of a split view, offline. */
export async function checkCommand(
  file: string,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const bytes = await readNamed(file, "the file to check");
  const policy = await policyIn(options.policy);
  const proven = isEvidenceFile(bytes)
    ? checkEvidenceFile(bytes, policy)
    : checkProofFile(bytes, await entryIn(options.entry), policy);
  terminal.out(options.json ? json(answerOf(proven)) : provenWords(proven));
  return EXIT.ok;
}

async function entryIn(path: string | undefined): Promise<Uint8Array> {
  if (path !== undefined) return readNamed(path, "--entry");
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
