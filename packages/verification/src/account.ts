import type { Accelerator } from "@standstill/agreement";
import { acceleratorSeconds, type Run, totalEnergyMillijoules } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";
import {
  exactly,
  type Interval,
  millionths,
  type Provenance,
  positive,
  remainder,
  smaller,
  sum,
} from "./interval.ts";
import { nodesOf, type Subject, secondsOf } from "./subject.ts";

/** An amount of compute in FLOP with how it is known. */
export interface Amount extends Interval {
  readonly provenance: Provenance;
  readonly source: string;
}

/** The compute balance of one site over one period. All amounts are FLOP, energies joules. */
export interface Account {
  /** What the declared accelerators could do at their dense peak, by the highest precision known. */
  readonly capacity: Amount;
  /** What the readings say was done. */
  readonly measured: Amount;
  readonly declared: Amount;
  /** Measured less declared; its upper end could have been hidden from these readings. */
  readonly unexplained: Interval;
  /** Energy in J that the meters saw; `undefined` where no meter reported. */
  readonly energyJoules: bigint | undefined;
  /** Energy in J that idling and the declared runs can take, at the lowest agreed efficiency. */
  readonly explainedEnergyJoules: bigint | undefined;
  /** Windows without a reading, of all windows of the declared devices. */
  readonly missingWindows: { readonly missing: number; readonly all: number };
}

/** Draws up the balance: capacity, measured, declared, unexplained. */
export function accountOf(subject: Subject): Account {
  const declared = sum(subject.runs.map((run) => declaredFlop(run, subject)));
  const capacity = capacityOf(subject);
  const measured =
    subject.evidence.windows === undefined ? fromJobs(subject) : fromEnergy(subject, capacity.high);
  return {
    capacity,
    measured,
    declared: { ...declared, provenance: "reported", source: "run/declare" },
    unexplained: remainder(measured, declared),
    energyJoules: energyOf(subject),
    explainedEnergyJoules: explainedEnergy(subject),
    missingWindows: missingWindows(subject),
  };
}

/**
 * FLOP of a declared run: 6 per parameter and token in training, 2 in inference (Kaplan et al. 2020, section 2.1; the
 * agreement counts every operation equally), or accelerators × time × peak × the agreed utilization.
 */
export function declaredFlop(run: Run, subject: Subject): Interval {
  if (run.work.basis === "tokens") {
    const perToken = run.activity === "training" ? 6n : run.activity === "inference" ? 2n : 0n;
    const parameters = parseQuantity(run.work.parameters, "parameters");
    return exactly(perToken * parameters * parseQuantity(run.work.tokens, "tokens"));
  }
  const accelerator = nodesOf(subject).find((node) => run.nodes.includes(node.device))?.accelerator;
  if (accelerator === undefined) return exactly(0n);
  const acceleratorSeconds = BigInt(run.work.accelerators) * parseQuantity(run.work.seconds, "s");
  return atUtilization(accelerator, acceleratorSeconds);
}

