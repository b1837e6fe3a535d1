import {
  type DoublingTripwire,
  type MeasuredTripwire,
  TRIPWIRE_LEVELS,
  type Tripwire,
  type TripwireLevel,
} from "@standstill/agreement";
import { billionths } from "./decimal.ts";
import type { IndicatorState, MeasuredOnRecord } from "./reducer.ts";
import type { Measured } from "./training-compute.ts";

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

/** Levels of all tripwires of an agreement that something was measured for, or whose time without a measurement has run out. */
export function levelsOf(
  tripwires: readonly Tripwire[],
  state: IndicatorState,
  nowMs: number,
): ReadonlyMap<string, TripwireLevel> {
  const levels = new Map<string, TripwireLevel>();
  for (const tripwire of tripwires) {
    const level =
      tripwire.indicator === "training-compute"
        ? doublingLevel(tripwire, state)
        : measuredLevel(tripwire, state.measured.toArray(), nowMs);
    if (level !== undefined) levels.set(tripwire.id, level);
  }
  for (const tripwire of tripwires) {
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
  state: IndicatorState,
): TripwireLevel | undefined {
  const newest = state.measurements.last();
  return newest === undefined ? undefined : tripwireLevel(tripwire, newest.body.result);
}

const DAY_MS = 86_400_000;

/**
 * Level of a tripwire on a measured indicator: the highest of all that it was measured for, each by itself, by its measurements in the
 * order of their periods. A level holds where so many in a row are
 * across its line and so many measurers have one across; it is left when two in a row have come back by a tenth. Data that
 * are older than agreed count as the level agreed for that, and an exhausted instrument as watched.
 */
export function measuredLevel(
  tripwire: MeasuredTripwire,
  all: readonly MeasuredOnRecord[],
  nowMs: number,
): TripwireLevel | undefined {
  const about = all.filter(({ body }) => body.indicator === tripwire.indicator);
  const levels = [...new Set(about.map(({ body }) => body.subject))].map((subject) =>
    levelOf(
      tripwire,
      about.filter(({ body }) => body.subject === subject),
      nowMs,
    ),
  );
  return levels.reduce<TripwireLevel | undefined>(
    (highest, level) =>
      highest === undefined || level === undefined ? level : higher(highest, level),
    undefined,
  );
}

function levelOf(
  tripwire: MeasuredTripwire,
  about: readonly MeasuredOnRecord[],
  nowMs: number,
): TripwireLevel | undefined {
  const its = [...about].sort((a, b) =>
    a.body.period.to < b.body.period.to
      ? -1
      : a.body.period.to > b.body.period.to
        ? 1
        : a.index - b.index,
  );
  const newest = its.at(-1);
  if (newest === undefined) return undefined;
  let level: TripwireLevel = "quiet";
  for (let i = 0; i < its.length; i++) {
    const reached = reachedBy(tripwire, its.slice(0, i + 1));
    if (isAtLeast(reached, level) || hasComeBack(tripwire, level, its.slice(0, i + 1)))
      level = reached;
  }
  const { result } = newest.body;
  if (!("cannotSay" in result) && result.isBeyondInstrument) level = higher(level, "watch");
  const { stale } = tripwire;
  const ageDays = (nowMs - Date.parse(`${newest.body.period.to}T00:00:00.000Z`)) / DAY_MS;
  return stale !== undefined && ageDays > stale.days ? higher(level, stale.level) : level;
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

function reachedBy(tripwire: MeasuredTripwire, its: readonly MeasuredOnRecord[]): TripwireLevel {
  const newestOfEach = new Map(its.map((one) => [one.issuer, one]));
  for (const [level, line] of linesOf(tripwire)) {
    const row = its.slice(-tripwire.inARow);
    const isAcross =
      row.length === tripwire.inARow && row.every((one) => across(tripwire, one, line));
    const measurers = [...newestOfEach.values()].filter((one) =>
      across(tripwire, one, line),
    ).length;
    if (isAcross && measurers >= tripwire.measurers) return level;
  }
  return "quiet";
}

function across(
  { worse, by }: MeasuredTripwire,
  { body }: MeasuredOnRecord,
  line: string,
): boolean {
  if ("cannotSay" in body.result) return false;
  const { value, low, high } = body.result;
  const near = by === "estimate" ? value : worse === "above" ? low : high;
  if (near === null) return false;
  return worse === "above"
    ? billionths(near) > billionths(line)
    : billionths(near) < billionths(line);
}

/** Measurements in a row that must have come back before a level is left. */
const CLEAR_IN_A_ROW = 2;

function hasComeBack(
  tripwire: MeasuredTripwire,
  level: TripwireLevel,
  its: readonly MeasuredOnRecord[],
): boolean {
  const line = linesOf(tripwire).find(([its]) => its === level)?.[1];
  if (line === undefined) return true;
  const row = its.slice(-CLEAR_IN_A_ROW);
  return (
    row.length === CLEAR_IN_A_ROW &&
    row.every(({ body: { result } }) => {
      if ("cannotSay" in result) return false;
      const [value, tenth] = [billionths(result.value) * 10n, billionths(line)];
      return tripwire.worse === "above" ? value < tenth * 9n : value > tenth * 11n;
    })
  );
}

function isAtLeast(level: TripwireLevel, other: TripwireLevel): boolean {
  return TRIPWIRE_LEVELS.indexOf(level) >= TRIPWIRE_LEVELS.indexOf(other);
}

function higher(a: TripwireLevel, b: TripwireLevel): TripwireLevel {
  return isAtLeast(a, b) ? a : b;
}
