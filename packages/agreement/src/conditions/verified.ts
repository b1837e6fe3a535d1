import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { isClear } from "../facts.ts";
import { ruleOnFacts } from "./rule.ts";

/** Met while a party is verified, and nothing stands against it. */
export type Verified = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("verified"),
  party: nameSchema,
});

/** The rule of `verified`. */
export const verified = ruleOnFacts<Verified>({
  schema,
  names: ({ party }) => [{ what: "party", name: party, field: "party" }],
  holds: ({ party }, { facts }) =>
    isClear(facts, party) && facts.verdicts.get(party)?.verdict === "verified",
  sentence: ({ party }, { name }) => `${name(party)} is verified`,
  // Whoever does not report is not verified.
  setBy: ({ party }) => [party],
});
