import { energyMillijoules, type Readings } from "@standstill/evidence";
import type { ActivityLog } from "@standstill/evidence/activity";
import { MINUTE_MS } from "@standstill/record";

/** What is told of a file, by name. */
export type Described = Readonly<Record<string, unknown>>;

/** A pause between readings that is longer is no energy, in milliseconds. */
const LONGEST_STEP_MS = MINUTE_MS;

/** What an activity log holds: records, devices, seconds of each activity, FLOP, and what was set aside. */
export function describeActivity({ records, setAside, brokenAt }: ActivityLog): Described {
  const seconds = new Map<string, number>();
  let flop = 0n;
  for (const { activity, start, end, flop: more = "0" } of records) {
    const lasted = (Date.parse(end) - Date.parse(start)) / 1000;
    seconds.set(activity, (seconds.get(activity) ?? 0) + lasted);
    flop += BigInt(more);
  }
  return {
    records: records.length,
    devices: new Set(records.map(({ device }) => device)).size,
    workloads: new Set(records.map(({ workload }) => workload)).size,
    ...Object.fromEntries([...seconds].map(([activity, sum]) => [`${activity}Seconds`, sum])),
    flop: String(flop),
    setAside: setAside.length,
    ...(setAside[0] === undefined
      ? {}
      : { firstSetAside: `line ${setAside[0].line}: ${setAside[0].reason}` }),
    ...(brokenAt.length === 0 ? {} : { chainBrokenAtLine: brokenAt[0] }),
  };
}

/** What readings of power hold: how many, of how many devices, from when to when, and their energy. */
export function describeReadings(readings: Readings, kept: boolean): Described {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of readings.timeMs) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const hasReadings = readings.timeMs.length > 0;
  const period = { startMs: first, endMs: last + 1 };
  return {
    readings: readings.timeMs.length,
    devices: readings.devices.length,
    first: hasReadings ? new Date(first).toISOString() : null,
    last: hasReadings ? new Date(last).toISOString() : null,
    energyJoules: hasReadings
      ? Math.round(energyMillijoules(readings, period, LONGEST_STEP_MS) / 1000)
      : 0,
    setAside: readings.quarantined.count,
    ...(readings.quarantined.first === undefined
      ? {}
      : { firstSetAside: readings.quarantined.first }),
    kept,
  };
}
