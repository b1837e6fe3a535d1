import {
  atPlace,
  CHECKPOINT_PATH,
  equalBytes,
  type Log,
  type NoteVerifier,
  openNote,
  type Policy,
  parseCheckpoint,
  parseNote,
  parseVerifier,
  quorumMet,
} from "@standstill/record";
import { z } from "zod";
import { AuditFault } from "./fault.ts";

/** Who signs and cosigns a log, as terms of any version name them that name them in this form. */
export const logSignersSchema = z.looseObject({
  log: z.looseObject({ vkey: z.string().max(1000) }),
  witnessKeys: z.array(z.looseObject({ vkey: z.string().max(1000) })).max(1000),
  witnessQuorum: z.int().min(0),
});

/** Who signs and cosigns a log. */
export type LogSigners = z.infer<typeof logSignersSchema>;

/** Every key that may sign this record's checkpoint: those of the policy, and those that the terms name. */
export function verifiersOf(
  terms: LogSigners | undefined,
  policy: Policy | undefined,
): NoteVerifier[] {
  const trusted = policy === undefined ? [] : [...policy.logs, ...policy.witnesses.values()];
  const own =
    terms === undefined
      ? []
      : [terms.log, ...terms.witnessKeys].map(({ vkey }) => parseVerifier(vkey));
  const all = [...trusted, ...own];
  return all.filter(
    (v, i) => all.findIndex((w) => w.name === v.name && equalBytes(w.keyId, v.keyId)) === i,
  );
}

/** Every line of the checkpoint must be somebody's whom the terms or the policy name, and enough of them. */
export function checkSignatures(
  log: Log,
  terms: LogSigners | undefined,
  policy: Policy | undefined,
): void {
  if (terms !== undefined) checkSignersOfTerms(log, terms);
  if (policy !== undefined) checkSignersOfPolicy(log, policy);
}

function checkSignersOfTerms(log: Log, terms: LogSigners): void {
  const lines = parseNote(log.note).signatures.length;
  if (log.verified.length !== lines) {
    const message = `expected ${lines} signatures by named keys, got ${log.verified.length}`;
    throw new AuditFault("altered", CHECKPOINT_PATH, message);
  }
  const signed = signedIn(log);
  if (!signed(parseVerifier(terms.log.vkey))) {
    throw forked("expected a signature by the log that the terms name, got none");
  }
  const witnesses = terms.witnessKeys.filter(({ vkey }) => signed(parseVerifier(vkey))).length;
  if (witnesses < terms.witnessQuorum) {
    throw forked(`expected cosignatures by ${terms.witnessQuorum} witnesses, got ${witnesses}`);
  }
}

function checkSignersOfPolicy(log: Log, policy: Policy): void {
  if (!policy.logs.some(signedIn(log))) {
    throw forked(
      "expected a signature by a log of the policy, got none: this is another log, or it was signed anew",
    );
  }
  if (!quorumMet(policy, log.verified)) {
    throw forked(`expected the policy's quorum "${policy.quorum}" of witnesses, got less`);
  }
}

function signedIn({ verified }: Log): (verifier: NoteVerifier) => boolean {
  return ({ publicKey }) => verified.some((one) => equalBytes(one.publicKey, publicKey));
}

/** The log must have grown from a checkpoint that was seen before. */
export async function checkGrowth(
  log: Log,
  since: Uint8Array,
  verifiers: readonly NoteVerifier[],
): Promise<void> {
  const before = atPlace("--since", () => parseCheckpoint(openNote(since, verifiers).text));
  if (before.size > log.checkpoint.size) {
    throw forked(
      `expected at least the ${before.size} entries seen before, got ${log.checkpoint.size}`,
    );
  }
  if (!equalBytes(await log.tree.root(before.size), before.root)) {
    throw forked(
      `expected the first ${before.size} entries as seen before, got others: the log was forked`,
    );
  }
}

function forked(message: string): AuditFault {
  return new AuditFault("forked-or-truncated", CHECKPOINT_PATH, message);
}
