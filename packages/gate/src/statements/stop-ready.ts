import { type EvidencePart, notOwnSite } from "@standstill/evidence";
import {
  type ClockPart,
  DRAFT,
  defineStatement,
  nameSchema,
  sha256Schema,
} from "@standstill/record";
import { z } from "zod";
import { type GatePart, withStopWords } from "../state.ts";

/**
 * `stop/ready`: a party says which jobs have to stop at a site, and how long it takes to leave them in order, with their state saved. The
 * newest word counts.
 */
export const stopReady = defineStatement({
  type: "stop/ready",
  version: DRAFT,
  roles: ["party"],
  words: "A party says which jobs have to stop at a site, and how long that takes.",
  body: z.strictObject({
    site: nameSchema,
    /** Running jobs that have to stop, as its gate lists them. */
    jobs: z.int().min(0).max(10_000_000),
    needsHours: z.int().min(0).max(8760),
    /** Id of a `period/report` of this site in which it idled: its stop is held against that power. */
    baseline: sha256Schema.optional(),
    text: z.string().min(1).max(2000),
  }),
  reduce: (
    { gate, evidence, clock: { at } }: GatePart & EvidencePart & ClockPart,
    { index, statement, body: { site, jobs, needsHours, baseline, text } },
  ) => {
    const ready = { index, at, text, jobs, needsHours, baseline: baseline ?? null };
    return (
      notOwnSite(evidence, statement.issuer, site) ?? { gate: withStopWords(gate, site, { ready }) }
    );
  },
});
