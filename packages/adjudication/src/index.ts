/** Doubt and ruling: cases with clocks that ask a party to clarify, panels that rule, appeals and remedies. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { calendarOf } from "./calendar.ts";
export type { Case } from "./case.ts";
export { type Deadline, deadlinesOf } from "./deadlines.ts";
export { type CaseStep, type SteppedCase, stepsOf } from "./procedure.ts";
export { type CaseProgress, caseProgress } from "./progress.ts";
export { type Reliability, reliabilityOf } from "./reliability.ts";
export { type ListedSafeguard, type SafeguardState, safeguardsOf } from "./safeguards.ts";
export { type CaseLine, timelineOf } from "./timeline.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { type BoxPart, type BoxState, noBox } from "./box.ts";
export type {
  Adjudication,
  CaseAct,
  CaseBallot,
  CaseEvent,
  CaseRuling,
  CaseState,
  Procedure,
} from "./case.ts";
export { type CasePart, noCases } from "./case-state.ts";
export { clearedVerdicts } from "./cleared.ts";
export { openForContradiction } from "./opening.ts";
export { panelSigning } from "./panel.ts";
export type { Actor, ProcedureSteps, StepStanding } from "./procedure.ts";
export type { CaseOutcome, CasePhase, Due } from "./progress.ts";
export {
  noSafeguards,
  type ReleaseGap,
  releaseGaps,
  type SafeguardEntry,
  type SafeguardPart,
  type SafeguardStanding,
  type SafeguardWord,
} from "./safeguards.ts";
export { boxOpen } from "./statements/box-open.ts";
export { boxReceive } from "./statements/box-receive.ts";
export { boxSettle } from "./statements/box-settle.ts";
export { caseAnswer } from "./statements/case-answer.ts";
export { caseAppeal } from "./statements/case-appeal.ts";
export { caseExtend } from "./statements/case-extend.ts";
export { caseOpen } from "./statements/case-open.ts";
export { caseRemedy } from "./statements/case-remedy.ts";
export { caseRule, factsOfRuling } from "./statements/case-rule.ts";
export { caseStep } from "./statements/case-step.ts";
export { caseVote } from "./statements/case-vote.ts";
export { caseWithdraw } from "./statements/case-withdraw.ts";
export { factsOfAcceptance, safeguardAccept } from "./statements/safeguard-accept.ts";
export { safeguardSubmit } from "./statements/safeguard-submit.ts";
export type { CaseDeed } from "./timeline.ts";
