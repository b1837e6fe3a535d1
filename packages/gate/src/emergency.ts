import type { Terms } from "@standstill/agreement";
import {
  nameSchema,
  type Refusal,
  refuse,
  type Said,
  type StatementKind,
} from "@standstill/record";
import { z } from "zod";
import type { GateState } from "./state.ts";

/**
 * `gate/open`: a party opens its gate in an emergency, for as long and as often as the agreement allows. It is on record before any job runs by it,
 * so that everybody can ask why.
 */
export const gateOpen = {
  type: "gate/open",
  roles: ["party"],
  body: z.strictObject({
    site: nameSchema,
    hours: z.int().min(1).max(87_600),
    reason: z.string().min(1).max(2000),
  }),
} satisfies StatementKind;

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** `gate/open`: within what the agreement allows. */
export function reduceGateOpen(
  state: GateState,
  { index, statement, body }: Said<z.infer<typeof gateOpen.body>>,
  { gate }: Pick<Terms, "gate">,
  at: number,
): GateState | Refusal {
  const allowed = gate?.breakGlass;
  if (allowed === undefined)
    return refuse("not-declared", "expected terms that allow emergencies, got none that do");
  if (body.hours > allowed.hours)
    return refuse("malformed-body", `expected at most ${allowed.hours} hours, got ${body.hours}`);
  const before = state.emergencies.get(statement.issuer) ?? [];
  const inYear = before.filter(({ since }) => since > at - YEAR_MS).length;
  if (inYear >= allowed.perYear)
    return refuse("over-quota", `expected at most ${allowed.perYear} a year, got one more`);
  const { site, hours, reason } = body;
  const opened = { index, site, since: at, until: at + hours * HOUR_MS, reason };
  return {
    ...state,
    emergencies: state.emergencies.set(statement.issuer, [...before, opened]),
  };
}
