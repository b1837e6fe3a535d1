import { DAY_MS, HOUR_MS } from "@standstill/record";
import type { Case, CaseRuling, Procedure } from "./case.ts";
import { type Actor, type CaseStep, rulingStep, stepsOf } from "./procedure.ts";

/**
 * What a case waits for: its steps; an appeal, or the ruling on one; the remedy, or the panel's word that it is one. A case is closed by a
 * ruling that nothing can change any more, by the panel's silence, by a vote that stopped it, or by whoever opened it.
 */
export type CasePhase = "steps" | "appeal-open" | "appealed" | "remedy" | "confirmation" | "closed";

/** How it ended, or stands for now. `lapsed`: nobody ruled in time, so the presumption holds. */
export type CaseOutcome =
  | "open"
  | "found"
  | "not-found"
  | "remedied"
  | "unremedied"
  | "answered"
  | "lapsed"
  | "stopped"
  | "withdrawn";

/** Something that is due. */
export interface Due {
  readonly step: string;
  readonly title: string;
  readonly by: Actor;
  readonly dueAt: number;
  readonly ifSilent: string;
}

/** Where a case stands. */
export interface CaseProgress {
  readonly steps: readonly CaseStep[];
  readonly phase: CasePhase;
  readonly outcome: CaseOutcome;
  readonly due: readonly Due[];
}

/** Where a case stands at an instant, by the steps, and after a ruling by appeal and remedy. */
export function caseProgress(one: Case, now: number): CaseProgress {
  const steps = stepsOf(one, now);
  if (one.withdrawn !== undefined) return { steps, phase: "closed", outcome: "withdrawn", due: [] };
  const ruling = one.rulings.at(-1);
  if (ruling === undefined) return beforeRuling(steps, rulingStep(one.procedure)?.id);
  return { steps, ...afterRuling(one, ruling, now) };
}

/** A panel without a step of its own has as long as it likes. */
function hoursToRule(procedure: Procedure): number {
  return rulingStep(procedure)?.withinHours ?? 876_000;
}

function beforeRuling(steps: readonly CaseStep[], last: string | undefined): CaseProgress {
  const due = steps.flatMap(({ id, title, by, standing, dueAt, ifSilent }) =>
    standing === "due" && dueAt !== null ? [{ step: id, title, by, dueAt, ifSilent }] : [],
  );
  const ruling = steps.find(({ id }) => id === last);
  if (ruling?.standing === "silent") return { steps, phase: "closed", outcome: "lapsed", due };
  if (ruling?.standing === "skipped") return { steps, phase: "closed", outcome: "stopped", due };
  if (due.length > 0 || steps.length === 0) return { steps, phase: "steps", outcome: "open", due };
  return { steps, phase: "closed", outcome: "lapsed", due };
}

function afterRuling(
  { appeals, remedies, rulings, procedure }: Case,
  ruling: CaseRuling,
  now: number,
): Omit<CaseProgress, "steps"> {
  const hours = hoursToRule(procedure);
  const appealWithinDays = procedure.rules?.appealWithinDays;
  const outcome = ruling.violation ?? "answered";
  const appeal = appeals.at(-1);
  if (appeal !== undefined && appeal.index > ruling.index) {
    const dueAt = appeal.at + hours * HOUR_MS;
    const title = "The panel rules on the appeal.";
    if (now <= dueAt)
      return {
        phase: "appealed",
        outcome,
        due: [{ step: "appeal", title, by: "panel", dueAt, ifSilent: "the ruling stands" }],
      };
  }
  // While an appeal was pending nobody had to remedy.
  const isLapsed = appeal !== undefined && appeal.index > ruling.index;
  const from = isLapsed ? appeal.at + hours * HOUR_MS : ruling.at;
  const rest =
    ruling.violation === "found" ? afterFound(ruling, from, remedies, hours, now) : undefined;
  if (rest !== undefined && rest.due.length > 0) return rest;
  const isFirst = rulings.length === 1 && appeals.length === 0;
  const appealEnds = ruling.at + (appealWithinDays ?? 0) * DAY_MS;
  if (isFirst && appealWithinDays !== undefined && now <= appealEnds)
    return { phase: "appeal-open", outcome: rest?.outcome ?? outcome, due: [] };
  return rest ?? { phase: "closed", outcome, due: [] };
}

function afterFound(
  { remedy, index }: CaseRuling,
  from: number,
  remedies: Case["remedies"],
  hours: number,
  now: number,
): Omit<CaseProgress, "steps"> | undefined {
  if (remedy === null) return undefined;
  const done = remedies.findLast((one) => one.index > index);
  if (done === undefined) {
    const dueAt = from + remedy.withinHours * HOUR_MS;
    const ifSilent = "the violation stays open";
    return now > dueAt
      ? { phase: "closed", outcome: "unremedied", due: [] }
      : {
          phase: "remedy",
          outcome: "found",
          due: [{ step: "remedy", title: remedy.text, by: "accused", dueAt, ifSilent }],
        };
  }
  const dueAt = done.at + hours * HOUR_MS;
  const [title, ifSilent] = ["The panel says whether it is a remedy.", "the violation stays open"];
  return now > dueAt
    ? { phase: "closed", outcome: "unremedied", due: [] }
    : {
        phase: "confirmation",
        outcome: "found",
        due: [{ step: "confirmation", title, by: "panel", dueAt, ifSilent }],
      };
}
