import type { Period } from "@standstill/evidence";
import { there } from "@standstill/record";
import { IDLE, type ListedDevice, type LogContext } from "./context.ts";

/** Time of a device of which nothing is told. */
export interface Untold {
  readonly device: string;
  readonly ms: number;
  readonly firstMs: number;
}

/** How far records tell of all listed devices in a time. */
export interface Coverage {
  /** Time that no record and no declared outage covers, of the devices that have any. */
  readonly missing: readonly Untold[];
  /** Time that only declared outages cover. */
  readonly excused: readonly Untold[];
  /** Records of work that lie in declared outages. */
  readonly during: readonly number[];
}

/** How far records tell of all listed devices from a time to another. */
export function coverageOf(log: LogContext, period: Period): Coverage {
  const outages = outagesOf(log);
  const missing: Untold[] = [];
  const excused: Untold[] = [];
  const during: number[] = [];
  for (const device of log.all) {
    const its = outages.get(device.device) ?? outages.get("") ?? [];
    const found = uncovered(log, device, its, period);
    if (found.missing.ms > 0) missing.push(found.missing);
    if (found.excused > 0) excused.push({ device: device.device, ms: found.excused, firstMs: 0 });
    for (const record of found.during) during.push(record);
  }
  return { missing, excused, during };
}

/** FLOP that listed devices could have done in time of which nothing is told and that is no declared outage, at their highest peaks. */
export function untoldFlop(log: LogContext, period: Period): bigint {
  const peaks = new Map(log.all.map(({ device, highestPeak }) => [device, highestPeak]));
  return coverageOf(log, period).missing.reduce(
    (sum, { device, ms }) => sum + ((peaks.get(device) ?? 0n) * BigInt(ms)) / 1000n,
    0n,
  );
}

type Span = readonly [startMs: number, endMs: number];

/** Outages of each device in order of time; those of all devices under the empty name, and added to the others. */
function outagesOf({ terms }: LogContext): Map<string, Span[]> {
  const found = new Map<string, Span[]>();
  const every: Span[] = [];
  for (const { devices, start, end } of terms.outages ?? []) {
    const span: Span = [Date.parse(start), Date.parse(end)];
    if (devices === undefined) every.push(span);
    for (const device of devices ?? []) found.set(device, [...(found.get(device) ?? []), span]);
  }
  for (const [device, spans] of found) found.set(device, joined([...spans, ...every]));
  return found.set("", joined(every));
}

function joined(spans: readonly Span[]): Span[] {
  const whole: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = whole.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else whole.push([start, end]);
  }
  return whole;
}

/** Time of a device that no record and no outage covers; time that only outages cover; records that lie in outages. */
function uncovered(
  log: LogContext,
  { device }: Pick<ListedDevice, "device">,
  outages: readonly Span[],
  { startMs, endMs }: Period,
): { missing: Untold; excused: number; during: number[] } {
  const { table, order, from: starts, places } = log;
  const number = table.texts.find(device);
  const d = number === undefined ? -1 : (places.get(number) ?? -1);
  const during: number[] = [];
  let [missing, excused, firstMs, reached, over] = [0, 0, 0, startMs, 0];
  const gap = (start: number, end: number) => {
    let out = 0;
    for (let k = over; k < outages.length && there(outages[k])[0] < end; k++) {
      const [from, until] = there(outages[k]);
      out += Math.max(0, Math.min(end, until) - Math.max(start, from));
    }
    excused += out;
    if (end - start - out > 0 && missing === 0) firstMs = start;
    missing += end - start - out;
  };
  for (let k = d < 0 ? 0 : there(starts[d]); d >= 0 && k < there(starts[d + 1]); k++) {
    const record = there(order[k]);
    const start = Math.max(there(table.startMs[record]), startMs);
    const end = Math.min(there(table.endMs[record]), endMs);
    if (start >= end) continue;
    if (start > reached) gap(reached, start);
    reached = Math.max(reached, end);
    // Both are in order of time: an outage that is over stays so.
    while (over < outages.length && there(outages[over])[1] <= start) over++;
    const [from, until] = outages[over] ?? [endMs, endMs];
    const isWork = table.activity[record] !== IDLE;
    // Edges need not agree to the second, but most of the one must not lie in the other.
    const common = Math.min(end, until) - Math.max(start, from);
    if (isWork && common * 2 > Math.min(end - start, until - from)) during.push(record);
  }
  if (reached < endMs) gap(reached, endMs);
  return { missing: { device, ms: missing, firstMs }, excused, during };
}
