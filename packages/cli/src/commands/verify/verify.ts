import { MODES } from "@standstill/agreement";
import { defineCommand } from "../../command/define.ts";
import { file, oneOf, path } from "../../command/format.ts";
import { needed, optional, several, usual } from "../../command/input.ts";
import { UsageError } from "../../output.ts";
import { verifyActivityLogs } from "./activity-log.ts";
import { verifyBundle } from "./bundle.ts";

/** `standstill verify`: judges a bundle, or activity logs, offline under given terms. */
export const command = defineCommand({
  summary: "Judge a bundle, or activity logs, offline under given terms",
  arguments: { bundle: optional("<bundle-dir>", "directory with bundle.yaml", path) },
  options: {
    terms: needed("<file>", "the agreement, or terms for activity logs; YAML or JSON", file),
    activityLog: several("<file>", "an activity log", file),
    mode: usual("<mode>", "what is taken to bind the party all the time", oneOf(MODES), "cap"),
    map: optional("<file>", "names of fields in somebody else's logs, as YAML", file),
  },
  examples: [
    "standstill verify agreements/example/dune --terms agreements/example.yaml",
    "standstill verify --activity-log site.jsonl --terms activity-terms.yaml --json",
  ],
  exits: { findings: "there are findings" },
  action: async ({ bundle, terms, activityLog, mode, map }, terminal) => {
    if (bundle !== undefined && activityLog.length === 0)
      return (await verifyBundle(bundle, terms, mode, terminal)) ? "ok" : "findings";
    if (bundle === undefined && activityLog.length > 0)
      return (await verifyActivityLogs(activityLog, terms, map, terminal)) ? "ok" : "findings";
    throw new UsageError(
      `expected a bundle's directory or --activity-log, got ${bundle === undefined ? "neither" : "both"}`,
      "Name the directory of a bundle, or logs with --activity-log.",
    );
  },
});
