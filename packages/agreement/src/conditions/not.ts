import { z } from "zod";
import { ruleOnParts } from "./rule.ts";

/**
 * Met while the condition inside it is not. It stands over facts only: where it asked who is bound, one more party bound could unmeet
 * it, and there would be no greatest fixed point.
 */
export interface Not<Part> {
  readonly kind: "not";
  readonly that: Part;
}

/** The rule of `not`, of a condition inside it of a schema. */
export function not<Part>(part: z.ZodType<Part>) {
  return ruleOnParts<Not<Part>, Part>({
    schema: z.strictObject({ kind: z.literal("not"), that: part }),
    parts: ({ that }) => [{ path: ["that"], condition: that }],
    read: ({ that }, reading) => reading.not(that),
    sentence: ({ that }, words) => `it is not so that ${words.part(that)}`,
    heading: () => "this does not hold",
    needsBrackets: () => true,
  });
}
