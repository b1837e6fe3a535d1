/** Doubt and answer: cases that ask a party to clarify. */
export {
  type Case,
  type CaseState,
  type JudgedVerdict,
  noCases,
  reduceAnswer,
  reduceOpen,
} from "./reducer.ts";
export { caseAnswer, caseOpen } from "./statements.ts";
