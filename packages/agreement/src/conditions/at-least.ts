import { z } from "zod";
import { neverMet, ruleOnParts } from "./rule.ts";

/** Met while so many of the conditions inside it are. */
export interface AtLeast<Part> {
  readonly kind: "at-least";
  readonly number: number;
  readonly of: readonly Part[];
}

/** The rule of `at-least`, of conditions inside it of a schema. */
export function atLeast<Part>(part: z.ZodType<Part>) {
  return ruleOnParts<AtLeast<Part>, Part>({
    schema: z.strictObject({
      kind: z.literal("at-least"),
      number: z.int().min(1).max(1000),
      of: z.array(part).min(1).max(1000),
    }),
    parts: ({ of }) => of.map((condition, i) => ({ path: ["of", i], condition })),
    read: ({ number, of }, reading) => reading.atLeast(number, of),
    sentence: ({ number, of }, words) =>
      `at least ${number} of these hold: ${of.map(words.part).join("; ")}`,
    heading: ({ number }) => `at least ${number} of these hold`,
    needsBrackets: () => true,
    lint: ({ number, of }) =>
      number > of.length ? [neverMet(`It asks for ${number} of ${of.length}.`)] : [],
  });
}
