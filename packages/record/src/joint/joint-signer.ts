import { ed25519_FROST as FROST } from "@noble/curves/ed25519.js";
import { RecordError } from "../error.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import { noteVerifier } from "../formats/verifier.ts";
import type { CheckpointSigner } from "../log/signer.ts";
import { reasonOf } from "../thrown.ts";
import type { JointSigner } from "./joint-holder.ts";
import { type JointCommitment, type JointPublic, jointPublicKey } from "./joint-key.ts";

/** The verifier of a log whose key several hold together: nothing about it tells. */
export function jointVerifier(name: string, key: JointPublic): NoteVerifier {
  return noteVerifier(name, jointPublicKey(key));
}

/**
 * Signs for a log with the help of enough holders of its key (FROST over Ed25519, RFC 9591, section 6.1). Who signs here
 * holds no share. A holder that refuses, is silent or answers wrongly is left out and another is asked; verifiers see a
 * plain Ed25519 signature. It takes some hundred milliseconds, so checkpoints are best a second apart or more.
 */
export function jointSigner(
  name: string,
  key: JointPublic,
  holders: readonly JointSigner[],
): CheckpointSigner {
  return {
    verifier: jointVerifier(name, key),
    sign: async (message, proofFrom = async () => []) => {
      const failed = new Map<string, string>();
      while (holders.length - failed.size >= key.signers.min) {
        const asked = holders.filter(({ identifier }) => !failed.has(identifier));
        const signature = await signTogether(key, asked, message, proofFrom, failed);
        if (signature !== undefined) return signature;
      }
      const why = [...failed.values()].join("; ");
      throw new RecordError(
        "quorum-missing",
        `expected ${key.signers.min} of ${holders.length} holders of the log's key to sign, got fewer: ${why}`,
      );
    },
  };
}

/** One attempt with as many holders as are needed; who fails is noted. */
async function signTogether(
  key: JointPublic,
  holders: readonly JointSigner[],
  message: Uint8Array,
  proofFrom: (size: number) => Promise<Uint8Array[]>,
  failed: Map<string, string>,
): Promise<Uint8Array | undefined> {
  const begun: { holder: JointSigner; commitment: JointCommitment; signed: number }[] = [];
  for (const holder of holders) {
    if (begun.length === key.signers.min) break;
    try {
      begun.push({ holder, ...(await holder.commit()) });
    } catch (error) {
      failed.set(holder.identifier, reasonOf(error));
    }
  }
  if (begun.length < key.signers.min) return undefined;
  const commitments = begun
    .map(({ commitment }) => commitment)
    .sort((a, b) => (a.identifier < b.identifier ? -1 : 1));
  const shares: Record<string, Uint8Array> = {};
  await Promise.all(
    begun.map(async ({ holder, signed }) => {
      try {
        const proof = await growthFrom(signed, proofFrom);
        const share = await holder.sign({ message, commitments, old: signed, proof });
        if (!FROST.verifyShare(key, commitments, message, holder.identifier, share)) {
          throw new Error("its share of the signature is wrong");
        }
        shares[holder.identifier] = share;
      } catch (error) {
        failed.set(holder.identifier, reasonOf(error));
      }
    }),
  );
  if (Object.keys(shares).length < begun.length) return undefined;
  return Uint8Array.from(FROST.aggregate(key, commitments, message, shares));
}

async function growthFrom(
  signed: number,
  proofFrom: (size: number) => Promise<Uint8Array[]>,
): Promise<Uint8Array[]> {
  try {
    return await proofFrom(signed);
  } catch {
    // Whatever the proof lacks, the holder is told of what it means.
    throw new Error(
      `expected a log that continues the ${signed} entries it signed last, got one without them: this log was set back`,
    );
  }
}
