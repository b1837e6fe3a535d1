/** Whether a job may run under what binds a party now. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { admissionResponse, parseAdmissionReview, type ReviewedJob } from "./admission-review.ts";
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
export type { AcceleratorSpeeds, DeclaredRun } from "./rules.ts";
export { DEFAULT_POLICY, type GateRules } from "./rules.ts";
export {
  compareRunning,
  parseRunning,
  type RunningDifference,
  type RunningJobs,
} from "./running.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { admissionRefusal } from "./admission-review.ts";
export { amount } from "./amount.ts";
export { isLease } from "./running.ts";
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
