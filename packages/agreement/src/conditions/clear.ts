import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { isClear } from "../facts.ts";
import { ruleOnFacts } from "./rule.ts";

/** Met while nothing stands against a party: no open violation, and no verdict below `unverified`. */
export type Clear = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("clear"),
  party: nameSchema,
});

/** The rule of `clear`. */
export const clear = ruleOnFacts<Clear>({
  schema,
  names: ({ party }) => [{ what: "party", name: party, field: "party" }],
  holds: ({ party }, { facts }) => isClear(facts, party),
  sentence: ({ party }, { name }) => `${name(party)} has no finding standing`,
  // Whoever breaks its duties has a finding against it.
  setBy: ({ party }) => [party],
});
