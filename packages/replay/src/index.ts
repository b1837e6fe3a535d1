/** Admission and fold: from a record to a state, and to the state at a time; nothing else. */
export { admit, fold, type Signatures } from "./admission.ts";
export { isUnknownVersion } from "./find-kind.ts";
export { replay, replayEntry } from "./replay.ts";
export { replayLog } from "./replay-log.ts";
export { emptyState, type KeeperFault, type NotUnderstood, type State } from "./state.ts";
export { type StateAt, stateAt } from "./state-at.ts";
export type { StatementKind } from "./statement-kind.ts";
export { statementKinds } from "./statement-kinds.ts";
export { checkUnderstood } from "./understood.ts";
