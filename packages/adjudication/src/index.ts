/** Doubt and ruling: cases with clocks that ask a party to clarify, panels that rule, appeals and remedies. */
export { calendarOf } from "./calendar.ts";
export type {
  Adjudication,
  Case,
  CaseAct,
  CaseBallot,
  CaseEvent,
  CaseRuling,
  CaseState,
  Procedure,
} from "./case.ts";
export { type Deadline, deadlinesOf } from "./deadlines.ts";
export {
  type IntakeState,
  intakeOpen,
  intakeReceive,
  intakeSettle,
  noIntake,
  reduceIntakeOpen,
  reduceReceive,
  reduceSettle,
} from "./intake.ts";
export {
  type JudgedVerdict,
  openForContradiction,
  reduceOpen,
  reduceWithdrawal,
  type ShownContradiction,
} from "./opening.ts";
export { type PanelSigning, panelSigning } from "./panel.ts";
export {
  type Actor,
  type CaseStep,
  type ProcedureSteps,
  procedureOf,
  type SteppedCase,
  type StepStanding,
  shareOf,
  stepsOf,
} from "./procedure.ts";
export {
  type CaseOutcome,
  type CasePhase,
  type CaseProgress,
  caseProgress,
  type Due,
} from "./progress.ts";
export {
  type CaseContext,
  noCases,
  reduceAnswer,
  reduceCaseVote,
  reduceExtension,
  reduceStep,
} from "./reducer.ts";
export { type Reliability, reliabilityOf } from "./reliability.ts";
export {
  reduceAcceptance,
  reduceAppeal,
  reduceRemedy,
  reduceRuling,
  reduceRulingInCase,
} from "./ruling.ts";
export {
  assessorSigning,
  type ListedSafeguard,
  noSafeguards,
  type ReleaseGap,
  reduceAssessment,
  reduceSubmission,
  releaseGaps,
  type SafeguardEntry,
  type SafeguardStanding,
  type SafeguardState,
  type SafeguardWord,
  safeguardSubmit,
  safeguardsOf,
} from "./safeguards.ts";
export {
  caseAnswer,
  caseAppeal,
  caseExtend,
  caseOpen,
  caseRemedy,
  caseRule,
  caseStep,
  caseVote,
  caseWithdraw,
  safeguardAccept,
} from "./statements.ts";
export { type CaseDeed, type CaseLine, timelineOf } from "./timeline.ts";
