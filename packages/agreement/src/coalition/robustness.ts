import { DAY_MS } from "@standstill/record";
import { randomFrom, wholePower } from "@standstill/statistics";
import type { CoalitionRules } from "./rules.ts";
import { settleBoundWith } from "./shock.ts";
import type { Coalition } from "./state.ts";

/** What robustness is computed for. */
export interface RobustnessOptions {
  /** Periods judged in a year. */
  readonly periodsPerYear: number;
  /** Chance of a false alarm for one party in one period, between 0 and 1. */
  readonly falseAlarmRate: number;
  /** Trials where there are too many parties to go through all cases. */
  readonly trials?: number;
  /** Seed of the trials. */
  readonly seed?: number;
}

/** How a coalition stands up to false alarms alone: everybody honest, alarms independent. */
export interface Robustness {
  /** Parties bound, of which the figures speak. */
  readonly parties: number;
  readonly expectedAlarmsPerYear: number;
  /** Chance that at least one alarm is raised in a year. */
  readonly chanceOfAnyAlarm: number;
  /** Chance that an alarm makes at least one party drop out in a year. */
  readonly chanceOfBreaking: number;
  /** Whether the chance was computed over all cases or over random trials. */
  readonly method: "exact" | "trials";
  /** For each party, who would drop out at once if an alarm stood against it for longer than grace allows. */
  readonly fragile: ReadonlyMap<string, readonly string[]>;
}

const MOST_EXACT = 14;

/**
 * The chance per year that false alarms alone would break a coalition. An alarm stands until the party's next verdict;
 * grace spares the others as long as it lasts, so only as many alarms in a row as outlast the shortest grace count.
 *
 * @example robustnessOf(rules, coalition, { periodsPerYear: 12, falseAlarmRate: 0.05 }).expectedAlarmsPerYear // 6 for ten parties
 */
export function robustnessOf(
  rules: CoalitionRules,
  coalition: Coalition,
  options: RobustnessOptions,
): Robustness {
  const { periodsPerYear, falseAlarmRate } = options;
  const parties = [...coalition.bound.keys()];
  const fragile = new Map<string, readonly string[]>();
  for (const party of parties) fragile.set(party, settleBoundWith(rules, coalition, [party]));
  const graces = parties.map((party) => coalition.pledges.get(party)?.graceMs ?? 0);
  const periodMs = (365 * DAY_MS) / periodsPerYear;
  const inARow = 1 + Math.floor(Math.min(...graces, Number.MAX_SAFE_INTEGER) / periodMs);
  const alarms = parties.length * periodsPerYear;
  const exact = quietExactly(rules, coalition, parties, falseAlarmRate, inARow, periodsPerYear);
  const quiet = exact ?? quietByTrials(rules, coalition, parties, inARow, options);
  return {
    parties: parties.length,
    expectedAlarmsPerYear: alarms * falseAlarmRate,
    chanceOfAnyAlarm: 1 - wholePower(1 - falseAlarmRate, alarms),
    chanceOfBreaking: parties.length === 0 ? 0 : 1 - quiet,
    method: exact === undefined ? "trials" : "exact",
    fragile,
  };
}

/**
 * Chance that no year's alarms break the coalition, where it can be computed: over all sets of parties with an alarm
 * where one period is enough; by the runs of each party where every party matters, or does not, by itself.
 *
 * @returns nothing where there are too many parties, or where only several alarms together would break it
 */
function quietExactly(
  rules: CoalitionRules,
  coalition: Coalition,
  parties: readonly string[],
  rate: number,
  inARow: number,
  periods: number,
): number | undefined {
  if (inARow > periods) return 1;
  if (parties.length > MOST_EXACT) return undefined;
  const breaks = breakingSets(rules, coalition, parties);
  if (inARow === 1) {
    let quiet = 0;
    for (let set = 0; set < breaks.length; set++)
      if (!breaks[set]) quiet += chanceOf(set, parties.length, rate);
    return wholePower(quiet, periods);
  }
  const alone = parties.flatMap((_party, i) => (breaks[1 << i] ? [1 << i] : []));
  const isByOne = breaks.every((broken, set) => broken === alone.some((one) => (set & one) !== 0));
  return isByOne ? wholePower(noRun(rate, inARow, periods), alone.length) : undefined;
}

function breakingSets(
  rules: CoalitionRules,
  coalition: Coalition,
  parties: readonly string[],
): boolean[] {
  return Array.from({ length: 1 << parties.length }, (_, set) => {
    const alarmed = parties.filter((_party, i) => (set & (1 << i)) !== 0);
    return alarmed.length > 0 && settleBoundWith(rules, coalition, alarmed).length > 0;
  });
}

function chanceOf(set: number, parties: number, rate: number): number {
  let chance = 1;
  for (let i = 0; i < parties; i++) chance *= (set & (1 << i)) !== 0 ? rate : 1 - rate;
  return chance;
}

/** Chance of no run of `length` alarms in a row among `periods` independent ones. */
function noRun(rate: number, length: number, periods: number): number {
  // state k: the last k periods raised an alarm, and no run has been completed.
  let states = [1, ...Array<number>(length - 1).fill(0)];
  for (let period = 0; period < periods; period++) {
    // Without an alarm all runs end; with one each grows, and the longest is completed.
    states = [totalOf(states) * (1 - rate), ...states.slice(0, -1).map((chance) => chance * rate)];
  }
  return totalOf(states);
}

function totalOf(states: readonly number[]): number {
  return states.reduce((sum, chance) => sum + chance, 0);
}

function quietByTrials(
  rules: CoalitionRules,
  coalition: Coalition,
  parties: readonly string[],
  inARow: number,
  { trials = 2000, seed = 1, falseAlarmRate, periodsPerYear }: RobustnessOptions,
): number {
  const random = randomFrom(seed);
  let quiet = 0;
  for (let trial = 0; trial < trials; trial++) {
    const standing = new Map<string, number>();
    let isBroken = false;
    for (let period = 0; period < periodsPerYear && !isBroken; period++) {
      for (const party of parties)
        standing.set(party, random.share() < falseAlarmRate ? (standing.get(party) ?? 0) + 1 : 0);
      const alarmed = parties.filter((party) => (standing.get(party) ?? 0) >= inARow);
      isBroken = alarmed.length > 0 && settleBoundWith(rules, coalition, alarmed).length > 0;
    }
    if (!isBroken) quiet += 1;
  }
  return quiet / trials;
}
