import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drillReport, playDrill } from "@standstill/simulation";
import { draftIn } from "../agreement-file.ts";
import { defineCommand } from "../command/define.ts";
import { path } from "../command/format.ts";
import { optional } from "../command/input.ts";
import { json } from "../output.ts";

const EXAMPLE = {
  path: fileURLToPath(new URL("../../../../agreements/example.yaml", import.meta.url)),
  option: "the example",
};

/** `standstill drill`: rehearses a pause from the tripwire to the lifting on the example, and reports it. */
export const command = defineCommand({
  summary: "Rehearse a pause, from the tripwire to the lifting, and report it",
  options: { out: optional("<file>", "write the report there instead of printing it", path) },
  examples: ["standstill drill", "standstill drill --out drill.md"],
  exits: { altered: "the record of the drill does not replay to what was played" },
  action: async ({ out }, terminal) => {
    const drill = await playDrill(await draftIn(EXAMPLE), (what) => terminal.err(`${what} …`));
    const report = terminal.isJson ? json(drill) : drillReport(drill);
    if (out === undefined) terminal.out(report.trimEnd());
    else {
      await writeFile(out, report);
      terminal.out(`The report is in ${out}.`);
    }
    return drill.isReplayed ? "ok" : "altered";
  },
});
