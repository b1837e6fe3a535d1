import type { Terms } from "@standstill/agreement";

/** A policy file (c2sp.org/tlog-policy) that trusts the log and the quorum of witnesses that terms name. */
export function policyText({ log, witnessKeys, witnessQuorum }: Terms): string {
  const names = witnessKeys.map(({ witness }) => witness).join(" ");
  return [
    "# Whom an auditor of this record trusts. Keep it where the keeper of the record cannot change it.",
    `log ${log.vkey}`,
    ...witnessKeys.map(({ witness, vkey }) => `witness ${witness} ${vkey}`),
    `group witnesses ${witnessQuorum} ${names}`,
    "quorum witnesses",
    "",
  ].join("\n");
}
