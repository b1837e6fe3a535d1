import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { ruleOnFacts } from "./rule.ts";

/** Met while a tripwire of the terms has tripped. */
export type Tripped = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("tripped"),
  tripwire: nameSchema,
});

/** The rule of `tripped`. */
export const tripped = ruleOnFacts<Tripped>({
  schema,
  names: ({ tripwire }) => [{ what: "tripwire", name: tripwire, field: "tripwire" }],
  holds: ({ tripwire }, { facts }) => facts.tripwires.get(tripwire) === "tripped",
  sentence: ({ tripwire }) => `the tripwire ${tripwire} has tripped`,
  setBy: ({ tripwire }, { measures }) => measures(tripwire),
});
