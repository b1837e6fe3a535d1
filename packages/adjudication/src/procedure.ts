import type { Terms } from "@standstill/agreement";
import type { Case } from "./case.ts";

/** Who has to act: the accused party, any other party, the keeper, inspectors or the panel. */
export type Actor = NonNullable<Terms["adjudication"]>["steps"][number]["by"];
/** Steps of a procedure, in their order, as the agreement says them. */
export type ProcedureSteps = NonNullable<Terms["adjudication"]>["steps"];

const HOUR_MS = 3_600_000;

/** What has become of a step: done in time, done too late, passed in silence, due now, or to come. */
export type StepStanding = "done" | "late" | "silent" | "due" | "to-come";

/** A step of a case with its clock. Instants are POSIX milliseconds. */
export interface CaseStep {
  readonly id: string;
  readonly title: string;
  readonly by: Actor;
  readonly standing: StepStanding;
  /** From when on it runs, and when it is due; `null` while the step before it runs. */
  readonly startsAt: number | null;
  readonly dueAt: number | null;
  /** Entry of the record that did it. */
  readonly index: number | null;
  readonly ifSilent: string;
}

/**
 * Where a case stands, from what was said and the time that the record itself shows: each step begins when the one before is done, or
 * when its time has passed in silence. Silence is shown by a mark of time only, so that nothing is lost while no server runs. What is
 * said too late is on record and changes nothing that silence has settled.
 *
 * @param now instant of the newest mark, or any later one to look ahead
 * @example stepsOf(one, terms.adjudication.steps, state.clock.at).find(({ standing }) => standing === "due")
 */
export function stepsOf(
  one: Pick<Case, "openedAt" | "acts">,
  steps: ProcedureSteps,
  now: number,
): CaseStep[] {
  let startsAt: number | null = one.openedAt;
  return steps.map((step): CaseStep => {
    const { id, title, by, ifSilent } = step;
    const base = { id, title, by, ifSilent };
    if (startsAt === null)
      return { ...base, standing: "to-come", startsAt: null, dueAt: null, index: null };
    const dueAt: number = startsAt + step.withinHours * HOUR_MS;
    const act = one.acts.find((done) => done.step === id);
    const its = { ...base, startsAt, dueAt, index: act?.index ?? null };
    if (act !== undefined && act.at <= dueAt) {
      startsAt = act.at;
      return { ...its, standing: "done" };
    }
    const isPast = now > dueAt;
    startsAt = isPast ? dueAt : null;
    if (act !== undefined) return { ...its, standing: "late" };
    return { ...its, standing: isPast ? "silent" : "due" };
  });
}

/** Something that is due from somebody. */
export interface Deadline {
  readonly case: string;
  readonly party: string;
  readonly step: string;
  readonly title: string;
  readonly by: Actor;
  readonly dueAt: number;
  readonly ifSilent: string;
}

/** What is due, in all cases, the soonest first. */
export function deadlinesOf(
  cases: Iterable<Case>,
  steps: ProcedureSteps | undefined,
  now: number,
): Deadline[] {
  const due = [...cases].flatMap((one) => {
    const step = stepsOf(one, steps ?? [], now).find(({ standing }) => standing === "due");
    if (step === undefined) return [];
    const { id, title, by, ifSilent, dueAt } = step;
    return [
      { case: one.name, party: one.party, step: id, title, by, ifSilent, dueAt: dueAt as number },
    ];
  });
  return due.sort((a, b) => a.dueAt - b.dueAt || (a.case < b.case ? -1 : 1));
}
