/** Doubt and answer: cases that ask a party to clarify, with their clocks. */
export { calendarOf } from "./calendar.ts";
export type { Case, CaseAct } from "./case.ts";
export {
  type Actor,
  type CaseStep,
  type Deadline,
  deadlinesOf,
  type ProcedureSteps,
  type StepStanding,
  stepsOf,
} from "./procedure.ts";
export {
  type CaseState,
  type JudgedVerdict,
  noCases,
  reduceAcceptance,
  reduceAnswer,
  reduceOpen,
  reduceRuling,
  reduceStep,
  ruledIn,
} from "./reducer.ts";
export { caseAnswer, caseOpen, caseRule, caseStep, safeguardAccept } from "./statements.ts";
