import { ACTIVITIES, NO_TEXT } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import { Union } from "@standstill/statistics";
import { thresholds } from "../methods/draft/thresholds.ts";
import { type LogContext, statedFlop, TRAINING } from "./context.ts";
import { Descent } from "./descent.ts";
import type { Lineage } from "./lineage.ts";
import { type Counted, impliedParameters, type Strand, type Strands } from "./strands.ts";

/** Training that is one run whatever it is called, and what it rests on. */
export interface LogicalRun {
  readonly number: number;
  readonly strands: readonly Strand[];
  /** What linked them, in words, each once. */
  readonly links: readonly string[];
  /** Workloads that it consists of, by number of their names. */
  readonly workloads: readonly number[];
  /** Compute of those workloads by activity: a run may also serve itself, as where it learns from what it generates. */
  readonly own: readonly Counted[];
  /** Compute of its ancestors: workloads that it continues, and what went into declared weights. */
  readonly inherited: bigint;
}

/** Logical runs, the largest first. */
export interface LogicalRuns {
  readonly all: readonly LogicalRun[];
  /** Whether descent was too wide to follow for all runs. */
  readonly isCut: boolean;
}

const { oneRun } = thresholds.logs;
type Link = keyof typeof oneRun.weights;

const WORDS: Readonly<Record<Link, string>> = {
  weights: "the same weights",
  configuration: "the same configuration",
  model: "the same model",
  code: "the same code",
  data: "the same data",
  size: "models of the same size",
  shape: "batches and number of devices",
  team: "the same team",
  devices: "the same devices one after the other",
  course: "the same course of work at the same time",
  time: "times that follow one another or overlap",
};

/** What strands name that is enough together and can be looked up; where sizes are known, and where they are not. */
const TOGETHER: Readonly<Record<"known" | "unknown", readonly (readonly Link[])[]>> = {
  known: [
    ["configuration"],
    ["model", "size"],
    ["code", "size"],
    ["data", "size"],
    ["model", "code", "data"],
  ],
  unknown: [["configuration"], ["model", "code"], ["model", "data"], ["code", "data"]],
};

/** Links strands of training to logical runs and adds up what each rests on. */
export function logicalRunsOf(
  context: LogContext,
  strands: Strands,
  lineage: Lineage,
): LogicalRuns {
  const training = strands.all.filter(({ activity }) => activity === TRAINING);
  const union = new Union(strands.all.length);
  const links = new Map<number, Set<Link>>();
  const { workload } = context.table;
  const join = (a: Strand, b: Strand, by: readonly Link[]) => {
    if (a === b) return;
    union.join(a.number, b.number);
    // What pieces of one name share says nothing about other names.
    if (workload[a.sample] === workload[b.sample]) return;
    const its = links.get(a.number) ?? new Set<Link>();
    for (const link of by) its.add(link);
    links.set(a.number, its);
  };
  const sizes = sizesOf(training);
  const names = (strand: Strand) => namesOf(context, strand, sizes);
  linkByNames(context, training, names, join);
  linkByDevices(context, strands, names, join);
  linkByCourse(context, strands, training, names, join);
  linkByTime(training, names, join);
  return gathered(context, strands, lineage, training, union, links);
}

type Names = Partial<Record<Link, number>>;
type Join = (a: Strand, b: Strand, by: readonly Link[]) => void;

/** Sizes by number: strands whose implied parameters lie close together have one. */
function sizesOf(training: readonly Strand[]): ReadonlyMap<number, number> {
  const implied = training.flatMap((strand) => {
    const parameters = impliedParameters(strand);
    return parameters === undefined || !(parameters > 0) ? [] : [{ strand, parameters }];
  });
  implied.sort((a, b) => a.parameters - b.parameters);
  const sizes = new Map<number, number>();
  let [size, before] = [-1, 0];
  for (const { strand, parameters } of implied) {
    if (parameters > before * oneRun.sameSize) size++;
    before = parameters;
    sizes.set(strand.number, size);
  }
  return sizes;
}

