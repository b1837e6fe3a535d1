import { MINUTE_MS } from "@standstill/record";
import { LONGEST_STEP_WINDOWS } from "../../../windows/windows.ts";
import type { Period } from "../../readings/readings.ts";

/** Readings by series and time; of those at one instant the lowest. */
function instants(where: string): string {
  return `SELECT series, time_ms, value FROM readings WHERE ${where} ORDER BY series, time_ms, value LIMIT 1 BY series, time_ms`;
}

function ofSeries(series: readonly number[]): string {
  return `series IN (${series.join(",")})`;
}

function within(series: readonly number[], { startMs, endMs }: Period, column = "time_ms"): string {
  return `${ofSeries(series)} AND ${column} >= ${startMs} AND ${column} < ${endMs}`;
}

/** Energy between two readings of power, in mJ; none is made up across a gap. */
function energy(windowMs: number, value: string, earlier: string, stepMs: string): string {
  return `if(${stepMs} > ${LONGEST_STEP_WINDOWS * windowMs}, 0, intDiv((${value} + ${earlier}) * (${stepMs}), 2000))`;
}

/** What a counter grew by; one that falls was reset, and has grown by what it shows. */
function increase(value: string, earlier: string): string {
  return `if(${value} >= ${earlier}, ${value} - ${earlier}, ${value})`;
}

/** Columns: series UInt32, time Int64, value Int64. */
export function readingsQuery(series: readonly number[], period: Period): string {
  return instants(within(series, period));
}

/** Column: series UInt32. */
export function presentQuery(series: readonly number[], period: Period): string {
  return `SELECT DISTINCT series FROM readings WHERE ${within(series, period)} ORDER BY series`;
}

/** Makes the windows of a period anew from its readings, for all series. The period is whole minutes. */
export function rebuildWindows({ startMs, endMs }: Period): string {
  const [value, earlier, stepMs] = ["value", "earlier", "time_ms - earlier_ms"];
  return `
    INSERT INTO windows
    SELECT series, minute * ${MINUTE_MS}, toUInt32(count()), sum(value), min(value), max(value),
           toUInt16(min(time_ms) - minute * ${MINUTE_MS}), argMin(value, time_ms),
           toUInt16(max(time_ms) - minute * ${MINUTE_MS}), argMax(value, time_ms),
           sum(multiIf(is_power, ${energy(MINUTE_MS, value, earlier, stepMs)},
                       is_counter, ${increase(value, earlier)}, 0))
    FROM (
      SELECT series, time_ms, value, intDiv(time_ms, ${MINUTE_MS}) AS minute,
        series IN (SELECT series FROM series WHERE quantity = 'power') AS is_power,
        series IN (SELECT series FROM series WHERE kind = 'counter') AS is_counter,
        lagInFrame(time_ms, 1, time_ms) OVER before AS before_ms,
        intDiv(before_ms, ${MINUTE_MS}) = minute AS is_inner,
        if(is_inner, before_ms, time_ms) AS earlier_ms,
        if(is_inner, lagInFrame(value, 1, value) OVER before, value) AS earlier
      FROM (${instants(`time_ms >= ${startMs} AND time_ms < ${endMs}`)})
      WINDOW before AS (PARTITION BY series ORDER BY time_ms ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    )
    GROUP BY series, minute`;
}

/**
 * Power in windows of a minute, from those that are kept. Columns: series UInt32, window UInt32, readings UInt16, mean power
 * UInt32, energy UInt32.
 */
export function keptPowerQuery(series: readonly number[], period: Period): string {
  return `
    SELECT series, toUInt32(intDiv(start_ms - ${period.startMs}, ${MINUTE_MS})), toUInt16(least(readings, 65535)),
           toUInt32(intDiv(total, readings)),
           toUInt32(grown + ${energy(MINUTE_MS, "first", "earlier", "first_ms - earlier_ms")})
    FROM (${joined(series, period)}) ORDER BY series, start_ms`;
}

/**
 * Any quantity in windows of whole minutes, from those that are kept. Columns: series UInt32, window UInt32, readings UInt32, and
 * as Int64 sum, least, most, increase.
 */
export function keptQuantityQuery(
  series: readonly number[],
  period: Period,
  windowMs: number,
): string {
  return `
    SELECT series, toUInt32(intDiv(start_ms - ${period.startMs}, ${windowMs})) AS w, toUInt32(sum(readings)),
           sum(total), min(lowest), max(highest), sum(grown + ${increase("first", "earlier")})
    FROM (${joined(series, period)}) GROUP BY series, w ORDER BY series, w`;
}

/** Kept windows, each with the last reading of the one before in the period; the first has its own first reading. */
function joined(series: readonly number[], period: Period): string {
  return `
    SELECT series, start_ms, readings, total, lowest, highest, first, grown, start_ms + first_in_ms AS first_ms,
      lagInFrame(start_ms + last_in_ms, 1, start_ms + first_in_ms) OVER before AS earlier_ms,
      lagInFrame(last, 1, first) OVER before AS earlier
    FROM windows FINAL WHERE ${within(series, period, "start_ms")}
    WINDOW before AS (PARTITION BY series ORDER BY start_ms ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`;
}

/** Power in windows of any length, from readings. Columns as of `keptPowerQuery`. */
export function powerQuery(series: readonly number[], period: Period, windowMs: number): string {
  return `
    SELECT series, toUInt32(intDiv(time_ms - ${period.startMs}, ${windowMs})) AS w, toUInt16(least(count(), 65535)),
           toUInt32(intDiv(sum(value), count())),
           toUInt32(sum(${energy(windowMs, "value", "earlier", "time_ms - earlier_ms")}))
    FROM (${stepped(series, period)}) GROUP BY series, w ORDER BY series, w`;
}

/** Any quantity in windows of any length, from readings. Columns as of `keptQuantityQuery`. */
export function quantityQuery(series: readonly number[], period: Period, windowMs: number): string {
  return `
    SELECT series, toUInt32(intDiv(time_ms - ${period.startMs}, ${windowMs})) AS w, toUInt32(count()),
           sum(value), min(value), max(value), sum(${increase("value", "earlier")})
    FROM (${stepped(series, period)}) GROUP BY series, w ORDER BY series, w`;
}

function stepped(series: readonly number[], period: Period): string {
  return `
    SELECT series, time_ms, value,
      lagInFrame(time_ms, 1, time_ms) OVER before AS earlier_ms,
      lagInFrame(value, 1, value) OVER before AS earlier
    FROM (${instants(within(series, period))})
    WINDOW before AS (PARTITION BY series ORDER BY time_ms ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`;
}
