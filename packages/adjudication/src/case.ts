/** A case: what is asked of whom, and what was answered. */
export interface Case {
  readonly name: string;
  readonly party: string;
  readonly openedBy: string;
  readonly index: number;
  readonly verdict: string;
  readonly findings: readonly string[];
  readonly question: string;
  readonly answer: { readonly index: number; readonly text: string } | undefined;
  /** Instant of the mark before it was opened; POSIX milliseconds. */
  readonly openedAt: number;
  /** Steps that were taken, in the order of the record. */
  readonly acts: readonly CaseAct[];
}

/** A step that was taken. */
export interface CaseAct {
  readonly step: string;
  readonly index: number;
  readonly issuer: string;
  /** Instant of the mark before it, so that nobody is late by the keeper's delay. */
  readonly at: number;
}
