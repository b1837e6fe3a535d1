import { z } from "zod";
import { neverMet, ruleOnParts } from "./rule.ts";

/** Met while every condition inside it is; one without any inside is always met. */
export interface All<Part> {
  readonly kind: "all";
  readonly of: readonly Part[];
}

/** The rule of `all`, of conditions inside it of a schema. */
export function all<Part>(part: z.ZodType<Part>) {
  return ruleOnParts<All<Part>, Part>({
    schema: z.strictObject({ kind: z.literal("all"), of: z.array(part).max(1000) }),
    parts: ({ of }) => of.map((condition, i) => ({ path: ["of", i], condition })),
    read: ({ of }, reading) => reading.atLeast(of.length, of),
    sentence: ({ of }, words) =>
      of.length === 0 ? "nothing further is asked" : of.map(words.part).join(" and "),
    heading: () => "all of these hold",
    needsBrackets: ({ of }) => of.length > 0,
    lint: ({ of }) => {
      const texts = new Set(of.map((one) => JSON.stringify(one)));
      const contrary = (one: Part) => texts.has(JSON.stringify({ kind: "not", that: one }));
      return of.some(contrary)
        ? [neverMet("It asks that something holds and that it does not.")]
        : [];
    },
  });
}
