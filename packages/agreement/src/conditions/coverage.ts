import { z } from "zod";
import { reachesShare, shareSchema } from "../terms/share.ts";
import { ruleOnFacts } from "./rule.ts";

/** Met while such a share of the world's estimated compute is under the agreement. */
export type Coverage = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("coverage"),
  atLeast: shareSchema,
});

/** The rule of `coverage`. */
export const coverage = ruleOnFacts<Coverage>({
  schema,
  names: () => [],
  holds: ({ atLeast }, { facts }) => reachesShare(facts.coverageTenThousandths, atLeast),
  sentence: ({ atLeast }) => `a share of ${atLeast} or more of the world's compute is covered`,
  setBy: (_own, { keeper }) => [keeper],
});
