import type { ActivityTerms } from "@standstill/agreement";
import { MINUTE_MS, there } from "@standstill/record";
import { type Random, randomFrom } from "@standstill/statistics";
import { type ActivityCase, type Draft, hashOf } from "./records.ts";

/** How large a generated log is. */
export interface HonestOptions {
  readonly devices: number;
  readonly minutes: number;
}

const START = Date.parse("2026-11-01T00:00:00Z");
const PEAK = 989_400_000_000_000;
/** Records that a run of training writes between two checkpoints. */
const CHECKPOINT_MINUTES = 30;

interface Plan {
  readonly workload: string;
  readonly activity: "training" | "inference" | "evaluation";
  readonly team: string;
  readonly model: string;
  readonly parameters: number;
  readonly batchSize: number;
  readonly sequenceLength: number;
  readonly code: string;
  readonly config: string;
  readonly dataset: string | undefined;
  readonly sources: readonly string[];
  readonly parents: readonly string[];
}

/**
 * The log of a site where nobody cheats, with ordinary mess: restarts, a node that is swapped for a spare, a configuration
 * that is mended in the middle of a run and declared, an outage, two teams that share devices in turn, serving and trying beside
 * training. Nothing in it is recorded; it is made from a seed.
 *
 * @example honestActivity("seed 1", { devices: 8, minutes: 240 }).records.length
 */
export function honestActivity(seed: string, { devices, minutes }: HonestOptions): ActivityCase {
  const random = randomFrom(`honest ${seed}`);
  const names = Array.from({ length: devices }, (_, i) => `node-${Math.floor(i / 8)}/gpu-${i % 8}`);
  const training = names.slice(0, Math.max(1, Math.floor(devices / 2)));
  const spare = devices > 3 ? names[devices - 1] : undefined;
  const serving = names.slice(training.length, spare === undefined ? devices : devices - 1);
  const records: Draft[] = [];
  const declared: { workload: string; from: string; until: string; reason: string }[] = [];
  const outages: { devices: string[]; start: string; end: string; reason: string }[] = [];
  const at = (minute: number) => new Date(START + minute * MINUTE_MS).toISOString();

  const turn = 1 + Math.floor((minutes * (40 + random.below(30))) / 100);
  const [first, second] = [planOf(seed, "north", 0, random), planOf(seed, "south", 1, random)];
  // The node that fails, and when; the spare takes its place.
  const failing = spare === undefined || random.below(2) === 0 ? undefined : training.at(-1);
  const failsAt = Math.floor(turn / 2) + random.below(Math.max(1, Math.floor(turn / 4)));
  for (const device of training) {
    const until = device === failing ? failsAt : turn;
    train(records, random, device, first, 0, until);
    if (device !== failing) train(records, random, device, second, turn, minutes);
  }
  if (failing !== undefined && spare !== undefined) {
    const backAt = Math.min(minutes, failsAt + 5);
    outages.push({
      devices: [failing],
      start: at(failsAt),
      end: at(backAt),
      reason: "node failed",
    });
    idle(records, failing, backAt, minutes);
    idle(records, spare, 0, failsAt);
    train(records, random, spare, first, failsAt, turn);
    train(records, random, spare, second, turn, minutes);
  } else if (spare !== undefined) idle(records, spare, 0, minutes);
  mend(records, random, first, turn, declared, at);
  const service = planOf(seed, "service", 2, random);
  const trial = planOf(seed, "trial", 0, random);
  for (const device of serving) {
    const triesAt = Math.min(minutes, turn + 10);
    work(records, random, device, service, 0, turn, () => released(seed));
    work(records, random, device, { ...trial, parents: [first.workload] }, turn, triesAt, () =>
      checkpoint(first, Math.floor((turn - 1) / CHECKPOINT_MINUTES)),
    );
    work(records, random, device, service, triesAt, minutes, () => released(seed));
  }
  const sum = (wanted: (record: Draft) => boolean) =>
    records.filter(wanted).reduce((total, { flop = 0n }) => total + flop, 0n);
  const runs = [first, second].map(({ workload }) => sum((record) => record.workload === workload));
  const [largest = 0n] = runs.sort((a, b) => (a > b ? -1 : 1));
  const terms: ActivityTerms = {
    window: { start: at(0), end: at(minutes), longestRecordSeconds: 300 },
    devices: names.map((device) => ({
      device,
      region: "coast",
      peak: { bf16: `${PEAK} FLOP/s`, fp8: `${2 * PEAK} FLOP/s` },
    })),
    limits: [
      limit("run", "logical-run", ["training"], largest),
      limit(
        "training",
        "total",
        ["training"],
        sum(({ activity }) => activity === "training"),
      ),
      limit(
        "everything",
        "total",
        undefined,
        sum(() => true),
      ),
    ],
    permitted: {
      activities: ["training", "inference", "evaluation", "idle"],
      teams: ["north", "south", "service", "trial"],
      regions: ["coast"],
      dataSources: ["web-2025", "books", "code"],
      datasets: [first, second].map(({ dataset, sources }) => ({
        sha256: dataset as string,
        sources: [...sources],
      })),
    },
    models: [first, second, service].map(({ model, parameters }, i) => ({
      model,
      parameters,
      precision: "bf16",
      ...(i === 2 ? { weights: [released(seed)] } : {}),
    })),
    changes: {
      mustBeDeclared: ["model", "codeCommit", "configSha256", "datasetSha256", "team", "precision"],
      declared,
    },
    outages,
    tolerances: { outages: "0.2" },
  };
  return { records, terms };
}

