import { INDICATORS } from "@standstill/agreement";
import type { MeasuredOnRecord } from "@standstill/indicators";
import { type IndicatorReport, indicatorReportOf, roundOf } from "@standstill/views";
import { defineCommand } from "../../command/define.ts";
import { day, recordPlace, text } from "../../command/format.ts";
import { needed, optional } from "../../command/input.ts";
import { table, UsageError } from "../../output.ts";
import { stateIn } from "../../record-place.ts";

/**
 * `standstill indicators report`: what a record says of a party in a quarter, in the order in which SB 53 (22757.12) and the EU code of
 * practice ask for it: what was measured, which thresholds it nears, what was claimed, and what is missing.
 */
export const command = defineCommand({
  summary: "What a record says of a party in a quarter: measurements, thresholds, claims, gaps",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    party: optional("<party>", "only of this party", text),
    from: optional("<day>", "first day", day),
    to: optional("<day>", "last day", day),
  },
  examples: [
    "standstill indicators report .standstill --party aster --from 2026-04-01 --to 2026-06-30",
  ],
  action: async ({ record, party, from, to }, terminal) => {
    const round = roundOf(await stateIn(record));
    if (party !== undefined && !round.parties.some(({ id }) => id === party))
      throw new UsageError(
        `expected a party of the record, got ${party}`,
        `Give one of ${round.parties.map(({ id }) => id).join(", ")}.`,
      );
    const report = indicatorReportOf(round, { party, from, to });
    terminal.answer(report, () => describe(report));
    return "ok";
  },
});

function describe({ party, measured, tripwires, claims, missing, cases }: IndicatorReport): string {
  const result = ({ body: { result: its } }: MeasuredOnRecord) =>
    "cannotSay" in its
      ? `cannot be said: ${its.cannotSay}`
      : `${its.value}${its.low === null || its.high === null ? "" : ` (${its.low} to ${its.high})`}`;
  return [
    `# Development of AI by AI: ${party ?? "all parties"}`,
    "",
    "What the record says. It proves what was said and when, not that it is true.",
    "",
    "## Measured",
    "",
    measured.length === 0
      ? "Nothing was measured."
      : table(
          ["indicator", "unit", "of", "period", "by", "rows", "result"],
          measured.map((one) => [
            one.body.indicator,
            INDICATORS[one.body.indicator].unit,
            one.body.subject,
            `${one.body.period.from} to ${one.body.period.to}`,
            one.issuer,
            String(one.body.rows),
            result(one),
          ]),
        ),
    "",
    "## Thresholds",
    "",
    table(
      ["tripwire", "now", "terms"],
      tripwires.map(({ id, level, source }) => [id, level ?? "nothing measured", source]),
    ),
    "",
    "## Claims",
    "",
    claims.length === 0
      ? "None."
      : table(
          ["party", "claim", "standing"],
          claims.map((one) => [
            one.issuer,
            `${one.body.indicator} ${one.body.says} ${one.body.value}`,
            one.standing,
          ]),
        ),
    "",
    "## Open questions",
    "",
    cases.length === 0 ? "No case is on record." : `${cases.length} on record.`,
    `Not measured: ${missing.join(", ")}.`,
  ].join("\n");
}
