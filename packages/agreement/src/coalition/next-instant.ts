import { type Condition, conditionsIn } from "../condition/condition.ts";
import { DAY_MS, startOfDay } from "../instant.ts";
import type { CoalitionRules } from "./rules.ts";
import { type Coalition, conditionsOf } from "./state.ts";

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
  for (const condition of conditionsOf(rules, pledges)) {
    for (const instant of instantsIn(condition)) {
      if (typeof instant === "number") consider(instant);
      else {
        const vote = coalition.facts.votes.get(instant.vote);
        if (vote !== undefined) consider(vote.openedAt + instant.afterMs);
      }
    }
  }
  return next;
}

type InstantIn = number | { readonly vote: string; readonly afterMs: number };
const instantsKnown = new WeakMap<Condition, readonly InstantIn[]>();

/** Dates that a condition names, and votes that it waits for. Conditions do not change, so they are walked once. */
function instantsIn(condition: Condition): readonly InstantIn[] {
  const known = instantsKnown.get(condition);
  if (known !== undefined) return known;
  const found: InstantIn[] = [];
  for (const { condition: part } of conditionsIn(condition)) {
    if ("from" in part) found.push(startOfDay(part.from));
    if ("vote" in part && part.withinDays !== undefined)
      found.push({ vote: part.vote, afterMs: part.withinDays * DAY_MS });
  }
  instantsKnown.set(condition, found);
  return found;
}
