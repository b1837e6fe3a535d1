import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { ruleOnFacts } from "./rule.ts";

/** Met while a safeguard of the terms is accepted for the agreement as a whole. */
export type Accepted = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("accepted"),
  safeguard: nameSchema,
});

/** The rule of `accepted`. */
export const accepted = ruleOnFacts<Accepted>({
  schema,
  names: ({ safeguard }) => [{ what: "safeguard", name: safeguard, field: "safeguard" }],
  holds: ({ safeguard }, { facts }) => facts.safeguards.has(safeguard),
  sentence: ({ safeguard }) => `the safeguard ${safeguard} is accepted`,
  setBy: ({ safeguard }, { assesses }) => assesses(safeguard),
});
