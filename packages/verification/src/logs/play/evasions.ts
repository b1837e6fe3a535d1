import type { Random } from "@standstill/statistics";
import {
  adopted,
  changed,
  declaring,
  devicesWith,
  isTraining,
  largestRun,
  NAMES,
  overLimit,
  renamed,
  split,
  stretch,
} from "./forging.ts";
import type { ActivityCase, Draft } from "./records.ts";

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
        ...record,
        device: "node-99/gpu-0",
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
        devices: [first.device],
        reason: "cooling",
        start: new Date(first.start).toISOString(),
        end: new Date(last.end).toISOString(),
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
          flop: flop * 4n,
          tokens: tokens * 4,
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
          activity: "inference",
          workload: "service",
          datasetSha256: undefined,
          dataSources: undefined,
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
    id: "copied-records",
    about: "Tells of a device what another one did at another time.",
    commit(honest, random, size) {
      const serves = ({ activity }: Draft) => activity === "inference";
      const chosen = [...stretch(honest.records, random, Math.max(size, 0.3), serves)];
      const devices = devicesWith(honest.records, serves);
      const other = devices.find((device) => device !== chosen[0]?.device);
      const theirs = honest.records.filter((record) => record.device === other && serves(record));
      const source = new Map(
        chosen.map((record, i) => [record, theirs[(i + 25) % theirs.length] as Draft]),
      );
      if (chosen.length < 25 || theirs.length < 50) return undefined;
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
            batchSize: undefined,
            sequenceLength: undefined,
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
