import { z } from "zod";
import { ruleOnParts } from "./rule.ts";

/** Met while one of the conditions inside it is. */
export interface Any<Part> {
  readonly kind: "any";
  readonly of: readonly Part[];
}

/** The rule of `any`, of conditions inside it of a schema. */
export function any<Part>(part: z.ZodType<Part>) {
  return ruleOnParts<Any<Part>, Part>({
    schema: z.strictObject({ kind: z.literal("any"), of: z.array(part).min(1).max(1000) }),
    parts: ({ of }) => of.map((condition, i) => ({ path: ["of", i], condition })),
    read: ({ of }, reading) => reading.atLeast(1, of),
    sentence: ({ of }, words) => of.map(words.part).join(" or "),
    heading: () => "one of these holds",
    needsBrackets: () => true,
  });
}
