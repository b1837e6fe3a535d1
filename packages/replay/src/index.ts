/** Admission and fold: from a record to a state, and to the state at a time; nothing else. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { admit, type Signatures } from "./admission.ts";
export { isUnknownVersion } from "./find-kind.ts";
export { replay } from "./replay.ts";
export { replayLog } from "./replay-log.ts";
export { emptyState, type State } from "./state.ts";
export { type StateAt, stateAt } from "./state-at.ts";
export type { StatementKind } from "./statement-kind.ts";
export { statementKinds } from "./statement-kinds.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { fold } from "./admission.ts";
export { replayEntry } from "./replay.ts";
export type { KeeperFault, NotUnderstood } from "./state.ts";
export { checkUnderstood } from "./understood.ts";
