import {
  type DoublingTripwire,
  INDICATORS,
  type MeasuredTripwire,
  TRIPWIRE_LEVELS,
  type Tripwire,
  type TripwireLevel,
} from "@standstill/agreement";
import { billionths, DAY_MS, there } from "@standstill/record";
import type { IndicatorState, MeasuredBySubject, MeasuredOnRecord } from "./state.ts";
import type { Measured } from "./training-compute.ts";
import { counts, type Measurers, newestPublished } from "./who-counts.ts";

/**
 * Level of a tripwire on doubling: `watch` once the estimate is below its line, `tripped` only once the whole interval is below the
 * other, so that noise alone does not trip it.
 */
export function tripwireLevel(tripwire: DoublingTripwire, measured: Measured): TripwireLevel {
  const { slowestMillidays, doublingMillidays } = measured;
  if (slowestMillidays !== null && slowestMillidays < tripwire.tripBelowDays * 1000)
    return "tripped";
  return doublingMillidays < tripwire.watchBelowDays * 1000 ? "watch" : "quiet";
}

/** What levels are computed from, beside what was measured. */
export interface LevelCircumstances {
  readonly terms: Measurers & { readonly tripwires?: readonly Tripwire[] | undefined };
  /** Instant, in milliseconds since 1970. */
  readonly nowMs: number;
  /** The parties that are bound, and since when: of them measurements are expected. */
  readonly boundSince: ReadonlyMap<string, number>;
}

/** Levels of all tripwires of an agreement that something was measured for, or whose time without a measurement has run out. */
export function levelsOf(
  state: IndicatorState,
  circumstances: LevelCircumstances,
): ReadonlyMap<string, TripwireLevel> {
  const { terms } = circumstances;
  const levels = new Map<string, TripwireLevel>();
  for (const tripwire of terms.tripwires ?? []) {
    const level =
      tripwire.indicator === "training-compute"
        ? doublingLevel(tripwire, terms, state)
        : measuredLevel(tripwire, state.measured.get(tripwire.indicator), circumstances);
    if (level !== undefined) levels.set(tripwire.id, level);
  }
  for (const tripwire of terms.tripwires ?? []) {
    if (tripwire.indicator === "training-compute" || tripwire.together === undefined) continue;
    const isConfirmed = tripwire.together.some((id) =>
      isAtLeast(levels.get(id) ?? "quiet", "alert"),
    );
    if (levels.get(tripwire.id) === "tripped" && !isConfirmed) levels.set(tripwire.id, "alert");
  }
  return levels;
}

function doublingLevel(
  tripwire: DoublingTripwire,
  terms: Measurers,
  state: IndicatorState,
): TripwireLevel | undefined {
  const newest = newestPublished(terms, state);
  return newest === undefined ? undefined : tripwireLevel(tripwire, newest.body.result);
}

type Series = readonly MeasuredOnRecord[];

/** Level of a tripwire on a measured indicator: the highest of all that it was measured for, or should have been. */
function measuredLevel(
  tripwire: MeasuredTripwire,
  bySubject: MeasuredBySubject | undefined,
  { terms, nowMs, boundSince }: LevelCircumstances,
): TripwireLevel | undefined {
  const expected = tripwire.stale === undefined ? [] : boundSince.keys();
  const subjects = new Set([...(bySubject?.keys() ?? []), ...expected]);
  let highest: TripwireLevel | undefined;
  for (const subject of subjects) {
    const all = [...(bySubject?.get(subject) ?? [])]
      .filter(([issuer]) => counts(terms, subject, issuer))
      .map(([, series]) => series.filter(({ body }) => !("cannotSay" in body.result)))
      .filter((series) => series.length > 0);
    const level = levelOfSubject(tripwire, all, boundSince.get(subject), nowMs);
    if (level !== undefined) highest = higher(highest ?? "quiet", level);
  }
  return highest;
}

/**
 * A level holds where so many measurers, each by its own measurements in the order of their periods, have it held. So nobody lowers it
 * by measuring more often, or by saying that nothing can be said. An exhausted instrument counts as watched, and so few
 * measurers with data younger than agreed as the level agreed for that.
 */
