import { type CheckableTerms, dutiesIfBound, type Terms } from "@standstill/agreement";
import {
  type CounterWindows,
  emptyCounter,
  emptyWindows,
  type Run,
  type SiteEvidence,
  type Windows,
} from "@standstill/evidence";
import { DAY_MS, there } from "@standstill/record";
import { type Random, randomFrom } from "@standstill/statistics";
import { nothingBeside, type Subject } from "../subject.ts";

/** How large a generated site is. */
export interface SiteOptions {
  readonly nodes: number;
  readonly windows: number;
  readonly windowMs: number;
  /** Terms under which it is judged; accelerators of type `h100-sxm5` must be among them. */
  readonly terms: CheckableTerms<Terms>;
}

const START = Date.UTC(2026, 10, 1);
const ACCELERATORS = 8;
const IDLE_MILLIWATTS = 2_300_000;
/** Of eight accelerators, in FLOP/s. */
const NODE_PEAK = 8 * 989_400_000_000_000;
/** Of a node at work, in mW: for every busy cycle, and for every busy tensor pipe on top. */
const PER_SM = 2_600_000;
const PER_TENSOR = 4_000_000;
/** What a busy tensor pipe does of the peak, and what is done besides the model's own operations: each site's own. */
const PIPE_HUNDREDTHS = { least: 55, spread: 25 };
const OVERHEAD_HUNDREDTHS = { least: 105, spread: 30 };

/** What a node does in a stretch of windows. */
export interface Stint {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly activity: "training" | "inference";
  /** Nodes of one stint share their steps. */
  readonly run: string;
}

/** A site's columns while they are being made. */
export interface SiteColumns {
  readonly power: Windows;
  readonly tensor: CounterWindows;
  readonly sm: CounterWindows;
  readonly memory: CounterWindows;
  readonly sent: CounterWindows;
}

/** A made-up site as its operator would hand it in, and how it was made. */
export interface PlayedSite {
  readonly subject: Subject;
  readonly columns: SiteColumns;
  /** FLOP that busy tensor pipes do for each FLOP of the model's own. */
  readonly pipeHundredths: number;
  readonly overheadHundredths: number;
  /** Nodes by number that serve, that train, and that stand by. */
  readonly serving: readonly number[];
  readonly training: readonly number[];
  readonly spare: readonly number[];
}

/**
 * The month of a site where nobody cheats, with ordinary mess: two runs of training one after the other on the same nodes, restarts,
 * servers whose load follows the day and the week, a spare that stands by, readings that are missing, and a meter of somebody else.
 * Nothing in it is recorded; it is made from a seed.
 */
export function honestSite(seed: string, options: SiteOptions): PlayedSite {
  const random = randomFrom(`honest site ${seed}`);
  const { nodes, windows, windowMs, terms } = options;
  const devices = Array.from({ length: nodes }, (_, i) => `node-${i}`);
  const numbers = devices.map((_, i) => i);
  const half = Math.max(1, Math.floor(nodes / 2));
  const training = numbers.slice(0, half);
  const spare = nodes > 3 ? [nodes - 1] : [];
  const serving = numbers.slice(half, nodes - spare.length);
  const period = { startMs: START, endMs: START + windows * windowMs };
  const columns: SiteColumns = {
    power: emptyWindows(devices, period, windowMs),
    ...countersFor(devices, windows, windowMs),
  };
  const turn = 2 * Math.floor((windows * (35 + random.below(30))) / 200);
  const stints: Stint[] = [
    ...training.flatMap((node): Stint[] => [
      { node, from: 0, to: turn, activity: "training", run: "first" },
      { node, from: turn, to: windows, activity: "training", run: "second" },
    ]),
    ...serving.map(
      (node): Stint => ({ node, from: 0, to: windows, activity: "inference", run: "chat" }),
    ),
  ];
  for (const node of numbers) idle(columns, node, 0, windows, random);
  work(columns, stints, windows, random);
  lose(columns, random);
  const pipeHundredths = PIPE_HUNDREDTHS.least + random.below(PIPE_HUNDREDTHS.spread);
  const overheadHundredths = OVERHEAD_HUNDREDTHS.least + random.below(OVERHEAD_HUNDREDTHS.spread);
  const made = { columns, pipeHundredths, overheadHundredths, serving, training, spare };
  const runs = runsOf(made, turn);
  const subject = subjectOf(seed, columns, runs, terms, random);
  return { ...made, subject };
}

