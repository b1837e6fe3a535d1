import { parseQuantity } from "@standstill/record";
import type { DutyInForce, DutyStretch } from "../duties-in-force.ts";
import { contradiction, type DutyCheck, type FindingTold, gap, suspicion } from "../finding.ts";
import { lineageTotal } from "../lineage.ts";
import { logicalRuns } from "../logical-runs.ts";
import { recordedRuns } from "../recorded-runs.ts";
import type { RunOnRecord, Subject } from "../subject.ts";
import { about, findingWords, recordWords } from "../words/index.ts";
import { isExempt } from "./exempt.ts";
import { doneUntil, limitFor } from "./held-to.ts";

/**
 * Limits on training runs: a declared run must keep them in each piece of time, with all that it rests on where the agreement counts
 * lineages, and together with the party's other runs of the same model. How a run counts in a piece is in `held-to.ts`.
 */
export const runLimit: DutyCheck = {
  id: "run-limit",
  of: "duty",
  serves: ["training-run-limit", "post-training-limit"],
  needs: [],
  accuses: true,
  run: (duty, subject) => {
    // What was declared too late explains nothing, and is held to the limits all the same.
    const declared = [...subject.runs, ...subject.beside.lateRuns];
    const training = recordedRuns(subject, declared).filter(
      (one) => one.run.activity === "training" && !isExempt(subject, duty, one),
    );
    const findings = training.flatMap((one) => overLimit(subject, duty, one).slice(0, 1));
    if (duty.kind !== "training-run-limit") return { findings, gaps: [] };
    const linked = linkedRuns(subject, duty, training, "name");
    const alike = linked.length > 0 ? [] : linkedRuns(subject, duty, training, "name-or-looks");
    return {
      findings: [
        ...findings,
        ...linked.map(({ first, words, ...seen }) => suspicion(first, words, seen)),
      ],
      gaps: alike.map(({ runs, numbers }) =>
        gap("maybe-one-run", recordWords.maybeOneRun(runs, numbers.counted)),
      ),
    };
  },
};

/** The pieces in which a run is above the limit that it is held to there, oldest first. */
function overLimit(subject: Subject, duty: DutyInForce, one: RunOnRecord): FindingTold[] {
  const { run } = one;
  const lineage = lineageTotal(subject, one);
  const isPostTraining = (run.parents ?? []).some(
    ({ as }) => as === "weights" || as === "merged-weights",
  );
  if (duty.kind === "post-training-limit" && !isPostTraining) return [];
  return duty.stretches.flatMap((stretch): FindingTold[] => {
    const held = limitFor(stretch, one);
    if (held === undefined) return [];
    const limit = parseQuantity(held, "FLOP");
    const { obligation } = stretch.duty;
    const overLineage = obligation.kind === "training-run-limit" && obligation.over === "lineage";
    const own = doneUntil(subject, one, stretch.endMs);
    const counted = overLineage ? own + lineage.total - lineage.own : own;
    if (counted <= limit) return [];
    const [text, line] = [about(counted, "FLOP"), about(limit, "FLOP")];
    const words =
      own > limit || lineage.ancestors.length === 0
        ? findingWords.overLimit(run.run, text, line)
        : recordWords.lineageOver(run.run, text, line, listOf(lineage.ancestors));
    const numbers = { declared: `${counted} FLOP`, limit: `${limit} FLOP` };
    const where = {
      devices: run.nodes.slice(0, 16),
      startMs: Math.max(stretch.startMs, Date.parse(run.period.start)),
      endMs: Math.min(stretch.endMs, Date.parse(run.period.end)),
    };
    return [contradiction(run.run, words, { numbers, where })];
  });
}

/** Groups of the party's runs that are one run by what they share, and together above the limit in some piece though none is alone. */
function linkedRuns(
  subject: Subject,
  duty: DutyInForce,
  training: readonly RunOnRecord[],
  by: "name" | "name-or-looks",
) {
  const own = new Set(training.map(({ run }) => run.run));
  const others = subject.beside.allRuns.filter(
    (one) =>
      one.party === subject.party &&
      one.run.activity === "training" &&
      !own.has(one.run.run) &&
      !isExempt(subject, duty, one),
  );
  return logicalRuns([...training, ...others], by).flatMap((linked) => {
    const first = linked.find(({ run }) => own.has(run.run));
    if (linked.length < 2 || first === undefined) return [];
    const over = duty.stretches.flatMap((stretch) => togetherOver(subject, stretch, linked, own));
    return over.slice(0, 1).map((one) => ({ ...one, first: first.run.run }));
  });
}

function togetherOver(
  subject: Subject,
  stretch: DutyStretch,
  linked: readonly RunOnRecord[],
  own: ReadonlySet<string>,
) {
  // A pause is about each run: what was planned before it may have been left.
  if (stretch.pause !== null || stretch.duty.limit === undefined) return [];
  const isHeld = linked.some((one) => own.has(one.run.run) && limitFor(stretch, one));
  const limit = parseQuantity(stretch.duty.limit, "FLOP");
  const amounts = linked.map((one) => doneUntil(subject, one, stretch.endMs));
  const counted = amounts.reduce((sum, one) => sum + one, 0n);
  // What is above the limit by itself is told by itself.
  if (!isHeld || counted <= limit || amounts.some((one) => one > limit)) return [];
  const models = [...new Set(linked.map(({ run }) => run.model))];
  const runs = listOf(linked.map(({ run }) => run.run));
  const words = recordWords.linkedOver(
    linked.find(({ run }) => own.has(run.run))?.run.run ?? "",
    about(counted, "FLOP"),
    about(limit, "FLOP"),
    `${listOf(models)}: ${runs}`,
  );
  const numbers = {
    counted: `${counted} FLOP`,
    limit: `${limit} FLOP`,
    runs: `${linked.length}`,
  };
  const where = { devices: [], startMs: stretch.startMs, endMs: stretch.endMs };
  return [{ words, numbers, where, runs }];
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(", ");
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
