import { defineCommand } from "../command/define.ts";
import { path } from "../command/format.ts";
import { optional } from "../command/input.ts";
import { EXIT } from "../exit-codes.ts";
import { drillCommand } from "./drill.ts";

/** `standstill drill`: rehearses a pause from the tripwire to the lifting on the example, and reports it. */
export const command = defineCommand({
  summary: "Rehearse a pause, from the tripwire to the lifting, and report it",
  options: { out: optional("<file>", "write the report there instead of printing it", path) },
  examples: ["standstill drill", "standstill drill --out drill.md"],
  exits: { altered: "the record of the drill does not replay to what was played" },
  action: async ({ out }, terminal) => {
    const options = { ...(out === undefined ? {} : { out }), json: terminal.isJson };
    return (await drillCommand(options, terminal)) === EXIT.ok ? "ok" : "altered";
  },
});
