/** Admission and fold: from a record to a state, and to the state at a time; nothing else. */
export { admit, fold, type Signatures } from "./admission.ts";
export { replay, replayEntry } from "./replay.ts";
export { replayLog } from "./replay-log.ts";
export { signaturesOf } from "./signing.ts";
export { emptyState, type Issuer, type KeeperFault, type State } from "./state.ts";
export { type StateAt, stateAt } from "./state-at.ts";
export { type ReducedKind, statementKinds } from "./statement-kinds.ts";
export { StatementList, type StatementSummary } from "./statement-list.ts";
