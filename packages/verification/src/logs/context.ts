import type { LogTerms } from "@standstill/agreement";
import type { Period } from "@standstill/evidence";
import {
  ACTIVITIES,
  type ActivityTable,
  FLOP_SPLIT,
  NO_NUMBER,
  NO_TEXT,
} from "@standstill/evidence/activity";
import { parseQuantity, there } from "@standstill/record";
import { thresholds } from "../methods/draft/thresholds.ts";
import { judgedPart, type LeftOut } from "./judged-part.ts";

/** Number of each activity in the table. */
export const TRAINING = ACTIVITIES.indexOf("training");
/** Serving a model. */
export const INFERENCE = ACTIVITIES.indexOf("inference");
/** Trying a model. */
export const EVALUATION = ACTIVITIES.indexOf("evaluation");
/** Doing nothing. */
export const IDLE = ACTIVITIES.indexOf("idle");

/** What the terms know of a device. */
export interface ListedDevice {
  readonly device: string;
  /** FLOP/s at dense peak by precision, and the highest. */
  readonly peak: ReadonlyMap<string, bigint>;
  readonly highestPeak: bigint;
  readonly region: string | undefined;
}

/** Everything that checks of activity logs look at. */
export interface LogContext {
  readonly table: ActivityTable;
  readonly terms: LogTerms;
  /** Time of which devices have to be told, in POSIX milliseconds; the end is outside. */
  readonly startMs: number;
  readonly endMs: number;
  /** Time whose compute counts, a part of the logs' time or all of it. */
  readonly span: Period;
  /** Whether only a part of the time is judged, and no record lies wholly in it. */
  readonly isTooShort: boolean;
  /** 1 for records that are judged, where only a part of the logs' time is; all of them where nothing stands here. */
  readonly judged: Uint8Array | undefined;
  /** Records that are not judged though they tell of the time, or of none that was reported. */
  readonly leftOut: LeftOut;
  /** Records by device, then by start: `order[from[d] .. from[d + 1]]` are those of the device with number `d`. */
  readonly order: Uint32Array;
  readonly from: Uint32Array;
  /** Devices in that order: the text's number in the table. */
  readonly devices: readonly number[];
  /** Place of a device in that order, by number of its name. */
  readonly places: ReadonlyMap<number, number>;
  /** Listed devices by the number of their name; those of which no record tells have none. */
  readonly listed: ReadonlyMap<number, ListedDevice>;
  readonly all: readonly ListedDevice[];
  /** Declared models by the number of their name. */
  readonly models: ReadonlyMap<number, Model>;
  /** Weights that the terms know, by number of their hash: which model's. */
  readonly knownWeights: ReadonlyMap<number, Model>;
  /** Records that say what another says of the same device and time, word for word: they count once. */
  readonly repeated: Uint8Array;
  readonly tolerances: Tolerances;
}

/** A declared model. */
export interface Model {
  readonly model: string;
  readonly parameters: number;
  readonly precision: string | undefined;
  readonly activities: readonly string[] | undefined;
  readonly flop: bigint;
}

/** How far a log may be off before it is told. */
export interface Tolerances {
  readonly flopPerTokenLow: number;
  readonly flopPerTokenHigh: number;
  readonly missing: number;
  readonly outages: number;
  readonly overlapMs: number;
  readonly utilization: number;
}

/**
 * Brings a table and terms together: records by device and time, devices and models by number.
 *
 * @param span that is judged, if not all of the time in the terms
 */
export function contextOf(table: ActivityTable, terms: LogTerms, span?: Period): LogContext {
  const all = terms.devices.map(({ device, peak, region }) => {
    const peaks = new Map(
      Object.entries(peak).map(([name, value]) => [name, parseQuantity(value, "FLOP/s")]),
    );
    const highestPeak = [...peaks.values()].reduce((most, one) => (one > most ? one : most), 0n);
    return { device, peak: peaks, highestPeak, region };
  });
  const listed = new Map<number, ListedDevice>();
  for (const one of all) {
    const number = table.texts.find(one.device);
    if (number !== undefined) listed.set(number, one);
  }
  const models = new Map<number, Model>();
  const knownWeights = new Map<number, Model>();
  for (const { model, parameters, precision, activities, weights, flop } of terms.models ?? []) {
    const one: Model = {
      model,
      parameters,
      precision,
      activities,
      flop: flop === undefined ? 0n : parseQuantity(flop, "FLOP"),
    };
    const number = table.texts.find(model);
    if (number !== undefined) models.set(number, one);
    for (const hash of weights ?? []) {
      const known = table.texts.find(hash);
      if (known !== undefined) knownWeights.set(known, one);
    }
  }
  const { order, from, devices } = byDeviceAndTime(table);
  return {
    table,
    terms,
    order,
    from,
    devices,
    listed,
    all,
    models,
    knownWeights,
    places: new Map(devices.map((device, place) => [device, place])),
    ...judgedPart(table, terms, span),
    repeated: repeatedRecords(table, order),
    tolerances: {
      flopPerTokenLow: Number(
        terms.tolerances?.flopPerToken?.low ?? thresholds.logs.tolerances.flopPerToken.low,
      ),
      flopPerTokenHigh: Number(
        terms.tolerances?.flopPerToken?.high ?? thresholds.logs.tolerances.flopPerToken.high,
      ),
      missing: Number(terms.tolerances?.missing ?? thresholds.logs.tolerances.missing),
      outages: Number(terms.tolerances?.outages ?? thresholds.logs.tolerances.outages),
      overlapMs: (terms.tolerances?.overlapSeconds ?? 1) * 1000,
      utilization: Number(terms.tolerances?.utilization ?? "1"),
    },
  };
}

