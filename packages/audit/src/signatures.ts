import type { Terms } from "@standstill/agreement";
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
import { AuditFault } from "./fault.ts";

/** Every key that may sign this record's checkpoint: those of the policy, and those that the terms name. */
export function verifiersOf(terms: Terms, policy: Policy | undefined): NoteVerifier[] {
  const trusted = policy === undefined ? [] : [...policy.logs, ...policy.witnesses.values()];
  const own = [terms.log.vkey, ...terms.witnessKeys.map(({ vkey }) => vkey)].map(parseVerifier);
  const all = [...trusted, ...own];
  return all.filter(
    (v, i) => all.findIndex((w) => w.name === v.name && equalBytes(w.keyId, v.keyId)) === i,
  );
}

/** Every line of the checkpoint must be somebody's whom the terms or the policy name, and enough of them. */
export function checkSignatures(log: Log, terms: Terms, policy: Policy | undefined): void {
  const lines = parseNote(log.note).signatures.length;
  if (log.verified.length !== lines) {
    const message = `expected ${lines} signatures by named keys, got ${log.verified.length}`;
    throw new AuditFault("altered", CHECKPOINT_PATH, message);
  }
  const signed = (verifier: NoteVerifier) =>
    log.verified.some((v) => equalBytes(v.publicKey, verifier.publicKey));
  if (!signed(parseVerifier(terms.log.vkey))) {
    throw forked("expected a signature by the log that the terms name, got none");
  }
  const witnesses = terms.witnessKeys.filter(({ vkey }) => signed(parseVerifier(vkey))).length;
  if (witnesses < terms.witnessQuorum) {
    throw forked(`expected cosignatures by ${terms.witnessQuorum} witnesses, got ${witnesses}`);
  }
  if (policy === undefined) return;
  if (!policy.logs.some(signed)) {
    throw forked(
      "expected a signature by a log of the policy, got none: this is another log, or it was signed anew",
    );
  }
  if (!quorumMet(policy, log.verified)) {
    throw forked(`expected the policy's quorum "${policy.quorum}" of witnesses, got less`);
  }
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
