import { dayOf } from "../instant.ts";
import { type ExplainedCondition, explainCondition } from "../reading/explained.ts";
import { rulesOf } from "../terms/rules-of.ts";
import type { Draft } from "../terms/terms.ts";
import { type Instrument, playHistory } from "./history.ts";
import { circumstancesOf } from "./state.ts";

/** How a treaty stands on a day. Days as `2026-06-04`. */
export interface TreatyEntry {
  /** When the condition of its entry was met, and when it entered into force; nothing where that did not come. */
  readonly conditionMet: string | null;
  readonly inForce: string | null;
  /** The day that the rest is told of. */
  readonly at: string;
  /** Whom it binds, members of a union that is counted with them left out. */
  readonly bound: readonly string[];
  /** How many have joined, those whose time has not come among them. */
  readonly joined: number;
  /** The condition of entry, as far as those who have joined meet it. */
  readonly condition: ExplainedCondition;
}

/** Long after any deposit of any table. */
const END = "2100-01-01";

/**
 * Plays the history of a treaty, and tells how it stands on a day: that of its entry into force, or of its last deposit, where none is given.
 *
 * @example treatyEntryOf(paris, instruments).inForce // "2016-11-04"
 */
export function treatyEntryOf(
  terms: Draft,
  instruments: readonly Instrument[],
  day?: string,
): TreatyEntry {
  const whole = playHistory(terms, instruments, END);
  const isInForce = whole.history.some(({ status }) => status === "in-force");
  const inForce = isInForce ? told(whole.inForceAt) : null;
  const at = day ?? inForce ?? lastDeposit(instruments);
  const then = playHistory(terms, instruments, at);
  const rules = rulesOf(terms);
  const counted = new Set(
    terms.parties.filter((one) => one.countedWithMembers === true).map(({ id }) => id),
  );
  const waiting = [...then.standings].filter(
    ([, { status }]) => status === "offered" || status === "called",
  );
  const joined = new Map([...then.bound, ...waiting.map(([party]) => [party, "cap"] as const)]);
  const circumstances = { ...circumstancesOf(rules, then), bound: joined };
  return {
    conditionMet: told(whole.metAt),
    inForce,
    at,
    bound: [...then.bound.keys()].filter((party) => !counted.has(party)),
    joined: joined.size,
    condition: explainCondition(rules.entry.condition, circumstances),
  };
}

function told(instant: number | undefined): string | null {
  return instant === undefined ? null : dayOf(instant);
}

function lastDeposit(instruments: readonly Instrument[]): string {
  const days = instruments.flatMap(({ deposited }) => deposited ?? []);
  return days.sort().at(-1) ?? "1970-01-01";
}
