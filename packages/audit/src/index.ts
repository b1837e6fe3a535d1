/** The doubter's work: a record checked from nothing. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type AuditOptions, type AuditReport, audit } from "./audit.ts";
export { auditText } from "./audit-text.ts";
export { AuditFault, type AuditOutcome } from "./fault.ts";
export { type NotRecomputed, notRecomputedWords } from "./not-recomputed.ts";
export { formatSnapshot, parseSnapshot, type Snapshot } from "./snapshot/snapshot.ts";
export { type Seen, Watcher } from "./watch.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { evidenceOf } from "./evidence-of.ts";
export type { WhyNot } from "./not-recomputed.ts";
export { decodeState, encodeState, isOfHistory } from "./snapshot/snapshot.ts";
export { openVerifiedLog } from "./verified-log.ts";
