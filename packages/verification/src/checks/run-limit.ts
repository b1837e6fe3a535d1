import { parseQuantity } from "@standstill/record";
import { declaredFlop } from "../account/index.ts";
import type { Check, CheckResult, Finding } from "../finding.ts";
import { type LineageTotal, lineageTotal } from "../lineage.ts";
import { logicalRuns } from "../logical-runs.ts";
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
    const linked = linkedRuns(subject, training, "name").map(({ words, numbers }) => ({
      ...words,
      numbers,
    }));
    const alike = linked.length > 0 ? [] : linkedRuns(subject, training, "name-or-looks");
    return {
      findings: [...findings, ...linked],
      gaps: alike.map(({ runs, numbers }) => recordWords.maybeOneRun(runs, numbers.counted)),
    };
  },
};

/** The site's runs as they stand on the record; offline nothing stands there, so they stand for themselves. */
function recordedRuns(subject: Subject): RunOnRecord[] {
  const known = new Map(subject.beside.allRuns.map((one) => [one.run.run, one]));
  return subject.runs.map(
    (run) =>
      known.get(run.run) ?? {
        party: subject.party,
        run,
        site: subject.site,
        notBeforeMs: undefined,
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

/** Groups of the party's runs that are one run by what they share, and together above the lowest limit though none is alone. */
function linkedRuns(
  subject: Subject,
  training: readonly RunOnRecord[],
  by: "name" | "name-or-looks",
) {
  const limits = subject.terms.obligations.flatMap((one) =>
    one.kind === "training-run-limit" ? [parseQuantity(one.limit, "FLOP")] : [],
  );
  const limit = limits.sort((a, b) => (a < b ? -1 : 1))[0];
  if (limit === undefined) return [];
  const own = new Set(training.map(({ run }) => run.run));
  const others = subject.beside.allRuns.filter(
    ({ party, run }) => party === subject.party && run.activity === "training" && !own.has(run.run),
  );
  const flopOf = (one: RunOnRecord) =>
    declaredFlop(one.run, { site: one.site, terms: subject.terms }).high;
  return logicalRuns([...training, ...others], by).flatMap((linked) => {
    const first = linked.find(({ run }) => own.has(run.run));
    if (linked.length < 2 || first === undefined) return [];
    const amounts = linked.map(flopOf);
    const counted = amounts.reduce((sum, one) => sum + one, 0n);
    // What is above the limit by itself is told by itself.
    if (counted <= limit || amounts.some((one) => one > limit)) return [];
    const models = [...new Set(linked.map(({ run }) => run.model))];
    const runs = listOf(linked.map(({ run }) => run.run));
    const words = recordWords.linkedOver(
      first.run.run,
      about(counted, "FLOP"),
      about(limit, "FLOP"),
      `${listOf(models)}: ${runs}`,
    );
    const numbers = {
      counted: `${counted} FLOP`,
      limit: `${limit} FLOP`,
      runs: `${linked.length}`,
    };
    return [{ words, numbers, runs }];
  });
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(", ");
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
