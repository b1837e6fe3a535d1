import { nameSchema, type Said, type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";
import type { GateState } from "./state.ts";

/** `stop/ready`: a party says which jobs have to stop at a site, and how long it takes to leave them in order, with their state saved. */
export const stopReady = {
  type: "stop/ready",
  roles: ["party"],
  body: z.strictObject({
    site: nameSchema,
    /** Running jobs that have to stop, as its gate lists them. */
    jobs: z.int().min(0).max(10_000_000),
    needsHours: z.int().min(0).max(8760),
    /** Id of a `period/report` of this site in which it idled: its stop is held against that power. */
    baseline: sha256Schema.optional(),
    text: z.string().min(1).max(2000),
  }),
} satisfies StatementKind;

/** `stop/done`: a party says that a site has stopped. It is its word; a report of a period after it shows it. */
export const stopDone = {
  type: "stop/done",
  roles: ["party"],
  body: z.strictObject({ site: nameSchema, text: z.string().min(1).max(2000) }),
} satisfies StatementKind;

/** `stop/ready`: the newest word counts. */
export function reduceStopReady(
  state: GateState,
  { index, body }: Said<z.infer<typeof stopReady.body>>,
  at: number,
): GateState {
  const { site, jobs, needsHours, baseline, text } = body;
  const before = state.stops.get(site);
  const ready = { index, at, text, jobs, needsHours, baseline: baseline ?? null };
  return { ...state, stops: state.stops.set(site, { ready, done: before?.done ?? null }) };
}

/** `stop/done`: the newest word counts. */
export function reduceStopDone(
  state: GateState,
  { index, body }: Said<z.infer<typeof stopDone.body>>,
  at: number,
): GateState {
  const { site, text } = body;
  const before = state.stops.get(site);
  const done = { index, at, text };
  return { ...state, stops: state.stops.set(site, { ready: before?.ready ?? null, done }) };
}
