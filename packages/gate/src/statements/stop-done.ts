import { type EvidencePart, notOwnSite } from "@standstill/evidence";
import { type ClockPart, DRAFT, defineStatement, nameSchema } from "@standstill/record";
import { z } from "zod";
import { type GatePart, withStopWords } from "../state.ts";

/** `stop/done`: a party says that a site has stopped. It is its word; a report of a period after it shows it. The newest word counts. */
export const stopDone = defineStatement({
  type: "stop/done",
  version: DRAFT,
  roles: ["party"],
  words: "A party says that a site has stopped; a report of a period after it shows it.",
  body: z.strictObject({ site: nameSchema, text: z.string().min(1).max(2000) }),
  reduce: (
    { gate, evidence, clock: { at } }: GatePart & EvidencePart & ClockPart,
    { index, statement, body: { site, text } },
  ) =>
    notOwnSite(evidence, statement.issuer, site) ?? {
      gate: withStopWords(gate, site, { done: { index, at, text } }),
    },
});
