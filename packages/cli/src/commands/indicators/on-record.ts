import { INDICATORS, type IndicatorName } from "@standstill/agreement";
import { indicatorMeasure, type MeasuredOnRecord } from "@standstill/indicators";
import { type Round, roundOf } from "@standstill/views";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { schemaIn } from "../../files.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import { stateOf } from "../../record-target.ts";

/** Options of `standstill indicators statement`. */
export interface StatementOptions {
  readonly answer: string;
  readonly indicator: readonly string[];
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly root: string;
  readonly rows: number;
}

const answerSchema = z.looseObject({
  method: z.looseObject({ name: z.string(), version: z.int() }).optional(),
  indicators: z.array(z.looseObject({ indicator: z.string(), result: z.looseObject({}) })).min(1),
});

/** `standstill indicators statement`: what to sign and send, from what another of these commands printed. */
export async function statementCommand(
  { answer: path, indicator: wanted, subject, from, to, root, rows }: StatementOptions,
  terminal: Terminal,
): Promise<number> {
  const { method, indicators } = await schemaIn(
    ...([path, "--answer", answerSchema, "an answer with indicators"] as const),
    "Give what a command of standstill indicators printed with --json.",
  );
  const chosen = indicators.filter((one) => wanted.length === 0 || wanted.includes(one.indicator));
  if (chosen.length === 0)
    throw new UsageError(
      `expected one of ${indicators.map((one) => one.indicator).join(", ")}, got ${wanted.join(", ")}`,
      "Leave --indicator out for all.",
    );
  const { name = "export-of-a-lab", version = 1, ...parameters } = method ?? {};
  const told = Object.entries(parameters).flatMap(([key, value]) =>
    /^[a-zA-Z][a-zA-Z0-9-]{0,39}$/.test(key) ? [[key, shortly(value)] as const] : [],
  );
  const bodies = chosen.map(({ indicator, result }) => {
    const parsed = indicatorMeasure.body.safeParse({
      indicator,
      evidenceClass: "measurer",
      subject,
      period: { from, to },
      method: { name, version },
      parameters: Object.fromEntries(told),
      commitment: root,
      rows,
      result,
    });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `expected an indicator/measure, got ${issue?.path.join(".")}: ${issue?.message}`,
      "Check --subject, --from, --to, --root and --rows; indicators commit prints the last two.",
    );
  });
  terminal.out(json(bodies));
  return EXIT.ok;
}

function shortly(value: unknown): string {
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 200);
}

/** Options of `standstill indicators report`. */
export interface ReportOptions {
  readonly party?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json: boolean;
}

/**
 * `standstill indicators report`: what a record says of a party in a quarter, in the order in which SB 53 (22757.12) and the EU code of
 * practice ask for it: what was measured, which thresholds it nears, what was claimed, and what is missing.
 */
export async function reportCommand(
  target: string,
  options: ReportOptions,
  terminal: Terminal,
): Promise<number> {
  const round = roundOf(await stateOf(target));
  const { party, from = "0000-00-00", to = "9999-99-99" } = options;
  if (party !== undefined && !round.parties.some(({ id }) => id === party))
    throw new UsageError(
      `expected a party of the record, got ${party}`,
      `Give one of ${round.parties.map(({ id }) => id).join(", ")}.`,
    );
  const isAsked = (subject: string, period: { from: string; to: string }) =>
    (party === undefined || subject === party) && period.from <= to && period.to >= from;
  const measured = round.measured.filter(({ body }) => isAsked(body.subject, body.period));
  const claims = round.claims.filter(({ issuer, body }) => isAsked(issuer, body.period));
  const known = new Set<string>(measured.map(({ body }) => body.indicator));
  const missing = (Object.keys(INDICATORS) as IndicatorName[]).filter((name) => !known.has(name));
  const answer = {
    party: party ?? null,
    from: options.from ?? null,
    to: options.to ?? null,
    measured,
    tripwires: round.tripwires,
    claims,
    missing,
    cases: round.cases.filter((one) => party === undefined || one.party === party),
  };
  terminal.out(options.json ? json(answer) : report(answer));
  return EXIT.ok;
}

interface Answer {
  readonly party: string | null;
  readonly measured: readonly MeasuredOnRecord[];
  readonly tripwires: Round["tripwires"];
  readonly claims: Round["claims"];
  readonly missing: readonly string[];
  readonly cases: Round["cases"];
}

function report({ party, measured, tripwires, claims, missing, cases }: Answer): string {
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
            ...[one.body.indicator, INDICATORS[one.body.indicator].unit, one.body.subject],
            ...[`${one.body.period.from} to ${one.body.period.to}`, one.issuer],
            ...[String(one.body.rows), result(one)],
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
