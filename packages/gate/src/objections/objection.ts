import type { Duty, ObligationKind, ObligationOf } from "@standstill/agreement";
import type { LedgerSums } from "../ledger.ts";
import type { JobRequest } from "../request.ts";
import type { DeclaredRun, GateRules } from "../rules.ts";

/** A job with what it could do at most. */
export interface Judged {
  readonly request: JobRequest;
  readonly seconds: number;
  readonly flop: bigint;
}

/** What a job would break. */
export interface Objection {
  /** Obligation or use of the agreement. */
  readonly clause: string;
  readonly title: string;
  readonly expected: string;
  readonly got: string;
  readonly sentence: string;
}

/** What an objection is raised by: the rules of the moment, the job, what was done before. */
export interface Asked {
  readonly rules: GateRules;
  readonly judged: Judged;
  readonly sums: LedgerSums;
  /** POSIX milliseconds. */
  readonly now: number;
}

/** What a job would break of a duty of one kind. */
export type ObjectionRule<Kind extends ObligationKind> = (
  obligation: ObligationOf<Kind>,
  duty: Duty,
  asked: Asked,
) => Objection[];

/** Days over which training that nobody declared counts together, so that it cannot be split under a line. */
export const UNDECLARED_DAYS = 365;

/** The run on record that a job is part of, as it says. */
export function runOf({ rules, judged }: Asked): DeclaredRun | undefined {
  const { run } = judged.request;
  return run === undefined ? undefined : rules.runs.get(run);
}

/** The same rule, for jobs that train. */
export function ifTraining<Kind extends ObligationKind>(
  rule: ObjectionRule<Kind>,
): ObjectionRule<Kind> {
  return (obligation, duty, asked) =>
    asked.judged.request.activity === "training" ? rule(obligation, duty, asked) : [];
}

/** An objection by a duty. */
export function objection({ obligation }: Duty, expected: string, got: string): Objection {
  return objectionTo(obligation.id, obligation.title, expected, got);
}

/** An objection by any clause of the agreement. */
export function objectionTo(
  clause: string,
  title: string,
  expected: string,
  got: string,
): Objection {
  const sentence = `${clause}: ${title} Expected ${expected}, got ${got}.`;
  return { clause, title, expected, got, sentence };
}
