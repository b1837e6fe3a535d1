import { openReport, parseSealedReport, parseShare, reportName } from "@standstill/reporting-box";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import { file } from "../../command/format.ts";
import { needed, some } from "../../command/input.ts";
import { bytesOf, contentAs } from "../../named-file.ts";

/** `standstill box read`: reads a sealed report from the shares of enough members. */
export const command = defineCommand({
  summary: "Read a sealed report from the shares of enough members",
  arguments: { report: needed("<file>", "the sealed report", file) },
  options: { share: some("<file>", "what box share printed", file) },
  examples: ["standstill box read sealed.json --share a.json --share b.json"],
  action: async ({ report: named, share }, terminal) => {
    const report = parseSealedReport(await bytesOf(named));
    const shares = await Promise.all(
      share.map(async (one) =>
        parseShare(
          await contentAs(one, z.unknown(), "a share", "Give what standstill box share printed."),
        ),
      ),
    );
    const { text, misfits } = await openReport(report, reportName(report), shares);
    for (const member of misfits) terminal.err(`The share of ${member} is none of this report.`);
    terminal.answer({ report: reportName(report), text, misfits }, () => shown(text));
    return "ok";
  },
});

/** Text of a stranger as a terminal may show it: signs that would steer it are left out. */
function shown(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "\u{fffd}");
}
