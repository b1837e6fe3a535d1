import { decodeEntry, type SignedStatement } from "./envelope.ts";
import { RecordError } from "./error.ts";
import type { Checkpoint } from "./formats/checkpoint.ts";
import { textOf } from "./formats/encoding.ts";
import type { Policy } from "./formats/policy.ts";
import { parseTlogProof, verifyTlogProof } from "./formats/tlog-proof.ts";
import { leafHash } from "./tree/proof.ts";
import { checkSplitView, parseSplitView } from "./witness/split-view.ts";

/** What a file that somebody was handed proves, under a policy. */
export type Proven =
  | {
      readonly proof: "inclusion";
      readonly index: number;
      readonly checkpoint: Checkpoint;
      readonly signed: SignedStatement;
    }
  | {
      readonly proof: "split-view";
      readonly origin: string;
      readonly larger: number;
      readonly smaller: number;
    };

/** Whether a file is evidence of a split view; else it is taken for a proof of inclusion, which needs its entry. */
export function isEvidenceFile(file: Uint8Array): boolean {
  return textOf(file).trimStart().startsWith("{");
}

/** Checks a proof that an entry is in a log (c2sp.org/tlog-proof). Refuses with the code of what is wrong. */
export function checkProofFile(proof: Uint8Array, entry: Uint8Array, policy: Policy): Proven {
  const parsed = parseTlogProof(proof);
  const checkpoint = verifyTlogProof(parsed, leafHash(entry), policy);
  return { proof: "inclusion", index: parsed.index, checkpoint, signed: decodeEntry(entry) };
}

/** Checks evidence that a log of the policy signed two histories. Refuses with the code of what is wrong. */
export function checkEvidenceFile(file: Uint8Array, policy: Policy): Proven {
  const evidence = parseSplitView(file);
  for (const log of policy.logs) {
    try {
      const [larger, smaller] = checkSplitView(evidence, log);
      return {
        proof: "split-view",
        origin: log.name,
        larger: larger.size,
        smaller: smaller.size,
      };
    } catch (error) {
      if (!(error instanceof RecordError) || error.code !== "signature-missing") throw error;
    }
  }
  throw new RecordError(
    "signature-missing",
    "expected checkpoints signed by a log of the policy, got others",
  );
}

/** What was proven, in a sentence or three. */
export function provenWords(proven: Proven): string {
  if (proven.proof === "split-view") {
    const { origin, larger, smaller } = proven;
    return `The log ${origin} signed two histories: a checkpoint of ${larger} entries and one of ${smaller} that is no part of it. Only whoever held the log's key can have made both.`;
  }
  const { index, checkpoint, signed } = proven;
  const { type, issuer } = signed.statement;
  return `The entry is in the log ${checkpoint.origin}: number ${index} of ${checkpoint.size}. It is ${type}, issued in the name of ${issuer}. The proof does not say that the statement was admitted; standstill audit does.`;
}
