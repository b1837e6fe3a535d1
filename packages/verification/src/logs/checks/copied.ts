import { there } from "@standstill/record";
import { FIRST_HASH, hashWith } from "@standstill/statistics";
import { thresholds } from "../../methods/draft/thresholds.ts";
import { IDLE, type LogContext, statedFlop, timeText } from "../context.ts";
import { Grouped } from "../records.ts";
import { logCheck } from "./check.ts";

/** Of a long log a sample of stretches is compared, by what they hold, so that all copies of a stretch are in it or none. */
const MOST_STRETCHES = 200_000;

interface Stretch {
  readonly device: number;
  /** Record at which it ends, and its place in the order of the device's records. */
  readonly end: number;
  readonly place: number;
}

/**
 * What a device did is told of another too, to the last digit: at another time; or at the same time, where most others of its workload
 * differ. Devices of one run that all tell the same, or in groups of one size, share their work, and are left alone.
 */
export const copied = logCheck({
  id: "copied",
  rule: "work-as-told",
  fields: ["flop"],
  run(subject) {
    const { table, devices } = subject;
    const found = new Grouped<number>(subject);
    const source = new Map<number, readonly [from: number, end: number, now: number]>();
    const add = (from: Stretch, to: Stretch) => {
      const device = there(devices[to.device]);
      found.add(device, to.end);
      if (!source.has(device)) source.set(device, [from.device, from.end, to.end]);
    };
    const alone = new Map<number, { single: number; paired: [Stretch, Stretch][] }>();
    for (const same of stretchesOf(subject)) {
      const first = there(same[0]);
      const startMs = there(table.startMs[first.end]);
      const atOnce = same.filter(({ end }) => table.startMs[end] === startMs);
      const later = same.find(({ device, end }) => {
        return device !== first.device && table.startMs[end] !== startMs;
      });
      if (later !== undefined) add(first, later);
      const workload = there(table.workload[first.end]);
      const its = alone.get(workload) ?? { single: 0, paired: [] };
      alone.set(workload, its);
      if (same.length === 1) its.single++;
      else if (atOnce.length > 1) its.paired.push([first, there(atOnce[1])]);
    }
    for (const { single, paired } of alone.values()) {
      if (single >= 2 * paired.length) for (const [from, to] of paired) add(from, to);
    }
    return {
      findings: found.findings((device, count) => {
        const [from, end, now] = there(source.get(device));
        const other = table.texts.get(there(devices[from]));
        return {
          severity: "suspicion",
          about: table.texts.get(device),
          sentence: `What is told of ${table.texts.get(device)} up to ${timeText(there(table.startMs[now]))} is to the last digit what is told of ${other} up to ${timeText(there(table.startMs[end]))}${count === 1 ? "" : `, in ${count} places`}.`,
        };
      }),
      gaps: [],
    };
  },
});

/** Stretches of work of all devices by what they hold, value by value; of many, a sample. */
function stretchesOf(context: LogContext): Stretch[][] {
  const { table, order, from, devices } = context;
  const mask = maskFor(table.count);
  const byHash = new Map<number, Stretch[][]>();
  const bits = new Uint32Array(2);
  const float = new Float64Array(bits.buffer);
  const values = new Float64Array(thresholds.logs.copied.inARow);
  const hashes = new Uint32Array(thresholds.logs.copied.inARow);
  for (let device = 0; device < devices.length; device++) {
    let length = 0;
    for (let place = there(from[device]); place < there(from[device + 1]); place++) {
      const end = there(order[place]);
      if (!isWork(context, end)) continue;
      float[0] = workOf(table, end);
      values[length % thresholds.logs.copied.inARow] = there(float[0]);
      hashes[length % thresholds.logs.copied.inARow] =
        Math.imul(there(bits[0]), 0x9e3779b1) ^ Math.imul(there(bits[1]), 0x85ebca6b);
      length++;
      if (length < thresholds.logs.copied.inARow) continue;
      let hash = FIRST_HASH;
      for (let j = 0; j < thresholds.logs.copied.inARow; j++)
        hash = hashWith(hash, there(hashes[(length + j) % thresholds.logs.copied.inARow]));
      hash = (hash ^ (hash >>> 15)) >>> 0;
      if ((hash & mask) !== 0 || new Set(values).size < thresholds.logs.copied.different) continue;
      sort(context, byHash, hash, { device, end, place });
    }
  }
  return [...byHash.values()].flat();
}

/** Puts a stretch to those that hold the same; a hash alone would accuse by chance. */
function sort(
  context: LogContext,
  byHash: Map<number, Stretch[][]>,
  hash: number,
  stretch: Stretch,
): void {
  const groups = byHash.get(hash);
  if (groups === undefined) {
    byHash.set(hash, [[stretch]]);
    return;
  }
  const values = valuesOf(context, stretch);
  const same = groups.find((group) =>
    valuesOf(context, there(group[0])).every((value, i) => value === values[i]),
  );
  if (same === undefined) groups.push([stretch]);
  else same.push(stretch);
}

/** The values of a stretch, the last first. */
function valuesOf(context: LogContext, { place }: Stretch): number[] {
  const values: number[] = [];
  for (let at = place; values.length < thresholds.logs.copied.inARow; at--) {
    const record = there(context.order[at]);
    if (isWork(context, record)) values.push(workOf(context.table, record));
  }
  return values;
}

function isWork({ table, repeated }: LogContext, record: number): boolean {
  return repeated[record] !== 1 && table.activity[record] !== IDLE;
}

function workOf(table: LogContext["table"], record: number): number {
  return statedFlop(table, record) ?? there(table.tokens[record]);
}

function maskFor(records: number): number {
  let mask = 0;
  while (records / (mask + 1) > MOST_STRETCHES) mask = mask * 2 + 1;
  return mask;
}
