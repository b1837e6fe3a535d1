import {
  type BoxPart,
  type CasePart,
  noBox,
  noCases,
  noSafeguards,
  type SafeguardPart,
} from "@standstill/adjudication";
import { type AgreedPart, type AgreementPart, noAgreement } from "@standstill/agreement";
import { type EvidencePart, noEvidence } from "@standstill/evidence";
import { type GatePart, nothingStopped } from "@standstill/gate";
import { type IndicatorPart, noMeasurements } from "@standstill/indicators";
import {
  AppendList,
  type ContradictionsPart,
  type DrawsPart,
  type Issuer,
  type MarksPart,
  noMarks,
  type ProgramsPart,
  type Refusal,
  type SaidPart,
  StatementList,
} from "@standstill/record";
import { noVerdicts, type VerdictState } from "@standstill/verification";
import { OrderedMap } from "immutable";

/**
 * An entry that this program cannot judge: one in a version that it does not know, or one after such that it would not admit, since what that
 * one did is not known. It is inert here, and nobody is charged with it.
 */
export interface NotUnderstood extends Refusal {
  readonly index: number;
  /** What kind of statement it says it is; nothing where it does not tell. */
  readonly type: string | undefined;
}

/** An entry that the keeper should not have appended: inert, and charged to the keeper. */
export interface KeeperFault extends Refusal {
  readonly index: number;
}

/**
 * The state of an agreement after so many entries of its record. There is no other source of truth. Each part is its noun's; only here are
 * they all together.
 */
export interface State
  extends MarksPart,
    SaidPart,
    DrawsPart,
    ProgramsPart,
    ContradictionsPart,
    AgreementPart,
    EvidencePart,
    IndicatorPart,
    CasePart,
    SafeguardPart,
    BoxPart,
    GatePart {
  readonly size: number;
  readonly verdicts: VerdictState;
  readonly issuers: OrderedMap<string, Issuer>;
  readonly faults: AppendList<KeeperFault>;
  readonly notUnderstood: AppendList<NotUnderstood>;
}

/** A state in which the terms are on record, as it is from the first statement on. */
export type StateUnderTerms = State & AgreedPart;

/** Whether the terms are on record. */
export function isUnderTerms(state: State): state is StateUnderTerms {
  return state.agreement.terms !== undefined;
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
  box: noBox,
  issuers: OrderedMap(),
  statements: StatementList.empty(),
  faults: AppendList.empty(),
  notUnderstood: AppendList.empty(),
  contradictions: [],
  draws: new Map(),
  programs: new Map(),
};