function countersFor(devices: readonly string[], count: number, windowMs: number) {
  const grid = { startMs: START, windowMs, count };
  return {
    tensor: emptyCounter("tensor-activity", devices, grid),
    sm: emptyCounter("sm-activity", devices, grid),
    memory: emptyCounter("memory-used", devices, grid),
    sent: emptyCounter("network-sent", devices, grid),
  };
}

/** A node that stands by. */
export function idle(
  { power, tensor, sm, memory, sent }: SiteColumns,
  node: number,
  from: number,
  to: number,
  random: Random,
): void {
  for (let w = from; w < to; w++) {
    const cell = node * power.count + w;
    setPower(power, cell, IDLE_MILLIWATTS + random.below(150_000));
    for (const counter of [tensor, sm, memory, sent]) counter.readings[cell] = 2;
    tensor.values[cell] = 0;
    sm.values[cell] = random.below(400);
    memory.values[cell] = 4_000_000_000 + random.below(1_000_000);
    sent.values[cell] = 200_000 + random.below(400_000);
  }
}

/** Nodes at work: those of one training run move together, each server follows its own requests and the time of day. */
export function work(
  columns: SiteColumns,
  stints: readonly Stint[],
  windows: number,
  random: Random,
): void {
  const common = new Map<string, Int32Array>();
  for (const { node, from, to, activity, run } of stints) {
    const step = common.get(run) ?? stepsOf(windows, random);
    common.set(run, step);
    const holds =
      activity === "training" ? 480_000_000_000 : 190_000_000_000 + random.below(40_000_000);
    const day = Math.max(8, Math.floor(DAY_MS / columns.power.windowMs));
    for (let w = from; w < to; w++) {
      if (activity === "training") {
        // A restart: the nodes of the run stand still together.
        const still = there(step[w]) < 0;
        const tensor = still ? 0 : 380_000 + there(step[w]) + random.below(8000);
        set(columns, node * windows + w, tensor, still ? 3000 : tensor + 250_000, holds, random);
        columns.sent.values[node * windows + w] = still
          ? 300_000
          : 18_000_000_000 + random.below(900_000_000);
      } else {
        const hour = (w % day) / day;
        const load = 700 - Math.floor(400 * Math.abs(2 * hour - 1)) + random.below(300);
        const tensor = 60_000 + load * 110 + random.below(20_000);
        set(columns, node * windows + w, tensor, 250_000 + load * 300, holds, random);
        columns.sent.values[node * windows + w] = 400_000 + load * 3000 + random.below(500_000);
      }
    }
  }
}

/** The common movement of a run: a wander, and now and then a stop. */
function stepsOf(windows: number, random: Random): Int32Array {
  const steps = new Int32Array(windows);
  let stop = 0;
  for (let w = 0; w < windows; w++) {
    if (stop === 0 && random.below(4000) === 0) stop = 2 + random.below(20);
    steps[w] = stop > 0 ? -1 : random.below(60_000);
    if (stop > 0) stop--;
  }
  return steps;
}

function set(
  { power, tensor, sm, memory }: SiteColumns,
  cell: number,
  busy: number,
  cycles: number,
  holds: number,
  random: Random,
): void {
  tensor.values[cell] = busy;
  sm.values[cell] = Math.min(1_000_000, cycles);
  memory.values[cell] = holds + random.below(1_000_000);
  const above =
    Math.floor((Math.min(1_000_000, cycles) / 1e6) * PER_SM) +
    Math.floor((busy / 1e6) * PER_TENSOR);
  setPower(power, cell, IDLE_MILLIWATTS + above + random.below(120_000));
}

/** Writes a node's power and the energy that it makes. */
export function setPower(power: Windows, cell: number, milliwatts: number): void {
  power.readings[cell] = 30;
  power.powerMilliwatts[cell] = milliwatts;
  power.energyMillijoules[cell] = Math.floor((milliwatts * power.windowMs) / 1000);
}

/** A few stretches of readings that never came, a few thousandths in all. */
function lose({ power, tensor, sm, memory, sent }: SiteColumns, random: Random): void {
  const stretches = Math.ceil(power.readings.length / 20_000);
  for (let i = 0; i < stretches; i++) {
    const node = random.below(power.devices.length);
    const from = random.below(power.count);
    const to = Math.min(power.count, from + 1 + random.below(40));
    for (let w = from; w < to; w++) {
      const cell = node * power.count + w;
      power.readings[cell] = 0;
      power.powerMilliwatts[cell] = 0;
      power.energyMillijoules[cell] = 0;
      for (const counter of [tensor, sm, memory, sent]) {
        counter.readings[cell] = 0;
        counter.values[cell] = 0;
      }
    }
  }
}

