import type { Terms } from "@standstill/agreement";
import type { Run } from "@standstill/evidence";
import { declaredFlop } from "./account/index.ts";
import type { RunOnRecord, Subject } from "./subject.ts";

/** What a run and all that it rests on were declared to take. */
export interface LineageTotal {
  /** Of the run itself, and with every ancestor that counts, each once; the upper ends of what was declared. */
  readonly own: bigint;
  readonly total: bigint;
  /** Ancestors that count, by name. */
  readonly ancestors: readonly string[];
  /** Parents that nobody declared, each with the run that names it. */
  readonly unknown: readonly (readonly [run: string, parent: string])[];
  /** Parents that begin after the run that names them, or rest on it. */
  readonly later: readonly (readonly [run: string, parent: string])[];
}

/** The terms, and every run on record. */
export interface RunsOnRecord {
  readonly terms: Subject["terms"];
  readonly beside: { readonly allRuns: readonly RunOnRecord[] };
}

type ParentKind = NonNullable<Run["parents"]>[number]["as"];

/** Parents whose compute counts under a counting rule that names none, or these parts. */
const PART_OF: Record<Exclude<ParentKind, "weights">, string> = {
  "merged-weights": "merged-weights",
  teacher: "teacher-models",
  "synthetic-data": "synthetic-data",
  "reward-model": "reward-models",
};

/**
 * Sums a run's ancestry, every ancestor once however many ways lead to it. Weights that it starts from always count; teachers,
 * merged weights, reward models and makers of data count unless the agreement lists what counts and leaves them out (compute
 * by lineage: Pistillo and Villalobos 2025, arXiv 2502.00003).
 */
export function lineageTotal(subject: RunsOnRecord, run: RunOnRecord): LineageTotal {
  const byName = namedIn(subject.beside.allRuns);
  const includes = subject.terms.counting.includes;
  const seen = new Set([run.run.run]);
  const unknown: (readonly [string, string])[] = [];
  const later: (readonly [string, string])[] = [];
  const own = declaredFlop(run.run, { site: run.site, terms: subject.terms }).high;
  let total = own;
  const open = [run];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const { run: name, as } of one.run.parents ?? []) {
      const parent = byName.get(name);
      if (parent === undefined) {
        unknown.push([one.run.run, name]);
        continue;
      }
      if (
        Date.parse(parent.run.period.start) > Date.parse(one.run.period.start) ||
        name === run.run.run
      )
        later.push([one.run.run, name]);
      if (seen.has(name) || !isCounted(as, includes)) continue;
      seen.add(name);
      total += declaredFlop(parent.run, { site: parent.site, terms: subject.terms }).high;
      open.push(parent);
    }
  }
  const ancestors = [...seen].slice(1);
  return { own, total, ancestors, unknown, later };
}

const named = new WeakMap<readonly RunOnRecord[], ReadonlyMap<string, RunOnRecord>>();

/** Runs by their names; a record's runs are asked for again and again. */
export function namedIn(runs: readonly RunOnRecord[]): ReadonlyMap<string, RunOnRecord> {
  const before = named.get(runs);
  if (before !== undefined) return before;
  const byName = new Map(runs.map((one) => [one.run.run, one]));
  named.set(runs, byName);
  return byName;
}

function isCounted(as: ParentKind, includes: NonNullable<Terms["counting"]>["includes"]): boolean {
  if (as === "weights" || includes === undefined) return true;
  return (includes as readonly string[]).includes(PART_OF[as]);
}
