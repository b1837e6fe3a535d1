import { acceleratorSeconds } from "@standstill/evidence";
import { millionths, parseQuantity, there } from "@standstill/record";
import { counterNamed, nodeSeries } from "../counters.ts";
import { exactly, type Interval, positive, smaller } from "../interval.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import { type FeedClass, independently, nodesOf, type Subject } from "../subject.ts";
import type { Amount } from "./amount.ts";
import { highestPeak } from "./declared.ts";
import type { NodeEnergy } from "./node-energy.ts";

/** What one kind of feed alone says was done, and what it shares with others: two that share something err together. */
export interface Measure extends Amount {
  readonly from: "energy" | "counters" | "meter" | "accounting";
  readonly owner: FeedClass;
  /** Feeds and agreed figures that it rests on. */
  readonly restsOn: readonly string[];
}

/** Everything that says how much was done at a site, each by itself. */
export function measuresOf(
  subject: Subject,
  energy: ReadonlyMap<string, NodeEnergy>,
  capacity: bigint,
): Measure[] {
  const measures = [
    subject.evidence.windows === undefined ? undefined : fromEnergy(subject, energy, capacity),
    fromCounters(subject, capacity),
    fromMeter(subject, capacity),
  ].filter((one) => one !== undefined);
  return measures.length > 0 ? measures : [fromJobs(subject)];
}

/**
 * From energy to compute: between what the energy above idling did at the lowest agreed efficiency and what all of it
 * could have done at the highest, and never beyond capacity. Silent windows count as full power in the upper end.
 */
function fromEnergy(
  subject: Subject,
  energy: ReadonlyMap<string, NodeEnergy>,
  capacity: bigint,
): Measure {
  let low = 0n;
  let high = 0n;
  const windowMs = BigInt(subject.evidence.windows?.windowMs ?? 0);
  for (const { device, accelerator, accelerators } of nodesOf(subject)) {
    const { energyMillijoules, missing, observedMs } = there(energy.get(device));
    const { power, efficiency } = accelerator;
    const idle = accelerators * parseQuantity(power.idle.high, "W") * observedMs;
    const full = accelerators * parseQuantity(power.full.high, "W") * BigInt(missing) * windowMs;
    low += (positive(energyMillijoules - idle) * parseQuantity(efficiency.low, "FLOP/J")) / 1000n;
    high += ((energyMillijoules + full) * parseQuantity(efficiency.high, "FLOP/J")) / 1000n;
  }
  return {
    ...within(low, high, capacity),
    from: "energy",
    owner: ownerOf(subject, "node-power"),
    restsOn: ["node-power", "efficiency"],
    provenance: "estimated",
    source: "node energy × agreed efficiency, at most capacity",
  };
}

/**
 * From counters: the share of cycles in which the tensor pipes were busy, times what a busy pipe does at the least and at the
 * most of the dense peak. A window without a reading counts as busy throughout in the upper end.
 */
function fromCounters(subject: Subject, capacity: bigint): Measure | undefined {
  const counter = counterNamed(subject, "tensor-activity");
  const pipe = subject.terms.yardsticks?.counters?.tensorPipe;
  if (counter === undefined || pipe === undefined) return undefined;
  let low = 0n;
  let high = 0n;
  for (const { device, accelerator, accelerators } of nodesOf(subject)) {
    const series = nodeSeries(counter, device, "mean");
    let busy = 0;
    let silent = counter.count;
    if (series !== undefined) {
      for (let w = 0; w < counter.count; w++) {
        if (series.known[w] === 0) continue;
        silent--;
        busy += there(series.values[w]);
      }
    }
    // Millionths of cycles times milliseconds times accelerators, and a billion of those to the accelerator-second.
    const each = BigInt(counter.windowMs) * accelerators;
    low += BigInt(Math.floor(busy)) * each * parseQuantity(accelerator.peak.bf16, "FLOP/s");
    high += BigInt(Math.ceil(busy) + silent * 1_000_000) * each * highestPeak(accelerator);
  }
  const billion = 1_000_000_000n;
  return {
    ...within(
      (low * millionths(pipe.low)) / (billion * 1_000_000n),
      (high * millionths(pipe.high)) / (billion * 1_000_000n),
      capacity,
    ),
    from: "counters",
    owner: ownerOf(subject, "counters"),
    restsOn: ["counters", "tensor-pipe"],
    provenance: "estimated",
    source: "busy tensor pipes × agreed share of the dense peak, at most capacity",
  };
}

