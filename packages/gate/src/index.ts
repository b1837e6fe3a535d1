/** Whether a job may run under what binds a party now. */
export { admissionResponse, parseAdmissionReview, type ReviewedJob } from "./admission-review.ts";
export { amount } from "./amount.ts";
export { type Decision, decide } from "./decide.ts";
export { type Emergency, gateOpen, reduceGateOpen } from "./emergency.ts";
export { GateError, type GateErrorCode } from "./error.ts";
export {
  Ledger,
  type LedgerEvent,
  type LedgerSnapshot,
  type LedgerSums,
  type Reservation,
} from "./ledger.ts";
export type { Objection } from "./objections.ts";
export { type JobQuestion, type JobRequest, parseRequest } from "./request.ts";
export { reviewOf, type ToStop } from "./review.ts";
export {
  type AcceleratorSpeeds,
  DEFAULT_POLICY,
  type DeclaredRun,
  type GateRules,
} from "./rules.ts";
export { type GateState, nothingStopped } from "./state.ts";
export {
  reduceStopDone,
  reduceStopReady,
  type StopWord,
  type StopWords,
  stopDone,
  stopReady,
} from "./stopping.ts";
