import { nextInstant } from "./next-instant.ts";
import type { CoalitionRules } from "./rules.ts";
import type { Coalition, CoalitionEvent } from "./state.ts";
import { takeStep } from "./step.ts";

/**
 * The coalition after an event: first whatever time alone brings until then, in order; then the event, in which the order
 * of acts does not matter. An event before the coalition's instant counts at the coalition's instant.
 *
 * @example advance(rules, emptyCoalition, { at: 0, acts: [{ act: "pledge", party: "aster", pledge }] }).bound
 */
export function advance(
  rules: CoalitionRules,
  coalition: Coalition,
  event: CoalitionEvent,
): Coalition {
  const at = Math.max(event.at, coalition.at);
  const waited = elapse(rules, coalition, at, false);
  return takeStep(rules, waited, { ...event, at });
}

/** The coalition at a later instant, if nothing else is said. Instants in the past give the coalition as it is. */
export function elapseTo(rules: CoalitionRules, coalition: Coalition, at: number): Coalition {
  const waited = elapse(rules, coalition, at, true);
  return at > waited.at ? { ...waited, at } : waited;
}

function elapse(
  rules: CoalitionRules,
  coalition: Coalition,
  until: number,
  inclusive: boolean,
): Coalition {
  let now = coalition;
  while (inclusive ? now.wakesAt <= until : now.wakesAt < until) {
    if (now.wakesAt === Number.NEGATIVE_INFINITY) {
      now = { ...now, wakesAt: nextInstant(rules, now) };
      continue;
    }
    now = takeStep(rules, now, { at: now.wakesAt, acts: [] });
  }
  return now;
}