function levelOfSubject(
  tripwire: MeasuredTripwire,
  all: readonly Series[],
  expectedSince: number | undefined,
  nowMs: number,
): TripwireLevel | undefined {
  const stale = isStale(tripwire, all, expectedSince, nowMs) ? tripwire.stale?.level : undefined;
  if (all.length === 0) return stale;
  const held = linesOf(tripwire).find(
    ([, line]) =>
      all.filter((series) => isHeld(tripwire, line, series)).length >= tripwire.measurers,
  );
  const isExhausted = all.some((series) => {
    const result = series.at(-1)?.body.result;
    return result !== undefined && "isBeyondInstrument" in result && result.isBeyondInstrument;
  });
  return higher(higher(held?.[0] ?? "quiet", isExhausted ? "watch" : "quiet"), stale ?? "quiet");
}

type Line = readonly [level: TripwireLevel, line: string];

function linesOf({ watch, alert, trip }: MeasuredTripwire): Line[] {
  const lines = [
    ["tripped", trip],
    ["alert", alert],
    ["watch", watch],
  ] as const;
  return lines.flatMap(([level, line]): Line[] => (line === undefined ? [] : [[level, line]]));
}

/** Measurements in a row that must have come back before a level is left. */
const CLEAR_IN_A_ROW = 2;

/** Whether a line that was crossed so many times in a row is still held: until two in a row have come back by a tenth. */
function isHeld(tripwire: MeasuredTripwire, line: string, series: Series): boolean {
  let [held, across, back] = [false, 0, 0];
  for (const one of series) {
    across = isAcross(tripwire, one, line) ? across + 1 : 0;
    back = isBack(tripwire, one, line) ? back + 1 : 0;
    if (across >= tripwire.inARow) held = true;
    if (back >= CLEAR_IN_A_ROW) held = false;
  }
  return held;
}

function isAcross(
  { worse, by }: MeasuredTripwire,
  { body: { result } }: MeasuredOnRecord,
  line: string,
): boolean {
  if ("cannotSay" in result) return false;
  const { value, low, high } = result;
  const near = by === "estimate" ? value : worse === "above" ? low : high;
  if (near === null) return false;
  return worse === "above"
    ? billionths(near) > billionths(line)
    : billionths(near) < billionths(line);
}

/** Whether a value has come back by a tenth: of the line, or for a share that is too low, of what the line lacks to the whole. */
function isBack(
  { worse, indicator }: MeasuredTripwire,
  { body: { result } }: MeasuredOnRecord,
  line: string,
): boolean {
  if ("cannotSay" in result) return false;
  const [value, edge] = [billionths(result.value), billionths(line)];
  if (worse === "above") return value * 10n <= edge * 9n;
  return INDICATORS[indicator].unit === "share"
    ? (WHOLE - value) * 10n <= (WHOLE - edge) * 9n
    : value * 10n >= edge * 11n;
}

const WHOLE = billionths("1");

/** Whether fewer measurers than agreed have data younger than agreed. What nobody ever measured ages from when it was expected. */
function isStale(
  { stale, measurers }: MeasuredTripwire,
  all: readonly Series[],
  expectedSince: number | undefined,
  nowMs: number,
): boolean {
  if (stale === undefined) return false;
  const endMs = (one: MeasuredOnRecord) => Date.parse(`${one.body.period.to}T00:00:00.000Z`);
  const newest = all.map((series) => endMs(there(series.at(-1))));
  const enough = newest.sort((a, b) => b - a)[measurers - 1];
  const began = expectedSince ?? Math.min(...all.map(([first]) => endMs(there(first))));
  return (
    nowMs - Math.max(enough ?? began, expectedSince ?? Number.NEGATIVE_INFINITY) >
    stale.days * DAY_MS
  );
}

function isAtLeast(level: TripwireLevel, other: TripwireLevel): boolean {
  return TRIPWIRE_LEVELS.indexOf(level) >= TRIPWIRE_LEVELS.indexOf(other);
}

function higher(a: TripwireLevel, b: TripwireLevel): TripwireLevel {
  return isAtLeast(a, b) ? a : b;
}
