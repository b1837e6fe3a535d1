import {
  type UpliftSummary,
  upliftFindings,
  upliftSchema,
  upliftsByKind,
} from "@standstill/indicators";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import { contentAs } from "../../named-file.ts";
import { table } from "../../output.ts";
import { labFile } from "./lab-file.ts";

/** `standstill indicators uplift`: estimates of how much faster work goes, kind by kind. */
export const command = defineCommand({
  summary: "Estimates of how much faster work goes, each kind by itself",
  options: labFile("YAML or JSON, a list with kind, value and source"),
  examples: ["standstill indicators uplift --file uplift.yaml --json"],
  action: async ({ file }, terminal) => {
    const estimates = await contentAs(
      file,
      z.array(upliftSchema).min(1).max(10_000),
      "estimates",
      "Give a list with kind (self-report, measured or output), value, and source.",
    );
    const kinds = upliftsByKind(estimates);
    const indicators = upliftFindings(kinds);
    terminal.answer({ kinds, indicators }, () => describe(kinds));
    return "ok";
  },
});

function describe(kinds: readonly UpliftSummary[]): string {
  return [
    "What people say and what was measured differ by factors, and are never put together.",
    "",
    table(
      ["kind", "estimates", "uplift of labour", "overall progress, by elasticity 0.20 to 0.38"],
      kinds.map(({ kind, estimates, value, overall }) => [
        kind,
        String(estimates.length),
        `${value.toPrecision(3)} times`,
        `${overall.low.toPrecision(3)} to ${overall.high.toPrecision(3)} times`,
      ]),
    ),
  ].join("\n");
}
