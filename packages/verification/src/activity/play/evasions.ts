import type { Random } from "../../random.ts";
import { type ActivityCase, type Draft, hashOf } from "./records.ts";

/** A way to cheat in an activity log. */
export interface ActivityEvasion {
  /** A name that terms may ask to be excluded. */
  readonly id: string;
  /** What it does, for people. */
  readonly about: string;
  /**
   * The case as it would be had the operator cheated so; `undefined` where there is no room.
   *
   * @param size from 0 to 1, how much of what could be cheated with is
   */
  readonly commit: (honest: ActivityCase, random: Random, size: number) => ActivityCase | undefined;
  /** Changes the log's text after it was written. */
  readonly edit?: (text: string, random: Random) => string;
}

const isTraining = ({ activity }: Draft) => activity === "training";

/** Devices of which some record is wanted. */
function devicesWith(records: readonly Draft[], wanted: (record: Draft) => boolean): string[] {
  return [...new Set(records.filter(wanted).map(({ device }) => device))].sort();
}

/** A stretch of a device's wanted records, from somewhere on: a share of them, at least one. */
function stretch(
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
function changed(
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
function largestRun(
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
function overLimit(
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
function declaring(cheat: ActivityCase, run: readonly Draft[]): ActivityCase {
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

const NAMES = ["model", "code", "config", "data", "team"] as const;

/** Other names for a piece of a run: always the workload's, the weights', and those that are chosen. */
function renamed(record: Draft, piece: number, which: ReadonlySet<string>): Partial<Draft> {
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

function split(
  honest: ActivityCase,
  which: ReadonlySet<string>,
  pieces: number,
): ActivityCase | undefined {
  const over = overLimit(honest);
  if (over === undefined) return undefined;
  const { its } = over.run;
  const [first, last] = [its[0] as Draft, its.at(-1) as Draft];
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
function adopted(cheat: ActivityCase, workload: string, piece: number): ActivityCase {
  return changed(
    cheat,
    ({ parents = [] }) => parents.includes(workload),
    () => ({ parents: [`${workload}-${piece}`] }),
  );
}

/** Every evasion that a log alone can be tried against, each against an honest base. */
export const activityEvasions: readonly ActivityEvasion[] = [
  {
    id: "dropped-records",
    about: "Leaves out a stretch of a device's training.",
    commit(honest, random, size) {
      const gone = stretch(honest.records, random, size, isTraining);
      return { terms: honest.terms, records: honest.records.filter((record) => !gone.has(record)) };
    },
  },
  {
    id: "undeclared-device",
    about: "Trains on a device that the terms do not list, and forgets to leave it out.",
    commit(honest, random, size) {
      const more = [...stretch(honest.records, random, size, isTraining)].map((record) => ({
        ...{ ...record, device: "node-99/gpu-0" },
      }));
      return { terms: honest.terms, records: [...honest.records, ...more] };
    },
  },
  {
    id: "work-in-outage",
    about: "Declares an outage, and works on.",
    commit(honest, random, size) {
      const chosen = [...stretch(honest.records, random, size, isTraining)];
      const [first, last] = [chosen[0], chosen.at(-1)];
      if (first === undefined || last === undefined) return undefined;
      const outage = {
        ...{ devices: [first.device], reason: "cooling" },
        ...{ start: new Date(first.start).toISOString(), end: new Date(last.end).toISOString() },
      };
      return {
        ...honest,
        terms: { ...honest.terms, outages: [...(honest.terms.outages ?? []), outage] },
      };
    },
  },
  {
    id: "two-things-at-once",
    about: "Lets a device train and serve in the same windows.",
    commit(honest, random, size) {
      const [device] = devicesWith(honest.records, ({ activity }) => activity === "inference");
      if (device === undefined) return undefined;
      const more = [...stretch(honest.records, random, size, isTraining)].map((record) => ({
        ...record,
        device,
      }));
      return { terms: honest.terms, records: [...honest.records, ...more] };
    },
  },
  {
    id: "work-above-peak",
    about: "Puts the work of several devices under the name of one.",
    commit(honest, random, size) {
      const chosen = stretch(honest.records, random, size, isTraining);
      return changed(
        honest,
        (record) => chosen.has(record),
        ({ flop = 0n, tokens = 0 }) => ({
          ...{ flop: flop * 4n, tokens: tokens * 4 },
        }),
      );
    },
  },
  {
    id: "work-while-idle",
    about: "Calls devices idle that work.",
    commit(honest, random, size) {
      const chosen = stretch(honest.records, random, size, isTraining);
      return changed(
        honest,
        (record) => chosen.has(record),
        () => ({ activity: "idle", workload: "none" }),
      );
    },
  },
  {
    id: "training-as-inference",
    about: "Calls training serving, with the tokens and FLOP that it had.",
    commit(honest, random, size) {
      const chosen = stretch(honest.records, random, size, isTraining);
      return changed(
        honest,
        (record) => chosen.has(record),
        () => ({
          ...{
            activity: "inference",
            workload: "service",
            datasetSha256: undefined,
            dataSources: undefined,
          },
        }),
      );
    },
  },
  {
    id: "understated-flop",
    about: "Tells of a third of the FLOP of training.",
    commit(honest, random, size) {
      const chosen = stretch(honest.records, random, size, isTraining);
      return changed(
        honest,
        (record) => chosen.has(record),
        ({ flop = 0n }) => ({ flop: flop / 3n }),
      );
    },
  },
  {
    id: "padded-tokens",
    about:
      "Serves with three times the tokens, so that training under that name would not stand out.",
    commit(honest, random, size) {
      const chosen = stretch(
        honest.records,
        random,
        size,
        ({ activity }) => activity === "inference",
      );
      return changed(
        honest,
        (record) => chosen.has(record),
        ({ tokens = 0 }) => ({ tokens: tokens * 3 }),
      );
    },
  },
  {
    id: "replayed-records",
    about: "Tells for a stretch what the device did before.",
    commit(honest, random, size) {
      const chosen = [...stretch(honest.records, random, Math.max(size, 0.2), isTraining)];
      const half = Math.floor(chosen.length / 2);
      if (half < 20) return undefined;
      const source = new Map(
        chosen.slice(half, 2 * half).map((record, i) => [record, chosen[i] as Draft]),
      );
      return changed(
        honest,
        (record) => source.has(record),
        (record) => {
          const { flop, tokens } = source.get(record) as Draft;
          return { flop, tokens };
        },
      );
    },
  },
  {
    id: "splitting",
    about:
      "Cuts a run that is above the limit into pieces with names of their own, one after the other.",
    commit: (honest, _random, size) => split(honest, new Set(), 2 + Math.floor(size * 6)),
  },
  {
    id: "rotated-names",
    about:
      "The same, with other names for any of model, code, configuration, data and team as well.",
    commit(honest, random, size) {
      const which = new Set(NAMES.filter(() => random.below(2) === 0));
      return split(honest, size >= 0.99 ? new Set(NAMES) : which, 2 + Math.floor(size * 6));
    },
  },
  {
    id: "parallel-pieces",
    about:
      "Calls each device's part of a run that is above the limit a run of its own, with all names its own; they still wait for one another.",
    commit(honest, random) {
      const over = overLimit(honest);
      if (over === undefined) return undefined;
      const chosen = new Set(over.run.its);
      const devices = devicesWith(honest.records, (record) => chosen.has(record));
      if (devices.length < 2) return undefined;
      // One course for all: the slowest sets the pace.
      const pace = new Map<number, number>();
      const paceAt = (start: number) => {
        const known = pace.get(start) ?? 600 + random.below(400);
        pace.set(start, known);
        return known;
      };
      const cheat = changed(
        over.case,
        (record) => chosen.has(record),
        (record) => {
          const share = BigInt(paceAt(record.start));
          const jitter = BigInt(990 + random.below(20));
          return {
            ...renamed(record, devices.indexOf(record.device), new Set(NAMES)),
            flop: ((record.flop ?? 0n) * share * jitter) / 1_000_000n,
            tokens: Math.floor(((record.tokens ?? 0) * Number(share)) / 1000),
            ...{ batchSize: undefined, sequenceLength: undefined },
          };
        },
      );
      const flop = cheat.records
        .filter(
          (record) => isTraining(record) && record.workload.startsWith(`${over.run.workload}-`),
        )
        .reduce((sum, record) => sum + (record.flop ?? 0n), 0n);
      const limits = cheat.terms.limits.map((limit) =>
        limit.per === "logical-run" ? { ...limit, flop: `${(flop * 4n) / 5n} FLOP` } : limit,
      );
      const pieces = { records: cheat.records, terms: { ...cheat.terms, limits } };
      return declaring(adopted(pieces, over.run.workload, 0), over.run.its);
    },
  },
  {
    id: "undeclared-change",
    about:
      "Goes on with other code, configuration, data or team in the middle of a run, and does not say so.",
    commit(honest, random) {
      const run = largestRun(honest.records);
      const from = run?.its[Math.floor(run.its.length * 0.9)]?.start;
      if (run === undefined || from === undefined) return undefined;
      const which = NAMES.filter((name) => name !== "model")[random.below(4)] as string;
      const chosen = (record: Draft) => record.workload === run.workload && record.start >= from;
      const cheat = changed(honest, chosen, (record) => {
        const { workload, modelSha256, ...rest } = renamed(record, 1, new Set([which]));
        return rest;
      });
      return declaring(cheat, run.its);
    },
  },
  {
    id: "unapproved-data",
    about: "Trains on data that was not agreed.",
    commit(honest, random, size) {
      const chosen = stretch(honest.records, random, size, isTraining);
      return changed(
        honest,
        (record) => chosen.has(record),
        ({ dataSources = [] }) => ({
          dataSources: [...dataSources, "private-letters"],
        }),
      );
    },
  },
  {
    id: "false-data-origin",
    about: "Names other sources for a data set than the agreed ones.",
    commit(honest, random, size) {
      const chosen = stretch(honest.records, random, size, isTraining);
      return changed(
        honest,
        (record) => chosen.has(record),
        ({ dataSources = [] }) => ({
          dataSources: dataSources.includes("books") ? ["web-2025", "code"] : ["web-2025", "books"],
        }),
      );
    },
  },
  {
    id: "phantom-parent",
    about: "Says that a run continues one that nobody knows.",
    commit(honest, random, size) {
      const chosen = stretch(honest.records, random, size, isTraining);
      return changed(
        honest,
        (record) => chosen.has(record),
        () => ({ parents: ["earlier-run"] }),
      );
    },
  },
  {
    id: "hidden-ancestry",
    about:
      "Cuts a run that is above the limit into pieces with all names their own, each continuing the one before.",
    commit(honest, _random, size) {
      const pieces = 2 + Math.floor(size * 6);
      const cheat = split(honest, new Set(NAMES), pieces);
      const workload = largestRun(honest.records)?.workload;
      if (cheat === undefined || workload === undefined) return undefined;
      const number = (record: Draft) => Number(record.workload.slice(workload.length + 1));
      return changed(
        cheat,
        (record) =>
          isTraining(record) && record.workload.startsWith(`${workload}-`) && number(record) > 0,
        (record) => ({ parents: [`${workload}-${number(record) - 1}`] }),
      );
    },
  },
  {
    id: "edited-log",
    about: "Changes a line after it was written.",
    commit: (honest) => honest,
    edit(text, random) {
      const lines = text.split("\n");
      const at = random.below(Math.max(1, lines.length - 2));
      lines[at] = (lines[at] as string).replace(/"region":"coast"/, '"region":"coast" ');
      return lines.join("\n");
    },
  },
];
