import { parseQuantity } from "@standstill/record";
import { declaredFlop } from "../account/index.ts";
import type { Check, CheckResult, Finding } from "../finding.ts";
import { type LineageTotal, lineageTotal } from "../lineage.ts";
import type { RunOnRecord, Subject } from "../subject.ts";
import { about, findingWords, recordWords } from "../words/index.ts";

/**
 * Limits on training runs: the declared run itself must keep them, with all that it rests on where the agreement counts lineages, and
 * together with the party's other runs of the same model.
 */
export const runLimit: Check = {
  id: "run-limit",
  needs: [],
  accuses: true,
  run: (subject): CheckResult => {
    const training = recordedRuns(subject).filter(({ run }) => run.activity === "training");
    const lineages = training.map((one) => ({ one, lineage: lineageTotal(subject, one) }));
    const findings = lineages.flatMap(({ one, lineage }) => [
      ...brokenLineage(lineage),
      ...overOwnLimits(subject, one, lineage),
    ]);
    return { findings: [...findings, ...linkedRuns(subject, training)], gaps: [] };
  },
};

/** The site's runs as they stand on the record; offline nothing stands there, so they stand for themselves. */
function recordedRuns(subject: Subject): RunOnRecord[] {
  const known = new Map(subject.beside.allRuns.map((one) => [one.run.run, one]));
  return subject.runs.map(
    (run) =>
      known.get(run.run) ?? {
        ...{ party: subject.party, run, site: subject.site, notBeforeMs: undefined },
      },
  );
}

function brokenLineage({ unknown, later }: LineageTotal): Finding[] {
  return [
    ...unknown.map(([run, parent]) => ({
      ...recordWords.parentUnknown(run, parent),
      numbers: {},
    })),
    ...later.map(([run, parent]) => ({ ...recordWords.parentLater(run, parent), numbers: {} })),
  ];
}

function overOwnLimits(
  subject: Subject,
  { run }: RunOnRecord,
  { own, total, ancestors }: LineageTotal,
): Finding[] {
  const isPostTraining = (run.parents ?? []).some(
    ({ as }) => as === "weights" || as === "merged-weights",
  );
  return subject.terms.obligations.flatMap((obligation): Finding[] => {
    if (obligation.kind !== "training-run-limit" && obligation.kind !== "post-training-limit")
      return [];
    if (obligation.kind === "post-training-limit" && !isPostTraining) return [];
    const limit = parseQuantity(obligation.limit, "FLOP");
    const overLineage = obligation.kind === "training-run-limit" && obligation.over === "lineage";
    const counted = overLineage ? total : own;
    if (counted <= limit) return [];
    const numbers = { declared: `${counted} FLOP`, limit: `${limit} FLOP` };
    const [text, line] = [about(counted, "FLOP"), about(limit, "FLOP")];
    if (own > limit || ancestors.length === 0)
      return [
        { ...findingWords.overLimit(run.run, text, line), obligation: obligation.kind, numbers },
      ];
    const parts = listOf(ancestors);
    return [{ ...recordWords.lineageOver(obligation.kind, run.run, text, line, parts), numbers }];
  });
}

/** Runs of one party that train a model of one name are one run, whatever they are called and wherever they run. */
function linkedRuns(subject: Subject, training: readonly RunOnRecord[]): Finding[] {
  const limits = subject.terms.obligations.flatMap((one) =>
    one.kind === "training-run-limit" ? [parseQuantity(one.limit, "FLOP")] : [],
  );
  const limit = limits.sort((a, b) => (a < b ? -1 : 1))[0];
  if (limit === undefined) return [];
  const flopOf = (one: RunOnRecord) =>
    declaredFlop(one.run, { site: one.site, terms: subject.terms }).high;
  const told = new Set<string>();
  return training.flatMap((one): Finding[] => {
    const { model } = one.run;
    if (told.has(model)) return [];
    told.add(model);
    const names = new Set<string>();
    const linked = [...subject.beside.allRuns, ...training].filter(({ party, run }) => {
      const isOne = party === subject.party && run.activity === "training" && run.model === model;
      if (!isOne || names.has(run.run)) return false;
      names.add(run.run);
      return true;
    });
    const counted = linked.reduce((sum, each) => sum + flopOf(each), 0n);
    if (linked.length < 2 || counted <= limit || linked.some((each) => flopOf(each) > limit))
      return [];
    return [
      {
        ...recordWords.linkedOver(
          one.run.run,
          about(counted, "FLOP"),
          about(limit, "FLOP"),
          `${model}: ${listOf([...names])}`,
        ),
        numbers: {
          counted: `${counted} FLOP`,
          limit: `${limit} FLOP`,
          runs: `${linked.length}`,
        },
      },
    ];
  });
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(", ");
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
