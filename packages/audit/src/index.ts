/** The doubter's work: a record checked from nothing. */
export { type AuditOptions, type AuditReport, audit } from "./audit.ts";
export { evidenceOf } from "./evidence-of.ts";
export { AuditFault, type AuditOutcome } from "./fault.ts";
export { type NotRecomputed, notRecomputedWords, type WhyNot } from "./not-recomputed.ts";
export {
  decodeState,
  encodeState,
  formatSnapshot,
  isOfHistory,
  parseSnapshot,
  type Snapshot,
} from "./snapshot/snapshot.ts";
export { openVerifiedLog } from "./verified-log.ts";
export { type Seen, Watcher } from "./watch.ts";