/** Tokens that what the tensor pipes of some nodes did in some windows is worth. */
export function tokensOf(
  { columns, pipeHundredths, overheadHundredths }: Omit<PlayedSite, "subject">,
  nodes: readonly number[],
  from: number,
  to: number,
  flopPerToken: number,
): bigint {
  const { tensor } = columns;
  let busy = 0;
  for (const node of nodes)
    for (let w = from; w < to; w++) busy += there(tensor.values[node * tensor.count + w]);
  const seconds = (busy / 1e6) * (tensor.windowMs / 1000);
  const flop = (seconds * NODE_PEAK * pipeHundredths) / overheadHundredths;
  return BigInt(Math.floor(flop / flopPerToken));
}

function runsOf(site: Omit<PlayedSite, "subject">, turn: number): Run[] {
  const { columns, training, serving } = site;
  const { count } = columns.power;
  return [
    runOf(site, { run: "first", activity: "training", nodes: training, from: 0, to: turn }),
    runOf(site, { run: "second", activity: "training", nodes: training, from: turn, to: count }),
    runOf(site, { run: "chat", activity: "inference", nodes: serving, from: 0, to: count }),
  ].filter(({ nodes }) => nodes.length > 0);
}

/** A declaration of what some nodes really did in some windows. */
export function runOf(
  site: Omit<PlayedSite, "subject">,
  plan: {
    readonly run: string;
    readonly activity: "training" | "inference";
    readonly nodes: readonly number[];
    readonly from: number;
    readonly to: number;
  },
): Run {
  const parameters = 70_000_000_000;
  const { startMs, windowMs, devices } = site.columns.power;
  const perToken = parameters * (plan.activity === "training" ? 6 : 2);
  const tokens = tokensOf(site, plan.nodes, plan.from, plan.to, perToken);
  return {
    run: `made/${plan.run}`,
    site: "made/site",
    activity: plan.activity,
    model: `made ${plan.run}`,
    precision: "bf16",
    work: { basis: "tokens", parameters: `${parameters} parameters`, tokens: `${tokens} tokens` },
    nodes: plan.nodes.map((node) => there(devices[node])),
    period: {
      start: new Date(startMs + plan.from * windowMs).toISOString(),
      end: new Date(startMs + plan.to * windowMs).toISOString(),
    },
    nodesTogether: plan.activity === "training",
  };
}

function subjectOf(
  seed: string,
  columns: SiteColumns,
  runs: readonly Run[],
  terms: CheckableTerms<Terms>,
  random: Random,
): Subject {
  const { power, tensor, sm, memory, sent } = columns;
  const period = { startMs: power.startMs, endMs: power.startMs + power.count * power.windowMs };
  const evidence: SiteEvidence = {
    salt: "00".repeat(32),
    windows: power,
    jobs: undefined,
    counters: [memory, sent, sm, tensor],
    logs: [],
  };
  const site = {
    site: "made/site",
    title: "A made-up site",
    nodes: power.devices.map((device) => ({
      device,
      accelerator: "h100-sxm5",
      accelerators: ACCELERATORS,
    })),
  };
  const subject: Subject = {
    party: "made",
    terms,
    site,
    runs,
    period,
    duties: dutiesIfBound(terms, "made", "cap", period.startMs, period.endMs),
    evidence,
    seed,
    feeds: [
      { kind: "node-power", feedClass: "operator" },
      { kind: "counters", feedClass: "operator" },
    ],
    beside: nothingBeside,
    // Sealing takes longer than all checks; who opens a made-up site seals it first.
    seal: { root: "", energyMillijoules: 0n },
  };
  return { ...subject, beside: besideOf(subject, random) };
}

/** What others hold: a meter that is off by a little, and the runs as they stand on the record. */
function besideOf(subject: Subject, random: Random): Subject["beside"] {
  const { windows } = subject.evidence;
  let joules = 0;
  for (const energy of windows?.energyMillijoules ?? []) joules += energy / 1000;
  const sigma = Math.floor(joules / 200);
  const seen = Math.floor(joules + random.normal() * sigma);
  return {
    ...nothingBeside,
    measurements: [
      {
        by: "other",
        feedClass: "independent",
        period: subject.period,
        measured: {
          kind: "energy",
          meter: "other/utility",
          energy: `${seen} J`,
          random: "0 J",
          systematic: `${sigma} J`,
        },
      },
    ],
    allRuns: subject.runs.map((run) => ({
      party: subject.party,
      run,
      site: subject.site,
      notBeforeMs: subject.period.startMs,
    })),
    sites: [subject.site],
  };
}
