/** Doubt and answer: cases that ask a party to clarify. */
export {
  type Case,
  type CaseState,
  type JudgedVerdict,
  noCases,
  reduceAcceptance,
  reduceAnswer,
  reduceOpen,
  reduceRuling,
} from "./reducer.ts";
export { caseAnswer, caseOpen, caseRule, safeguardAccept } from "./statements.ts";
