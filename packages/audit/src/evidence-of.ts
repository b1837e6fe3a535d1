import type { State } from "@standstill/replay";

/** Hashes of what reports and measurements rest on, which lies beside the log and which an audit asks for. */
export function* evidenceOf(state: State): Generator<string> {
  for (const { body } of state.evidence.reports.values()) yield body.evidence;
  for (const { body } of state.indicators.measurements) yield body.input;
}
