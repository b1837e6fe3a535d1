import { there } from "@standstill/record";
import type { Random } from "@standstill/statistics";
import { type ActivityCase, type Draft, hashOf } from "./records.ts";

/** Whether a record tells of training. */
export const isTraining = ({ activity }: Draft) => activity === "training";

/** Devices of which some record is wanted. */
export function devicesWith(
  records: readonly Draft[],
  wanted: (record: Draft) => boolean,
): string[] {
  return [...new Set(records.filter(wanted).map(({ device }) => device))].sort();
}

/** A stretch of a device's wanted records, from somewhere on: a share of them, at least one. */
export function stretch(
  records: readonly Draft[],
  random: Random,
  size: number,
  wanted: (record: Draft) => boolean,
): ReadonlySet<Draft> {
  const devices = devicesWith(records, wanted);
  const device = devices[random.below(Math.max(1, devices.length))];
  const its = records.filter((record) => record.device === device && wanted(record));
  const length = Math.max(1, Math.floor(its.length * size));
  const from = random.below(Math.max(1, its.length - length + 1));
  return new Set(its.slice(from, from + length));
}

/** The same records, the chosen ones changed. */
export function changed(
  { records, terms }: ActivityCase,
  chosen: (record: Draft) => boolean,
  change: (record: Draft) => Partial<Draft>,
): ActivityCase {
  return {
    terms,
    records: records.map((record) => (chosen(record) ? { ...record, ...change(record) } : record)),
  };
}

/** The workload of training with the most compute, its records by time, and its compute. */
export function largestRun(
  records: readonly Draft[],
): { workload: string; its: Draft[]; flop: bigint } | undefined {
  const sums = new Map<string, bigint>();
  for (const record of records.filter(isTraining)) {
    sums.set(record.workload, (sums.get(record.workload) ?? 0n) + (record.flop ?? 0n));
  }
  const [most] = [...sums].sort((a, b) => (a[1] > b[1] ? -1 : 1));
  if (most === undefined) return undefined;
  const its = records
    .filter((record) => isTraining(record) && record.workload === most[0])
    .sort((a, b) => a.start - b.start);
  return { workload: most[0], its, flop: most[1] };
}

/** The case under a limit that its largest run exceeds by a quarter. */
export function overLimit(
  honest: ActivityCase,
): { case: ActivityCase; run: NonNullable<ReturnType<typeof largestRun>> } | undefined {
  const run = largestRun(honest.records);
  if (run === undefined || run.its.length < 40) return undefined;
  const limits = honest.terms.limits.map((limit) =>
    limit.per === "logical-run" ? { ...limit, flop: `${(run.flop * 4n) / 5n} FLOP` } : limit,
  );
  return { run, case: { records: honest.records, terms: { ...honest.terms, limits } } };
}

/** Declares what a piece with new names needs, so that only its being a piece is left to find. */
export function declaring(cheat: ActivityCase, run: readonly Draft[]): ActivityCase {
  const { terms, records } = cheat;
  const [sample] = run;
  const parameters = terms.models?.find(({ model }) => model === sample?.model)?.parameters ?? 1;
  const known = new Set(terms.models?.map(({ model }) => model));
  const models = [...new Set(records.filter(isTraining).map(({ model }) => model as string))]
    .filter((model) => !known.has(model))
    .map((model) => ({ model, parameters, precision: "bf16" }));
  const hashes = new Set(terms.permitted?.datasets?.map(({ sha256 }) => sha256));
  const datasets = [
    ...new Set(records.filter(isTraining).map(({ datasetSha256 }) => datasetSha256 as string)),
  ]
    .filter((sha256) => !hashes.has(sha256))
    .map((sha256) => ({ sha256 }));
  const teams = [...new Set(records.flatMap(({ team }) => (team === undefined ? [] : [team])))];
  return {
    records,
    terms: {
      ...terms,
      models: [...(terms.models ?? []), ...models],
      permitted: {
        ...terms.permitted,
        teams,
        datasets: [...(terms.permitted?.datasets ?? []), ...datasets],
      },
    },
  };
}

/** What names a run beside its workload and weights. */
export const NAMES = ["model", "code", "config", "data", "team"] as const;

/** Other names for a piece of a run: always the workload's, the weights', and those that are chosen. */
export function renamed(record: Draft, piece: number, which: ReadonlySet<string>): Partial<Draft> {
  const own = (text: string | undefined) => hashOf(`${text} piece ${piece}`);
  return {
    workload: `${record.workload}-${piece}`,
    modelSha256: own(record.modelSha256),
    ...(which.has("model") ? { model: `${record.model}-${piece}` } : {}),
    ...(which.has("code") ? { codeCommit: own(record.codeCommit).slice(0, 40) } : {}),
    ...(which.has("config") ? { configSha256: own(record.configSha256) } : {}),
    ...(which.has("data") ? { datasetSha256: own(record.datasetSha256) } : {}),
    ...(which.has("team") ? { team: `${record.team}-${piece}` } : {}),
  };
}

/** Cuts the largest run into pieces, one after the other, with other names for what is chosen, under a limit that it exceeds. */
export function split(
  honest: ActivityCase,
  which: ReadonlySet<string>,
  pieces: number,
): ActivityCase | undefined {
  const over = overLimit(honest);
  if (over === undefined) return undefined;
  const { its } = over.run;
  const [first, last] = [there(its[0]), there(its.at(-1))];
  const span = last.end - first.start;
  const chosen = new Set(its);
  const cheat = changed(
    over.case,
    (record) => chosen.has(record),
    (record) => renamed(record, Math.floor(((record.start - first.start) * pieces) / span), which),
  );
  return declaring(adopted(cheat, over.run.workload, pieces - 1), its);
}

/** What continued the run continues a piece of it: a cheat leaves no name behind that nobody has. */
export function adopted(cheat: ActivityCase, workload: string, piece: number): ActivityCase {
  return changed(
    cheat,
    ({ parents = [] }) => parents.includes(workload),
    () => ({ parents: [`${workload}-${piece}`] }),
  );
}
