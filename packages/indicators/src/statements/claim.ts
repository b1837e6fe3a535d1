import { INDICATOR_NAMES, indicatorValue } from "@standstill/agreement";
import { z } from "zod";
import { daysSchema, methodSchema, sentenceSchema } from "./measurement.ts";

/** What a party says of itself in public, as "80 % of merged code is written by AI". */
export const claimSchema = z.strictObject({
  indicator: z.enum(INDICATOR_NAMES),
  period: daysSchema,
  /** Whether the claim is a number, at least it, or at most it. */
  says: z.enum(["exactly", "at-least", "at-most"]),
  value: indicatorValue,
  /** By what method the party says that it measured; `null` where it does not say. */
  method: methodSchema.nullable(),
  words: sentenceSchema,
  source: sentenceSchema,
});

/** What a party says of itself in public. */
export type IndicatorClaim = z.infer<typeof claimSchema>;
