import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { modeSchema } from "../terms/mode.ts";
import { ruleOnBound } from "./rule.ts";

/** Met while a party is bound, at a mode or a stricter one. */
export type Bound = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("bound"),
  party: nameSchema,
  mode: modeSchema,
});

/** The rule of `bound`. */
export const bound = ruleOnBound<Bound>({
  schema,
  isShared: false,
  names: ({ party }) => [{ what: "party", name: party, field: "party" }],
  read: ({ party, mode }, reading) => reading.bound(party, mode),
  sentence: ({ party, mode }, { name }) => `${name(party)} is bound to a ${mode} or more`,
  lint: () => [],
});
