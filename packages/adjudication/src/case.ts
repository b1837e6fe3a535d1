import type { Terms } from "@standstill/agreement";
import type { OrderedMap } from "immutable";

/** How the agreement settles doubt. */
export type Adjudication = NonNullable<Terms["adjudication"]>;

/**
 * What a case runs by: the agreement's rules as they were when it was opened, so that nobody changes them for a case that runs, and how many
 * parties voted then.
 */
export interface Procedure {
  /** `null` where the agreement had no rules for cases. */
  readonly rules: Adjudication | null;
  /** Parties besides the accused. */
  readonly voters: number;
}

/** A case: what is asked of whom, what was said in it, and what was ruled. Instants are POSIX milliseconds. */
export interface Case {
  readonly name: string;
  readonly party: string;
  /** `null` where the record opened it by itself: two statements of the accused that cannot both hold. */
  readonly openedBy: string | null;
  readonly index: number;
  /** Verdict whose findings it is about; `null` where it is about a clause that no verdict judges. */
  readonly verdict: string | null;
  readonly findings: readonly string[];
  readonly clause: string | null;
  readonly question: string;
  readonly answer: { readonly index: number; readonly text: string } | undefined;
  /** Instant of the mark before it was opened. */
  readonly openedAt: number;
  readonly procedure: Procedure;
  /** Steps that were taken, in the order of the record. */
  readonly acts: readonly CaseAct[];
  /** Steps that were given more time. */
  readonly extended: readonly CaseAct[];
  /** Ballots on steps that the parties vote on. */
  readonly ballots: readonly CaseBallot[];
  readonly rulings: readonly CaseRuling[];
  readonly appeals: readonly CaseEvent[];
  /** What the accused says that it did to remedy. */
  readonly remedies: readonly CaseEvent[];
  /** By whom it was opened, and taken back. */
  readonly withdrawn: CaseEvent | undefined;
}

/** Something that was said in a case. */
export interface CaseEvent {
  readonly index: number;
  readonly issuer: string;
  /** Instant of the mark before it, so that nobody is late by the keeper's delay. */
  readonly at: number;
  /** What was said, or why. */
  readonly text: string;
}

/** A step that was taken, or given more time. */
export interface CaseAct extends CaseEvent {
  readonly step: string;
}

/** A ballot on whether a case goes on. */
export interface CaseBallot extends CaseAct {
  readonly ballot: "for" | "against";
}

/** What the panel ruled. */
export interface CaseRuling extends CaseEvent {
  /** `null` where it answered a question only. */
  readonly violation: "found" | "not-found" | "remedied" | null;
  readonly remedy: { readonly text: string; readonly withinHours: number } | null;
  readonly recused: readonly string[];
}

/** All cases, by name. */
export interface CaseState {
  readonly cases: OrderedMap<string, Case>;
}
