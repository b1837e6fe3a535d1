import { ruleOf } from "../conditions/condition.ts";
import { pledgeIndex } from "./pledge-index.ts";
import type { CoalitionRules } from "./rules.ts";
import type { Coalition } from "./state.ts";

/** The earliest instant after the coalition's at which time alone may change something; infinite where there is none. */
export function nextInstant(rules: CoalitionRules, coalition: Coalition): number {
  const { at, standings, pledges, held, inForceAt, metAt, liftMetAt } = coalition;
  if (coalition.ended !== undefined) return Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  const consider = (instant: number | undefined) => {
    if (instant !== undefined && instant > at && instant < next) next = instant;
  };
  for (const [party, standing] of standings) {
    const pledge = pledges.get(party);
    consider(standing.startsAt);
    consider(standing.endsAt);
    if (standing.failingSince !== undefined && pledge !== undefined)
      consider(standing.failingSince + pledge.graceMs);
    if (standing.status === "offered" && pledge?.openMs !== undefined)
      consider(standing.since + pledge.openMs);
  }
  for (const past of held.values()) if (!past.now) consider(past.last + past.withinMs);
  if (metAt !== undefined) consider(inForceAt);
  consider(rules.duration.endsAt);
  consider(rules.duration.extension?.endsAt);
  if (inForceAt !== undefined && rules.duration.lengthMs !== undefined)
    consider(inForceAt + rules.duration.lengthMs);
  if (liftMetAt !== undefined && rules.lift !== undefined)
    consider(liftMetAt + rules.lift.noticeMs);
  for (const part of pledgeIndex(rules, pledges).timed)
    consider(ruleOf(part).turnsAt?.(part, coalition.facts));
  return next;
}