function namesOf({ table }: LogContext, strand: Strand, sizes: ReadonlyMap<number, number>): Names {
  const of = (column: "configSha256" | "model" | "codeCommit" | "datasetSha256" | "team") => {
    const value = there(table[column][strand.sample]);
    return value === NO_TEXT ? undefined : value;
  };
  const all = {
    configuration: of("configSha256"),
    model: of("model"),
    code: of("codeCommit"),
    data: of("datasetSha256"),
    team: of("team"),
    size: sizes.get(strand.number),
    shape: shapeOf(table, strand),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Batch, sequence and number of devices as one number; nothing where batches are not told. */
function shapeOf(table: LogContext["table"], { sample, devices }: Strand): number | undefined {
  const [batch, sequence] = [there(table.batchSize[sample]), there(table.sequenceLength[sample])];
  return batch > 0 && sequence > 0
    ? (batch * 16_777_216 + sequence) * 1024 + devices.size
    : undefined;
}

function linkByNames(
  context: LogContext,
  training: readonly Strand[],
  names: (strand: Strand) => Names,
  join: Join,
): void {
  const first = new Map<string, Strand>();
  const meet = (key: string, strand: Strand, by: readonly Link[]) => {
    const known = first.get(key);
    if (known === undefined) first.set(key, strand);
    else join(known, strand, by);
  };
  for (const strand of training) {
    // One workload's training is one run, whatever changes in it.
    meet(`workload ${context.table.workload[strand.sample]}`, strand, []);
    // Weights that the terms know are a common base and no common run.
    for (const weights of strand.weights) {
      if (!context.knownWeights.has(weights)) meet(`weights ${weights}`, strand, ["weights"]);
    }
    const its = names(strand);
    for (const set of TOGETHER[its.size === undefined ? "unknown" : "known"]) {
      if (!set.every((link) => its[link] !== undefined)) continue;
      meet(set.map((link) => `${link} ${its[link]}`).join(" "), strand, set);
    }
  }
}

function shared(a: Names, b: Names): Link[] {
  return (Object.keys(a) as Link[]).filter((link) => a[link] === b[link]);
}

/** Whether what two strands share is enough, with what else links them. */
function isEnough(a: Names, b: Names, by: readonly Link[]): boolean {
  const hasOtherSize = a.size !== undefined && b.size !== undefined && a.size !== b.size;
  return (
    by.reduce((sum, link) => sum + oneRun.weights[link], hasOtherSize ? oneRun.otherSize : 0) >
    oneRun.enough
  );
}

/** Training that follows other training on most of the same devices, whatever lies between. */
function linkByDevices(
  { order, from, devices, table }: LogContext,
  strands: Strands,
  names: (strand: Strand) => Names,
  join: Join,
): void {
  const follows = new Map<number, number>();
  for (let d = 0; d < devices.length; d++) {
    let before = -1;
    const here = new Set<number>();
    for (let k = there(from[d]); k < there(from[d + 1]); k++) {
      const record = there(order[k]);
      const now = there(strands.of[record]);
      if (now < 0 || table.activity[record] !== TRAINING || now === before) continue;
      if (before >= 0) here.add(before * strands.all.length + now);
      before = now;
    }
    for (const pair of here) follows.set(pair, (follows.get(pair) ?? 0) + 1);
  }
  for (const [pair, count] of follows) {
    const a = there(strands.all[Math.floor(pair / strands.all.length)]);
    const b = there(strands.all[pair % strands.all.length]);
    if (count * 2 < Math.max(a.devices.size, b.devices.size)) continue;
    const [one, other] = [names(a), names(b)];
    const by: Link[] = [...shared(one, other), "devices"];
    if (isEnough(one, other, by)) join(a, b, by);
  }
}

/** Pieces of one run follow one another within this time. */
/** With so many later ones of its size a strand is compared. */

/** Training of models of one size that follows other training at once, or goes on beside it. */
function linkByTime(
  training: readonly Strand[],
  names: (strand: Strand) => Names,
  join: Join,
): void {
  const bySize = new Map<number, Strand[]>();
  for (const strand of training) {
    const { size } = names(strand);
    if (size === undefined) continue;
    const group = bySize.get(size);
    if (group === undefined) bySize.set(size, [strand]);
    else group.push(strand);
  }
  for (const group of bySize.values()) {
    group.sort((a, b) => a.startMs - b.startMs || a.number - b.number);
    for (const [i, a] of group.entries()) {
      for (const b of group.slice(i + 1, i + 1 + oneRun.mostFollowers)) {
        if (b.startMs > a.endMs + oneRun.followsMs) break;
        const [one, other] = [names(a), names(b)];
        const by: Link[] = [...shared(one, other), "time"];
        if (isEnough(one, other, by)) join(a, b, by);
      }
    }
  }
}

/** More strands than this are not compared pair by pair, nor more windows of a pair: a log must not make that long. */

/** Training at the same time whose work rises and falls together: nodes of one run wait for one another. */
function linkByCourse(
  context: LogContext,
  strands: Strands,
  training: readonly Strand[],
  names: (strand: Strand) => Names,
  join: Join,
): void {
  if (training.length < 2 || training.length > oneRun.course.mostCompared) return;
  const courses = coursesOf(context, strands);
  for (let i = 0; i < training.length; i++) {
    for (let k = i + 1; k < training.length; k++) {
      const [a, b] = [there(training[i]), there(training[k])];
      if (a.endMs <= b.startMs || b.endMs <= a.startMs) continue;
      const [its, others] = [names(a), names(b)];
      const by: Link[] = [...shared(its, others), "course"];
      const [one, other] = [courses.get(a.number), courses.get(b.number)];
      if (!isEnough(its, others, by) || one === undefined || other === undefined) continue;
      if (correlation(one, other) >= oneRun.course.leastCorrelation) join(a, b, by);
    }
  }
}

/** Mean FLOP a device-second of each strand by the start of its windows. */
function coursesOf(
  { table, repeated }: LogContext,
  strands: Strands,
): Map<number, Map<number, number>> {
  const sums = new Map<number, Map<number, [flop: number, seconds: number]>>();
  for (let i = 0; i < table.count; i++) {
    if (repeated[i] === 1 || table.activity[i] !== TRAINING || there(table.flopHigh[i]) < 0)
      continue;
    const number = there(strands.of[i]);
    const its = sums.get(number) ?? new Map<number, [number, number]>();
    sums.set(number, its);
    const at = there(table.startMs[i]);
    const sum = its.get(at) ?? [0, 0];
    its.set(at, sum);
    sum[0] += statedFlop(table, i) ?? 0;
    sum[1] += (there(table.endMs[i]) - at) / 1000;
  }
  return new Map(
    [...sums].map(([number, its]) => [
      number,
      new Map([...its].map(([at, [flop, seconds]]) => [at, flop / seconds])),
    ]),
  );
}

/** Correlation of two courses over their common windows (Pearson); 0 where they are too few or one does not vary. */
function correlation(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  const pairs: [number, number][] = [];
  for (const [at, value] of a) {
    const other = b.get(at);
    if (other !== undefined) pairs.push([value, other]);
    if (pairs.length === oneRun.course.mostWindows) break;
  }
  if (pairs.length < oneRun.course.leastWindows) return 0;
  const means = [0, 1].map(
    (i) => pairs.reduce((sum, pair) => sum + there(pair[i]), 0) / pairs.length,
  );
  let [product, squareA, squareB] = [0, 0, 0];
  for (const [x, y] of pairs) {
    const [dx, dy] = [x - there(means[0]), y - there(means[1])];
    product += dx * dy;
    squareA += dx * dx;
    squareB += dy * dy;
  }
  // Rounding alone is no course: it must vary by more than a millionth of its mean.
  const isFlat = [squareA, squareB].some(
    (square, i) => Math.sqrt(square / pairs.length) < 1e-6 * Math.abs(there(means[i])),
  );
  return isFlat ? 0 : product / Math.sqrt(squareA * squareB);
}

function gathered(
  context: LogContext,
  strands: Strands,
  lineage: Lineage,
  training: readonly Strand[],
  union: Union,
  links: ReadonlyMap<number, ReadonlySet<Link>>,
): LogicalRuns {
  const { table } = context;
  const workloadOf = ({ sample }: Strand) => there(table.workload[sample]);
  const groups = grouped(training, ({ number }) => union.root(number));
  const ofWorkload = grouped(strands.all, workloadOf);
  const rootOf = new Map(training.map((strand) => [workloadOf(strand), union.root(strand.number)]));
  const descent = new Descent(context, lineage, ofWorkload, groups, rootOf);
  // What nobody continues comes first: it rests on the most.
  const continued = descent.continued();
  const order = [...groups].sort(
    ([a], [b]) => Number(continued.has(a)) - Number(continued.has(b)) || a - b,
  );
  const all = order.map(([root, its]): LogicalRun => {
    const by = new Set(its.flatMap(({ number }) => [...(links.get(number) ?? [])]));
    const workloads = [...new Set(its.map(workloadOf))];
    return {
      number: root,
      strands: its,
      workloads,
      links: [...by].map((link) => WORDS[link]),
      own: ownOf(workloads.flatMap((workload) => ofWorkload.get(workload) ?? [])),
      inherited: descent.of(workloads, its),
    };
  });
  return { all, isCut: descent.isCut };
}

function grouped<Key>(
  strands: readonly Strand[],
  keyOf: (strand: Strand) => Key,
): Map<Key, Strand[]> {
  const groups = new Map<Key, Strand[]>();
  for (const strand of strands) {
    const key = keyOf(strand);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [strand]);
    else group.push(strand);
  }
  return groups;
}

function ownOf(strands: readonly Strand[]): Counted[] {
  return ACTIVITIES.map((_, activity) => {
    const its = strands.filter((strand) => strand.activity === activity);
    return {
      low: its.reduce((sum, { low }) => sum + low, 0n),
      high: its.reduce((sum, { high }) => sum + high, 0n),
    };
  });
}
