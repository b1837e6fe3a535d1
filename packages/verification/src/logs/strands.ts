import { FLOP_SPLIT, NO_NUMBER } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import { exactFlop, expectedFlop, IDLE, type LogContext, statedFlop, TRAINING } from "./context.ts";

/** FLOP that are counted: what is stated or follows from it, and what it could be where too little is stated. */
export interface Counted {
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * Records of one activity and one workload that name the same model, code, data, configuration, team, precision and batch: the
 * smallest piece of a run of which nothing says that it is two.
 */
export interface Strand {
  readonly number: number;
  /** A record of it, the first in time. */
  readonly sample: number;
  readonly activity: number;
  startMs: number;
  endMs: number;
  seconds: number;
  /** Of records that state both. */
  flopWithTokens: number;
  tokens: number;
  low: bigint;
  high: bigint;
  /** What is stated, while it is summed: multiples of `FLOP_SPLIT`, and the rest. */
  statedHigh: number;
  statedLow: number;
  lastDevice: number;
  lastWeights: number;
  /** Devices that worked on it, by number of their name. */
  readonly devices: Set<number>;
  /** Hashes of weights that its records name. */
  readonly weights: Set<number>;
  /** Lists of parents that its records name. */
  readonly parents: Set<number>;
}

/** Strands, and the strand of each record; repeated records have none (-1). */
export interface Strands {
  readonly all: readonly Strand[];
  readonly of: Int32Array;
}

const KEY = [
  "activity",
  "workload",
  "model",
  "codeCommit",
  "datasetSha256",
  "configSha256",
  "team",
  "precision",
  "batchSize",
  "sequenceLength",
] as const;

/** Puts records together that nothing tells apart, and counts their compute. */
export function strandsOf(context: LogContext): Strands {
  const { table, order } = context;
  const of = new Int32Array(table.count).fill(-1);
  const all: Strand[] = [];
  const numbers = new Map<string, number>();
  const columns = KEY.map((name) => table[name]);
  let before = -1;
  for (let k = 0; k < order.length; k++) {
    const record = there(order[k]);
    if (context.repeated[record] === 1) continue;
    let isSame = before >= 0;
    for (let c = 0; isSame && c < columns.length; c++) {
      const column = there(columns[c]);
      isSame = column[before] === column[record];
    }
    let number: number;
    if (isSame) {
      number = there(of[before]);
    } else {
      const key = columns.map((column) => column[record]).join(" ");
      number = numbers.get(key) ?? all.length;
      if (number === all.length) {
        numbers.set(key, number);
        all.push(empty(number, record, there(table.activity[record])));
      }
    }
    of[record] = number;
    before = record;
    take(there(all[number]), context, record);
  }
  for (const strand of all) settle(strand);
  return { all, of };
}

function empty(number: number, sample: number, activity: number): Strand {
  return {
    number,
    sample,
    activity,
    seconds: 0,
    flopWithTokens: 0,
    tokens: 0,
    low: 0n,
    high: 0n,
    statedHigh: 0,
    statedLow: 0,
    lastDevice: -1,
    lastWeights: -1,
    startMs: Number.POSITIVE_INFINITY,
    endMs: Number.NEGATIVE_INFINITY,
    devices: new Set(),
    weights: new Set(),
    parents: new Set(),
  };
}

function take(strand: Strand, context: LogContext, record: number): void {
  const { table } = context;
  const start = there(table.startMs[record]);
  const end = there(table.endMs[record]);
  if (start < strand.startMs) strand.startMs = start;
  if (end > strand.endMs) strand.endMs = end;
  strand.seconds += (end - start) / 1000;
  const device = there(table.device[record]);
  if (device !== strand.lastDevice) strand.devices.add(device);
  strand.lastDevice = device;
  const weights = there(table.modelSha256[record]);
  if (weights >= 0 && weights !== strand.lastWeights) strand.weights.add(weights);
  strand.lastWeights = weights;
  const parents = there(table.parents[record]);
  if (parents !== 0) strand.parents.add(parents);
  const flop = statedFlop(table, record);
  const tokens = there(table.tokens[record]);
  if (flop !== undefined && tokens > 0) {
    strand.flopWithTokens += flop;
    strand.tokens += tokens;
  }
  // Compute outside of the judged time counts against nothing; what its records name still says what belongs together.
  const { span } = context;
  const insideMs = Math.min(end, span.endMs) - Math.max(start, span.startMs);
  if (insideMs <= 0) return;
  if (insideMs < end - start) {
    const { low, high } = countedInside(context, record, insideMs, end - start - insideMs);
    strand.low += low;
    strand.high += high;
    return;
  }
  if (flop !== undefined && !isUnderstated(context, record, flop)) {
    // Summed in two parts that stay whole: a number of any size for each record would cost more than all else.
    strand.statedLow += there(table.flopLow[record]);
    strand.statedHigh += there(table.flopHigh[record]);
    if (strand.statedLow >= FLOP_SPLIT) {
      strand.statedLow -= FLOP_SPLIT;
      strand.statedHigh++;
    }
    if (strand.statedHigh > MOST_STATED) settle(strand);
    return;
  }
  const { low, high } = countedFlop(context, record);
  strand.low += low;
  strand.high += high;
}

/**
 * What a record counts for of which only a part lies in the judged time: at least what its device cannot have done outside of it, and at most what it can have done
 * inside.
 */
function countedInside(
  context: LogContext,
  record: number,
  insideMs: number,
  outsideMs: number,
): Counted {
  const { low, high } = countedFlop(context, record);
  const device = context.listed.get(there(context.table.device[record]));
  if (device === undefined || device.highestPeak === 0n) return { low: 0n, high };
  const outside = (device.highestPeak * BigInt(outsideMs)) / 1000n;
  const inside = (device.highestPeak * BigInt(insideMs) + 999n) / 1000n;
  return { low: low > outside ? low - outside : 0n, high: high < inside ? high : inside };
}

const MOST_STATED = 4_000_000_000_000_000;

/** Moves what was summed in two parts to the counts. */
function settle(strand: Strand): void {
  const stated = BigInt(strand.statedHigh) * BigInt(FLOP_SPLIT) + BigInt(strand.statedLow);
  strand.low += stated;
  strand.high += stated;
  strand.statedLow = 0;
  strand.statedHigh = 0;
}

function isUnderstated(context: LogContext, record: number, stated: number): boolean {
  const expected = expectedFlop(context, record);
  return expected !== undefined && stated < expected * context.tolerances.flopPerTokenLow;
}

/**
 * What a record counts for: what it states, or what its tokens need where that is more than is tolerated. Where it states
 * neither, anything from nothing to what its device can do.
 */
export function countedFlop(context: LogContext, record: number): Counted {
  const { table, tolerances } = context;
  const stated = statedFlop(table, record);
  const expected = expectedFlop(context, record);
  if (stated !== undefined) {
    const counted =
      expected !== undefined && isUnderstated(context, record, stated)
        ? BigInt(Math.floor(expected))
        : exactFlop(table, record);
    return { low: counted, high: counted };
  }
  if (expected !== undefined) {
    const low = BigInt(Math.floor(expected));
    return { low, high: BigInt(Math.ceil(expected * tolerances.flopPerTokenHigh)) };
  }
  const isIdle = table.activity[record] === IDLE && table.tokens[record] === NO_NUMBER;
  const device = context.listed.get(there(table.device[record]));
  if (isIdle || device === undefined) return { low: 0n, high: 0n };
  const ms = BigInt(there(table.endMs[record]) - there(table.startMs[record]));
  return { low: 0n, high: (device.highestPeak * ms) / 1000n };
}

/** Parameters that a training strand's FLOP for each token stand for, as a double; `undefined` where it states too little. */
export function impliedParameters(strand: Strand): number | undefined {
  if (strand.activity !== TRAINING || strand.tokens === 0) return undefined;
  return strand.flopWithTokens / strand.tokens / 6;
}
