import {
  type CaseState,
  type IntakeState,
  noCases,
  noIntake,
  noSafeguards,
  type SafeguardState,
} from "@standstill/adjudication";
import { type AgreementState, noAgreement } from "@standstill/agreement";
import { type EvidenceState, noEvidence } from "@standstill/evidence";
import { type GateState, nothingStopped } from "@standstill/gate";
import { type IndicatorState, noMeasurements } from "@standstill/indicators";
import {
  AppendList,
  type Clock,
  type Contradiction,
  type Draws,
  type Mark,
  noMarks,
  type Programs,
  type Refusal,
} from "@standstill/record";
import { noVerdicts, type VerdictState } from "@standstill/verification";
import { OrderedMap } from "immutable";
import { StatementList } from "./statement-list.ts";

/** An entry that the keeper should not have appended: inert, and charged to the keeper. */
export interface KeeperFault extends Refusal {
  readonly index: number;
}

/** What somebody has said so far. */
export interface Issuer {
  /** Next sequence number. */
  readonly next: number;
  readonly lastIssuedAt: string;
  /** Place of each of its statements among the admitted ones, by sequence number. */
  readonly places: AppendList<number>;
}

/** The state of an agreement after so many entries of its record. There is no other source of truth. */
export interface State {
  readonly size: number;
  /** What time it is by the record's own marks. */
  readonly clock: Clock;
  /** Every mark, oldest first. */
  readonly marks: AppendList<Mark>;
  readonly agreement: AgreementState;
  readonly evidence: EvidenceState;
  readonly verdicts: VerdictState;
  readonly indicators: IndicatorState;
  readonly cases: CaseState;
  readonly gate: GateState;
  readonly safeguards: SafeguardState;
  readonly intake: IntakeState;
  readonly issuers: OrderedMap<string, Issuer>;
  readonly statements: StatementList;
  readonly faults: AppendList<KeeperFault>;
  /** Issuers that signed two statements with one number. */
  readonly contradictions: readonly Contradiction[];
  /** Draws for which parties commit to numbers and reveal them. */
  readonly draws: Draws;
  /** Which bytes programs have, as each issuer says. */
  readonly programs: Programs;
}

/** The state of an empty record. */
export const emptyState: State = {
  size: 0,
  clock: noMarks,
  marks: AppendList.empty(),
  agreement: noAgreement,
  evidence: noEvidence,
  verdicts: noVerdicts,
  indicators: noMeasurements,
  cases: noCases,
  gate: nothingStopped,
  safeguards: noSafeguards,
  intake: noIntake,
  issuers: OrderedMap(),
  statements: StatementList.empty(),
  faults: AppendList.empty(),
  contradictions: [],
  draws: new Map(),
  programs: new Map(),
};
