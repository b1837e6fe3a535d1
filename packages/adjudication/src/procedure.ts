import type { Terms } from "@standstill/agreement";
import { HOUR_MS, shareOf } from "@standstill/record";
import type { Adjudication, Case, CaseBallot, Procedure } from "./case.ts";

/** Steps of a procedure, in their order, as the agreement says them. */
export type ProcedureSteps = Adjudication["steps"];
/** Who has to act: the accused party, any other party, the keeper, inspectors or the panel. */
export type Actor = ProcedureSteps[number]["by"];

/**
 * What has become of a step: done in time, done too late, passed in silence, stopped by a vote, skipped because a vote stopped the case,
 * due now, or to come.
 */
export type StepStanding = "done" | "late" | "silent" | "stopped" | "skipped" | "due" | "to-come";

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

/** What of a case its steps depend on. */
export type SteppedCase = Pick<Case, "openedAt" | "acts" | "extended" | "ballots" | "procedure">;

/** The procedure of a case about a party that is opened under these terms. */
export function procedureOf(
  { adjudication, parties }: Pick<Terms, "adjudication" | "parties">,
  accused: string,
): Procedure {
  const voters = parties.filter(({ id }) => id !== accused).length;
  return { rules: adjudication ?? null, voters };
}

/** The step in which the panel rules: its last one. */
export function rulingStep({ rules }: Procedure): ProcedureSteps[number] | undefined {
  return rules?.steps.findLast(({ by }) => by === "panel");
}

/**
 * Where a case stands, from what was said and the time that the record itself shows: each step begins when the one before is done, or
 * when its time has passed in silence. Silence is shown by a mark of time only, so that nothing is lost while no server runs. What is
 * said early counts from when its step begins; what is said too late is on record and changes nothing that silence has settled.
 *
 * @param now instant of the newest mark, or any later one to look ahead
 * @example stepsOf(one, state.clock.at).find(({ standing }) => standing === "due")
 */
export function stepsOf(one: SteppedCase, now: number): CaseStep[] {
  const { rules, voters } = one.procedure;
  let startsAt: number | null = one.openedAt;
  const stopped = new Set<string>();
  return (rules?.steps ?? []).map((step): CaseStep => {
    const { id, title, by, ifSilent, onlyIf } = step;
    const act = one.acts.find((done) => done.step === id);
    const base = { id, title, by, ifSilent, index: act?.index ?? null };
    if (startsAt === null) return { ...base, standing: "to-come", startsAt: null, dueAt: null };
    if (onlyIf !== undefined && stopped.has(onlyIf)) {
      stopped.add(id);
      return { ...base, standing: "skipped", startsAt, dueAt: null };
    }
    const dueAt: number = startsAt + (step.withinHours + extraHours(step, one)) * HOUR_MS;
    const its = { ...base, startsAt, dueAt };
    const settled: Settled | undefined =
      step.light === undefined
        ? settledByAct(act?.at, startsAt, dueAt, now)
        : settledByVote(step.light, votesOn(one, id), voters, startsAt, dueAt, now);
    startsAt = settled?.at ?? null;
    if (settled?.standing === "stopped") stopped.add(id);
    return { ...its, standing: settled?.standing ?? "due", index: settled?.index ?? its.index };
  });
}

interface Settled {
  readonly standing: StepStanding;
  readonly at: number;
  readonly index?: number;
}

function extraHours(step: ProcedureSteps[number], { extended }: SteppedCase): number {
  return extended.some((one) => one.step === step.id) ? (step.extension?.hours ?? 0) : 0;
}

function settledByAct(
  actAt: number | undefined,
  startsAt: number,
  dueAt: number,
  now: number,
): Settled | undefined {
  if (actAt !== undefined && actAt <= dueAt)
    return { standing: "done", at: Math.max(startsAt, actAt) };
  if (now <= dueAt) return undefined;
  return { standing: actAt === undefined ? "silent" : "late", at: dueAt };
}

function votesOn({ ballots }: SteppedCase, step: string): CaseBallot[] {
  return ballots.filter((one) => one.step === step);
}

/** Under green light enough votes permit at once, and silence stops; under red light enough votes stop at once, and silence permits. */
function settledByVote(
  { rule, majority }: NonNullable<ProcedureSteps[number]["light"]>,
  ballots: readonly CaseBallot[],
  voters: number,
  startsAt: number,
  dueAt: number,
  now: number,
): Settled | undefined {
  const deciding = rule === "green-light" ? "for" : "against";
  const needed = neededOf(majority, voters);
  const cast = ballots.filter((one) => one.ballot === deciding && one.at <= dueAt);
  const last = cast[needed - 1];
  const decided = rule === "green-light" ? "done" : "stopped";
  const otherwise = rule === "green-light" ? "stopped" : "done";
  if (last !== undefined)
    return { standing: decided, at: Math.max(startsAt, last.at), index: last.index };
  return now > dueAt ? { standing: otherwise, at: dueAt } : undefined;
}

/** The smallest whole number at or above a share of a number, and 1 at least. @example neededOf("0.66", 3) // 2 */
export function neededOf(share: string, of: number): number {
  return Math.max(1, Number(shareOf(share, BigInt(of))));
}