/** From somebody else's meter, which is not above suspicion but is not the operator's. */
function fromMeter(subject: Subject, capacity: bigint): Measure | undefined {
  const { period } = subject;
  const reports = independently(subject, "energy").filter(
    (one) => one.period.startMs === period.startMs && one.period.endMs === period.endMs,
  );
  const nodes = nodesOf(subject);
  if (reports.length === 0 || nodes.length === 0) return undefined;
  let most: bigint | undefined;
  let least = 0n;
  for (const { measured } of reports) {
    const energy = parseQuantity(measured.energy, "J");
    const off =
      thresholds.meterSigmas *
      (parseQuantity(measured.random, "J") + parseQuantity(measured.systematic, "J"));
    if (most === undefined || energy + off < most) most = energy + off;
    if (positive(energy - off) > least) least = positive(energy - off);
  }
  const seconds = BigInt(Math.ceil((period.endMs - period.startMs) / 1000));
  const idle = nodes.reduce(
    (sum, { accelerator, accelerators }) =>
      sum + accelerators * parseQuantity(accelerator.power.idle.high, "W") * seconds,
    0n,
  );
  const [lowest, highest] = extremes(
    nodes.map(({ accelerator }) => [
      parseQuantity(accelerator.efficiency.low, "FLOP/J"),
      parseQuantity(accelerator.efficiency.high, "FLOP/J"),
    ]),
  );
  return {
    ...within(positive(least - idle) * lowest, there(most) * highest, capacity),
    from: "meter",
    owner: "independent",
    restsOn: ["meter", "efficiency"],
    provenance: "estimated",
    source: "energy by an independent meter × agreed efficiency, at most capacity",
  };
}

/** Without a meter, only the scheduler's own accounting: accelerator time at the agreed utilization. */
function fromJobs(subject: Subject): Measure {
  const accelerator = nodesOf(subject)[0]?.accelerator;
  const seconds = BigInt(Math.ceil(acceleratorSeconds(subject.evidence.jobs ?? [])));
  const peak =
    accelerator === undefined ? 0n : parseQuantity(accelerator.peak.bf16, "FLOP/s") * seconds;
  const range: Interval =
    accelerator === undefined
      ? exactly(0n)
      : {
          low: (peak * millionths(accelerator.utilization.low)) / 1_000_000n,
          high: (peak * millionths(accelerator.utilization.high)) / 1_000_000n,
        };
  return {
    ...range,
    from: "accounting",
    owner: ownerOf(subject, "accounting"),
    restsOn: ["accounting", "utilization"],
    provenance: "reported",
    source: "accelerator time of the scheduler's accounting × agreed utilization",
  };
}

function within(low: bigint, high: bigint, capacity: bigint): Interval {
  const most = smaller(high, capacity);
  return { low: smaller(low, most), high: most };
}

function ownerOf({ feeds }: Subject, kind: string): FeedClass {
  return feeds.find((feed) => feed.kind === kind)?.feedClass ?? "operator";
}

function extremes(pairs: readonly (readonly [bigint, bigint])[]): readonly [bigint, bigint] {
  let [lowest, highest] = there(pairs[0]);
  for (const [low, high] of pairs) {
    if (low < lowest) lowest = low;
    if (high > highest) highest = high;
  }
  return [lowest, highest];
}
