import { openShare, parseSealedReport, reportName } from "@standstill/reporting-box";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import { file } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { bytesOf, contentAs } from "../../named-file.ts";

/** `standstill box share`: a member opens its share of a sealed report, to give it to the others. */
export const command = defineCommand({
  summary: "Open a member's share of a sealed report, for the others",
  arguments: { report: needed("<file>", "the sealed report", file) },
  options: { key: needed("<file>", "the member's keys, as box keys wrote them", file) },
  examples: ["standstill box share sealed.json --key member.json > share.json"],
  action: async ({ report: named, key }, terminal) => {
    const report = parseSealedReport(await bytesOf(named));
    const { privateKey } = await contentAs(
      key,
      z.object({ privateKey: z.string() }),
      "a member's keys",
      "Give the file that standstill box keys wrote.",
    );
    // A file for the others, the same bytes whether or not somebody asks for JSON.
    terminal.out(JSON.stringify(await openShare(report, reportName(report), privateKey)));
    return "ok";
  },
});