/** Highest known dense peak of an accelerator in FLOP/s; a precision that the catalogue leaves blank is unknown. */
export function highestPeak(accelerator: Accelerator): bigint {
  const bf16 = parseQuantity(accelerator.peak.bf16, "FLOP/s");
  const fp8 =
    accelerator.peak.fp8 === undefined ? 0n : parseQuantity(accelerator.peak.fp8, "FLOP/s");
  return bf16 > fp8 ? bf16 : fp8;
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
 * From energy to compute: between what the energy above idling did at the lowest agreed efficiency and what all of it
 * could have done at the highest, and never beyond capacity. Silent windows count as full power in the upper end.
 */
function fromEnergy(subject: Subject, capacity: bigint): Amount {
  let low = 0n;
  let high = 0n;
  for (const node of nodesOf(subject)) {
    const { energyMillijoules, missing } = nodeEnergy(subject, node.device);
    const windowMs = BigInt(subject.evidence.windows?.windowMs ?? 0);
    const idle =
      node.accelerators *
      parseQuantity(node.accelerator.power.idle.high, "W") *
      observedMs(subject, node.device);
    const full =
      node.accelerators *
      parseQuantity(node.accelerator.power.full.high, "W") *
      BigInt(missing) *
      windowMs;
    low +=
      (positive(energyMillijoules - idle) *
        parseQuantity(node.accelerator.efficiency.low, "FLOP/J")) /
      1000n;
    high +=
      ((energyMillijoules + full) * parseQuantity(node.accelerator.efficiency.high, "FLOP/J")) /
      1000n;
  }
  const bounded = smaller(high, capacity);
  return {
    low: smaller(low, bounded),
    high: bounded,
    provenance: "estimated",
    source: "node energy × agreed efficiency, at most capacity",
  };
}

/** Without a meter, only the scheduler's own accounting: accelerator time at the agreed utilization. */
function fromJobs(subject: Subject): Amount {
  const accelerator = nodesOf(subject)[0]?.accelerator;
  const seconds = BigInt(Math.ceil(acceleratorSeconds(subject.evidence.jobs ?? [])));
  const range = accelerator === undefined ? exactly(0n) : atUtilization(accelerator, seconds);
  return {
    ...range,
    provenance: "reported",
    source: "accelerator time of the scheduler's accounting × agreed utilization",
  };
}

function atUtilization(accelerator: Accelerator, acceleratorSeconds: bigint): Interval {
  const peak = parseQuantity(accelerator.peak.bf16, "FLOP/s") * acceleratorSeconds;
  return {
    low: (peak * millionths(accelerator.utilization.low)) / 1_000_000n,
    high: (peak * millionths(accelerator.utilization.high)) / 1_000_000n,
  };
}

function energyOf(subject: Subject): bigint | undefined {
  const { windows } = subject.evidence;
  return windows === undefined ? undefined : totalEnergyMillijoules(windows) / 1000n;
}

function explainedEnergy(subject: Subject): bigint | undefined {
  if (subject.evidence.windows === undefined) return undefined;
  const nodes = nodesOf(subject);
  const idle = nodes.reduce(
    (total, node) =>
      total +
      (node.accelerators *
        parseQuantity(node.accelerator.power.idle.high, "W") *
        observedMs(subject, node.device)) /
        1000n,
    0n,
  );
  const work = subject.runs.reduce((total, run) => {
    const accelerator = nodes.find((node) => run.nodes.includes(node.device))?.accelerator;
    if (accelerator === undefined) return total;
    return (
      total + declaredFlop(run, subject).high / parseQuantity(accelerator.efficiency.low, "FLOP/J")
    );
  }, 0n);
  return idle + work;
}

function missingWindows(subject: Subject): { missing: number; all: number } {
  const { windows } = subject.evidence;
  if (windows === undefined) return { missing: 0, all: 0 };
  const missing = subject.site.nodes.reduce(
    (total, node) => total + nodeEnergy(subject, node.device).missing,
    0,
  );
  return { missing, all: subject.site.nodes.length * windows.count };
}

/** Milliseconds of a device's windows that hold a reading. */
function observedMs(subject: Subject, device: string): bigint {
  const { windows } = subject.evidence;
  if (windows === undefined) return 0n;
  return BigInt((windows.count - nodeEnergy(subject, device).missing) * windows.windowMs);
}

function nodeEnergy(
  subject: Subject,
  device: string,
): { energyMillijoules: bigint; missing: number } {
  const { windows } = subject.evidence;
  if (windows === undefined) return { energyMillijoules: 0n, missing: 0 };
  const row = windows.devices.indexOf(device);
  if (row < 0) return { energyMillijoules: 0n, missing: windows.count };
  let energy = 0;
  let missing = 0;
  for (let cell = row * windows.count; cell < (row + 1) * windows.count; cell++) {
    energy += windows.energyMillijoules[cell] as number;
    if (windows.readings[cell] === 0) missing++;
  }
  return { energyMillijoules: BigInt(energy), missing };
}
