import { z } from "zod";
import { daySchema, startOfDay } from "../instant.ts";
import { ruleOnFacts } from "./rule.ts";

/** Met from the beginning of a day on. */
export type From = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("from"),
  day: daySchema,
});

/** The rule of `from`. */
export const from = ruleOnFacts<From>({
  schema,
  names: () => [],
  holds: ({ day }, { at }) => at >= startOfDay(day),
  turnsAt: ({ day }) => startOfDay(day),
  sentence: ({ day }) => `it is ${day} or later`,
  setBy: () => [],
});
