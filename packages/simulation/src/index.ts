/** Invented parties that act out an agreement on recorded readings. They call `operation`, like anybody. */

// @internal: for the other packages of this house; it changes whenever they need it.

export { type Drill, type DrillAct, playDrill } from "./drill/drill.ts";
export type { AskedJob } from "./drill/drill-gate.ts";
export { drillReport } from "./drill/report.ts";
export type { DrillLine } from "./drill/stage.ts";
export type { Example, PlannedPledge } from "./example.ts";
export {
  holdersOf,
  InventedParties,
  inventedTerms,
  type Keyring,
  keyOf,
  LOG_HOLDER,
  logVerifier,
  ORIGIN,
  type PartiesOptions,
  witnessVerifier,
} from "./parties.ts";
export { type Program, type Props, playExample } from "./play.ts";