function limit(
  id: string,
  per: "logical-run" | "total",
  activities: readonly ["training"] | undefined,
  used: bigint,
): ActivityTerms["limits"][number] {
  const flop = `${(used * 5n) / 4n + 1n} FLOP`;
  return activities === undefined ? { id, per, flop } : { id, per, activities, flop };
}

const PARAMETERS = [7_000_000_000, 3_000_000_000, 13_000_000_000];

/** Plans differ in all that names them, but teams of one lab may share their code. */
function planOf(seed: string, team: string, size: number, random: Random): Plan {
  const own = `${seed} ${team}`;
  const activity = team === "service" ? "inference" : team === "trial" ? "evaluation" : "training";
  const model = there(["north-7b", "south-3b", "service-13b"][size]);
  const isTraining = activity === "training";
  return {
    activity,
    team,
    model,
    parents: [],
    workload: isTraining ? `${team}-pretraining` : team,
    parameters: there(PARAMETERS[size]),
    batchSize: 8 << random.below(2),
    sequenceLength: 2048 << random.below(2),
    code: hashOf(random.below(2) === 0 ? `${seed} code` : `${own} code`).slice(0, 40),
    config: hashOf(`${own} config`),
    dataset: isTraining ? hashOf(`${own} data`) : undefined,
    sources: team === "north" ? ["web-2025", "books"] : ["web-2025", "code"],
  };
}

/** Weights that the service was released with. */
function released(seed: string): string {
  return hashOf(`${seed} released`);
}

function checkpoint({ workload, model }: Plan, number: number): string {
  return hashOf(`${workload} ${model} ${number}`);
}

function train(
  records: Draft[],
  random: Random,
  device: string,
  plan: Plan,
  from: number,
  until: number,
): void {
  // A job that crashed is started again after two minutes.
  const crash = until - from > 60 && random.below(4) === 0 ? from + 30 + random.below(20) : until;
  const weights = (minute: number) => checkpoint(plan, Math.floor(minute / CHECKPOINT_MINUTES));
  work(records, random, device, plan, from, Math.min(crash, until), weights);
  if (crash >= until) return;
  idle(records, device, crash, crash + 2);
  work(records, random, device, plan, crash + 2, until, weights);
}

function work(
  records: Draft[],
  random: Random,
  device: string,
  plan: Plan,
  from: number,
  until: number,
  weights: (minute: number) => string,
): void {
  const perToken = (plan.activity === "training" ? 6 : 2) * plan.parameters;
  const step = plan.batchSize * plan.sequenceLength;
  // About four tenths of the peak.
  const steps = Math.max(1, Math.floor((PEAK * 60 * 0.4) / (perToken * step)));
  for (let minute = from; minute < until; minute++) {
    const tokens = step * Math.max(1, steps - random.below(Math.max(1, Math.floor(steps / 8))));
    const thousandths = 1000 + random.below(120);
    records.push({
      device,
      workload: plan.workload,
      team: plan.team,
      region: "coast",
      start: START + minute * MINUTE_MS,
      end: START + (minute + 1) * MINUTE_MS,
      activity: plan.activity,
      flop: (BigInt(tokens) * BigInt(perToken) * BigInt(thousandths)) / 1000n,
      tokens,
      batchSize: plan.batchSize,
      sequenceLength: plan.sequenceLength,
      model: plan.model,
      modelSha256: weights(minute),
      precision: "bf16",
      codeCommit: plan.code,
      configSha256: plan.config,
      ...(plan.dataset === undefined
        ? {}
        : { datasetSha256: plan.dataset, dataSources: [...plan.sources] }),
      ...(plan.parents.length === 0 ? {} : { parents: [...plan.parents] }),
    });
  }
}

function idle(records: Draft[], device: string, from: number, until: number): void {
  for (let minute = from; minute < until; minute++) {
    records.push({
      device,
      workload: "none",
      region: "coast",
      activity: "idle" as const,
      start: START + minute * MINUTE_MS,
      end: START + (minute + 1) * MINUTE_MS,
    });
  }
}

/** From one minute on the first run has another configuration: its operator found a fault, and says so in the log or to the others. */
function mend(
  records: Draft[],
  random: Random,
  plan: Plan,
  turn: number,
  declared: { workload: string; from: string; until: string; reason: string }[],
  at: (minute: number) => string,
): void {
  const minute = Math.floor(turn / 4) + random.below(Math.max(1, Math.floor(turn / 4)));
  const from = START + minute * MINUTE_MS;
  const config = hashOf(`${plan.config} mended`);
  const isNoted = random.below(2) === 0;
  for (const record of records) {
    if (record.workload !== plan.workload || record.start < from) continue;
    record.configSha256 = config;
    if (isNoted && record.start === from) record.note = "learning rate mended";
  }
  if (isNoted) return;
  const reason = "learning rate mended";
  declared.push({ workload: plan.workload, from: at(minute), until: at(minute), reason });
}
