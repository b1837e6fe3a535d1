import type { UnderTerms } from "@standstill/agreement";
import { type EvidencePart, notOwnSite } from "@standstill/evidence";
import {
  type ClockPart,
  DRAFT,
  defineStatement,
  HOUR_MS,
  nameSchema,
  refuse,
} from "@standstill/record";
import { z } from "zod";
import type { Emergency, GatePart, GateState } from "../state.ts";

const YEAR_MS = 365 * 24 * HOUR_MS;

/**
 * `gate/open`: a party opens its gate in an emergency, for as long and as often as the agreement allows. It is on record before any job runs by it,
 * so that everybody can ask why.
 */
export const gateOpen = defineStatement({
  type: "gate/open",
  version: DRAFT,
  roles: ["party"],
  words: "A party opens the gate of a site in an emergency, for some hours.",
  body: z.strictObject({
    site: nameSchema,
    hours: z.int().min(1).max(87_600),
    reason: z.string().min(1).max(2000),
  }),
  reduce: (
    state: GatePart & EvidencePart & UnderTerms<"gate"> & ClockPart,
    { index, statement: { issuer }, body: { site, hours, reason } },
  ) => {
    const { gate, agreement, clock } = state;
    const refusal = notOwnSite(state.evidence, issuer, site);
    if (refusal !== undefined) return refusal;
    const allowed = agreement.terms.gate?.breakGlass;
    if (allowed === undefined)
      return refuse("not-declared", "expected terms that allow emergencies, got none that do");
    if (hours > allowed.hours)
      return refuse("malformed-body", `expected at most ${allowed.hours} hours, got ${hours}`);
    const since = clock.at;
    const before = gate.emergencies.get(issuer) ?? [];
    const inYear = before.filter((one) => one.since > since - YEAR_MS).length;
    if (inYear >= allowed.perYear)
      return refuse("over-quota", `expected at most ${allowed.perYear} a year, got one more`);
    const opened: Emergency = { index, site, since, until: since + hours * HOUR_MS, reason };
    const emergencies = gate.emergencies.set(issuer, [...before, opened]);
    const next: GateState = { ...gate, emergencies };
    return { gate: next };
  },
});
