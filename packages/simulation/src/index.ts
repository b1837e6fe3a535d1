/** Invented parties that act out an agreement on recorded readings. */
export {
  holdersOf,
  keyOf,
  LOG_HOLDER,
  logVerifier,
  ORIGIN,
  policyText,
  termsWithKeys,
  witnessVerifier,
} from "./adoption.ts";
export { type AskedJob, type Drill, type DrillAct, playDrill } from "./drill/drill.ts";
export { drillReport } from "./drill/report.ts";
export type { DrillLine } from "./drill/stage.ts";
export { type Example, type PlannedPledge, readExample } from "./example.ts";
export { type Keyring, openKeyring } from "./keyring.ts";
export {
  markTime,
  type PlayOptions,
  type Program,
  playExample,
  type Registrar,
  receiveReport,
  type SpeakerOptions,
} from "./play.ts";
