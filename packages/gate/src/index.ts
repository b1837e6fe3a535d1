/** Whether a job may run under what binds a party now. */
export {
  admissionRefusal,
  admissionResponse,
  parseAdmissionReview,
  type ReviewedJob,
} from "./admission-review.ts";
export { amount } from "./amount.ts";
export { type Decision, decide } from "./decide.ts";
export { GateError, type GateErrorCode } from "./error.ts";
export {
  Ledger,
  type LedgerEvent,
  type LedgerSnapshot,
  type LedgerSums,
  type Reservation,
} from "./ledger.ts";
export type { Objection } from "./objections/objection.ts";
export { type JobQuestion, type JobRequest, parseRequest } from "./request.ts";
export { reviewOf, type ToStop } from "./review.ts";
export {
  type AcceleratorSpeeds,
  DEFAULT_POLICY,
  type DeclaredRun,
  type GateRules,
} from "./rules.ts";
export {
  compareRunning,
  isLease,
  parseRunning,
  type RunningDifference,
  type RunningJobs,
} from "./running.ts";
export {
  type Emergency,
  type GatePart,
  type GateState,
  nothingStopped,
  type StopWord,
  type StopWords,
} from "./state.ts";
export { gateOpen } from "./statements/gate-open.ts";
export { stopDone } from "./statements/stop-done.ts";
export { stopReady } from "./statements/stop-ready.ts";
