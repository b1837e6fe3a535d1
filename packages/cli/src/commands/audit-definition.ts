import { defineCommand } from "../command/define.ts";
import { path, recordPlace, sha256 } from "../command/format.ts";
import { needed, optional } from "../command/input.ts";
import { EXIT } from "../exit-codes.ts";
import { auditCommand } from "./audit.ts";

const ENDS = [
  "ok",
  "altered",
  "forkedOrTruncated",
  "keeperFault",
  "notReproduced",
  "notRecomputed",
] as const;

/** `standstill audit`: verifies a record from nothing. */
export const command = defineCommand({
  summary: "Verify a record from nothing: signatures, tree, admission, verdicts",
  arguments: {
    record: needed(
      "<dir|url>",
      "data directory, record directory, or address of a server",
      recordPlace,
    ),
  },
  options: {
    policy: optional("<file>", "log key and witnesses to trust (c2sp.org/tlog-policy)", path),
    since: optional(
      "<checkpoint>",
      "a checkpoint seen before; the log must have grown from it",
      path,
    ),
    report: optional(
      "<file>",
      "write a report to keep: findings, checkpoint, policy, time, program",
      path,
    ),
    snapshot: optional(
      "<file>",
      "go on from what the last audit came to, kept in this file; read only what is new",
      path,
    ),
    snapshotSha256: optional(
      "<hash>",
      "hash that the file must have, as the last report tells",
      sha256,
    ),
  },
  examples: [
    "standstill audit .standstill --policy .standstill/policy",
    "standstill audit http://127.0.0.1:7878 --json",
    "standstill audit http://127.0.0.1:7878 --snapshot audit.snapshot --report audit.json",
  ],
  exits: {
    altered: "something was altered",
    forkedOrTruncated: "forked, truncated, or not the log that the policy names",
    keeperFault: "the keeper appended what is not admissible",
    notReproduced: "a verdict is not what its evidence gives",
    notRecomputed:
      "not everything was computed again: this program does not have its version or method, or not the evidence; nobody is accused",
  },
  action: async ({ record, policy, since, report, snapshot, snapshotSha256 }, terminal) => {
    const code = await auditCommand(
      record.at,
      {
        ...(policy === undefined ? {} : { policy }),
        ...(since === undefined ? {} : { since }),
        ...(report === undefined ? {} : { report }),
        ...(snapshot === undefined ? {} : { snapshot }),
        ...(snapshotSha256 === undefined ? {} : { snapshotSha256 }),
        json: terminal.isJson,
      },
      terminal,
    );
    return ENDS.find((name) => EXIT[name] === code) ?? "altered";
  },
});