function byDeviceAndTime(table: ActivityTable): {
  order: Uint32Array;
  from: Uint32Array;
  devices: number[];
} {
  const { count, device, startMs, endMs } = table;
  const sizes = new Uint32Array(table.texts.size);
  for (let i = 0; i < count; i++) sizes[there(device[i])] = there(sizes[there(device[i])]) + 1;
  const devices: number[] = [];
  const places = new Uint32Array(table.texts.size);
  let sum = 0;
  const starts: number[] = [];
  for (const [number, size] of sizes.entries()) {
    if (size === 0) continue;
    devices.push(number);
    starts.push(sum);
    places[number] = sum;
    sum += size;
  }
  const from = Uint32Array.from([...starts, sum]);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const number = there(device[i]);
    const place = there(places[number]);
    order[place] = i;
    places[number] = place + 1;
  }
  for (let d = 0; d < devices.length; d++) {
    const its = order.subarray(from[d], from[d + 1]);
    // Logs are in order as a rule: only what is not is sorted.
    let isSorted = true;
    for (let k = 1; k < its.length && isSorted; k++) {
      isSorted = there(startMs[there(its[k - 1])]) <= there(startMs[there(its[k])]);
    }
    if (isSorted) continue;
    its.sort(
      (a, b) => there(startMs[a]) - there(startMs[b]) || there(endMs[a]) - there(endMs[b]) || a - b,
    );
  }
  return { order, from, devices };
}

const SAME = [
  "device",
  "workload",
  "team",
  "region",
  "model",
  "modelSha256",
  "datasetSha256",
  "codeCommit",
  "configSha256",
  "precision",
  "activity",
  "startMs",
  "endMs",
  "flopHigh",
  "flopLow",
  "tokens",
  "batchSize",
  "sequenceLength",
  "parents",
  "dataSources",
] as const;

function repeatedRecords(table: ActivityTable, order: Uint32Array): Uint8Array {
  const repeated = new Uint8Array(table.count);
  for (let k = 1; k < order.length; k++) {
    const [a, b] = [there(order[k - 1]), there(order[k])];
    if (table.startMs[a] !== table.startMs[b] || table.device[a] !== table.device[b]) continue;
    if (SAME.every((name) => table[name][a] === table[name][b])) repeated[b] = 1;
  }
  return repeated;
}

/** Whether a record is of the time that is judged. */
export function isJudged({ judged }: Pick<LogContext, "judged">, record: number): boolean {
  return judged?.[record] !== 0;
}

/** FLOP that a record states, as a double; `undefined` where it states none. */
export function statedFlop(
  { flopHigh, flopLow }: ActivityTable,
  record: number,
): number | undefined {
  const high = there(flopHigh[record]);
  return high === NO_NUMBER ? undefined : high * FLOP_SPLIT + there(flopLow[record]);
}

/** FLOP that a record states, exactly; 0 where it states none. */
export function exactFlop({ flopHigh, flopLow }: ActivityTable, record: number): bigint {
  const high = there(flopHigh[record]);
  if (high === NO_NUMBER) return 0n;
  return BigInt(high) * BigInt(FLOP_SPLIT) + BigInt(there(flopLow[record]));
}

/** FLOP for each parameter and token (Kaplan et al. 2020, section 2.1); `undefined` where an activity has no such rule. */
export function flopPerParameterAndToken(activity: number): number | undefined {
  if (activity === TRAINING) return 6;
  return activity === INFERENCE || activity === EVALUATION ? 2 : undefined;
}

/** FLOP that model, activity and tokens of a record say; `undefined` where one of them is unknown. */
export function expectedFlop(context: LogContext, record: number): number | undefined {
  const { table, models } = context;
  const factor = flopPerParameterAndToken(there(table.activity[record]));
  const model = models.get(there(table.model[record]));
  const tokens = there(table.tokens[record]);
  if (factor === undefined || model === undefined || tokens === NO_NUMBER) return undefined;
  return factor * model.parameters * tokens;
}

/** Highest FLOP/s that a record's device can reach in the precision that it says; in any where that is unknown. */
export function peakOf(context: LogContext, record: number): bigint | undefined {
  const { table, listed } = context;
  const device = listed.get(there(table.device[record]));
  if (device === undefined) return undefined;
  const precision = there(table.precision[record]);
  const named = precision === NO_TEXT ? undefined : device.peak.get(table.texts.get(precision));
  const peak = named ?? device.highestPeak;
  // A peak that the terms leave blank is unknown, and never zero.
  return peak > 0n ? peak : undefined;
}

/** A time as people read it. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
