import { totalEnergyMillijoules } from "@standstill/evidence";
import { millionths, parseQuantity, there } from "@standstill/record";
import { type Interval, larger, positive, remainder, smaller, sum } from "../interval.ts";
import { nodesOf, type Subject, secondsOf } from "../subject.ts";
import type { Amount } from "./amount.ts";
import { declaredInPeriod, highestPeak } from "./declared.ts";
import { type Measure, measuresOf } from "./measures.ts";
import { energyByNode, type NodeEnergy } from "./node-energy.ts";

/** The compute balance of one site over one period. All amounts are FLOP, energies joules. */
export interface Account {
  /** What the declared accelerators could do at their dense peak, by the highest precision known. */
  readonly capacity: Amount;
  /** What each feed says was done, by itself. */
  readonly measures: readonly Measure[];
  /** What all of them allow; where they contradict each other, what any of them allows. */
  readonly measured: Amount;
  /** Whether the feeds can all be true. */
  readonly measuresAgree: boolean;
  readonly declared: Amount;
  /** Measured less declared; its upper end could have been hidden from these readings. */
  readonly unexplained: Interval;
  /** The least undeclared work that energy or counters would show by arithmetic alone; `undefined` where none would. */
  readonly leastDetectable: bigint | undefined;
  /** Energy in J that the meters saw; `undefined` where no meter reported. */
  readonly energyJoules: bigint | undefined;
  /** Energy in J that idling and the declared runs can take, at the lowest agreed efficiency. */
  readonly explainedEnergyJoules: bigint | undefined;
  /** Windows without a reading, of all windows of the declared devices. */
  readonly missingWindows: { readonly missing: number; readonly all: number };
}

/** Draws up the balance: capacity, measured, declared, unexplained. */
export function accountOf(subject: Subject): Account {
  const energy = energyByNode(subject);
  const declared = sum(subject.runs.map((run) => declaredInPeriod(run, subject)));
  const capacity = capacityOf(subject);
  const measures = measuresOf(subject, energy, capacity.high);
  const { measured, agree } = together(measures);
  const { windows } = subject.evidence;
  const energyJoules = windows === undefined ? undefined : totalEnergyMillijoules(windows) / 1000n;
  const explainedEnergyJoules = explainedEnergy(subject, energy);
  return {
    capacity,
    measures,
    measured,
    measuresAgree: agree,
    declared: { ...declared, provenance: "reported", source: "run/declare" },
    unexplained: remainder(measured, declared),
    leastDetectable: leastDetectable(subject, {
      capacity,
      measures,
      declared,
      energyJoules,
      explainedEnergyJoules,
    }),
    energyJoules,
    explainedEnergyJoules,
    missingWindows: missingWindows(subject, energy),
  };
}

function capacityOf(subject: Subject): Amount {
  const seconds = secondsOf(subject.period);
  const nodes = nodesOf(subject);
  return {
    low: nodes.reduce(
      (total, n) =>
        total + n.accelerators * seconds * parseQuantity(n.accelerator.peak.bf16, "FLOP/s"),
      0n,
    ),
    high: nodes.reduce(
      (total, n) => total + n.accelerators * seconds * highestPeak(n.accelerator),
      0n,
    ),
    provenance: "calculated",
    source: "declared accelerators × period × dense peak, bf16 to the highest precision known",
  };
}

/**
 * What several measures allow together. Each interval holds the truth if its feed does, so the truth is in all of them, whatever
 * they share. Where they exclude each other some feed is false, and nothing is narrowed.
 */
function together(measures: readonly Measure[]): { measured: Amount; agree: boolean } {
  const first = there(measures[0]);
  const rest = measures.slice(1);
  let inner: Interval = first;
  let outer: Interval = first;
  for (const { low, high } of rest) {
    inner = { low: larger(low, inner.low), high: smaller(high, inner.high) };
    outer = { low: smaller(low, outer.low), high: larger(high, outer.high) };
  }
  const agree = inner.low <= inner.high;
  const { low, high } = agree ? inner : outer;
  const source =
    rest.length === 0
      ? first.source
      : `${agree ? "all" : "any"} of ${measures.map(({ from }) => from).join(", ")}`;
  return { measured: { low, high, provenance: first.provenance, source }, agree };
}

function explainedEnergy(
  subject: Subject,
  energy: ReadonlyMap<string, NodeEnergy>,
): bigint | undefined {
  if (subject.evidence.windows === undefined) return undefined;
  const nodes = nodesOf(subject);
  const idle = nodes.reduce(
    (total, { device, accelerator, accelerators }) =>
      total +
      (accelerators *
        parseQuantity(accelerator.power.idle.high, "W") *
        there(energy.get(device)).observedMs) /
        1000n,
    0n,
  );
  const work = subject.runs.reduce((total, run) => {
    const accelerator = nodes.find((node) => run.nodes.includes(node.device))?.accelerator;
    if (accelerator === undefined) return total;
    return (
      total +
      declaredInPeriod(run, subject).high / parseQuantity(accelerator.efficiency.low, "FLOP/J")
    );
  }, 0n);
  return idle + work;
}

/**
 * A cheat adds energy at the highest agreed efficiency, or busy cycles that do as much as agreed: it must use up what the
 * declarations leave free before arithmetic shows it. More than the site's capacity is never done, so then nothing shows.
 */
function leastDetectable(
  subject: Subject,
  account: Pick<Account, "capacity" | "measures" | "energyJoules" | "explainedEnergyJoules"> & {
    readonly declared: Interval;
  },
): bigint | undefined {
  const { capacity, measures, declared, energyJoules, explainedEnergyJoules } = account;
  const amounts: bigint[] = [];
  const efficiency = nodesOf(subject)
    .map(({ accelerator }) => parseQuantity(accelerator.efficiency.high, "FLOP/J"))
    .sort((a, b) => (a < b ? 1 : -1))[0];
  if (energyJoules !== undefined && explainedEnergyJoules !== undefined && efficiency !== undefined)
    amounts.push(positive(explainedEnergyJoules - energyJoules) * efficiency);
  const yardstick = subject.terms.yardsticks?.counters;
  const counters = measures.find(({ from }) => from === "counters");
  if (
    counters !== undefined &&
    yardstick !== undefined &&
    millionths(yardstick.tensorPipe.low) > 0n
  ) {
    const { tensorPipe, overhead } = yardstick;
    const room = positive((declared.high * millionths(overhead)) / 1_000_000n - counters.low);
    amounts.push((room * millionths(tensorPipe.high)) / millionths(tensorPipe.low));
  }
  const least = amounts.sort((a, b) => (a < b ? -1 : 1))[0];
  return least === undefined || least >= capacity.high ? undefined : least;
}

function missingWindows(
  subject: Subject,
  energy: ReadonlyMap<string, NodeEnergy>,
): { missing: number; all: number } {
  const { windows } = subject.evidence;
  if (windows === undefined) return { missing: 0, all: 0 };
  let missing = 0;
  for (const one of energy.values()) missing += one.missing;
  return { missing, all: subject.site.nodes.length * windows.count };
}
