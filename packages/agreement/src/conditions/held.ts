import { DAY_MS } from "@standstill/record";
import { z } from "zod";
import { inDays } from "../explain/words.ts";
import { ruleOnParts, type World, wordsOf } from "./rule.ts";

/** Met while the condition inside it is, and for so many days after it last was. */
export interface Held<Part> {
  readonly kind: "held";
  readonly that: Part;
  readonly withinDays: number;
}

/** The rule of `held`, of a condition inside it of a schema. */
export function held<Part>(part: z.ZodType<Part>) {
  return ruleOnParts<Held<Part>, Part>({
    schema: z.strictObject({
      kind: z.literal("held"),
      that: part,
      withinDays: z.int().min(1).max(36_500),
    }),
    isShared: true,
    parts: ({ that }) => [{ path: ["that"], condition: that }],
    read: (own, reading) =>
      heldRecently(own, reading.world) ? reading.fact(true) : reading.part(own.that),
    worldly: heldRecently,
    sentence: ({ that, withinDays }, words) =>
      `${words.part(that)} now or within the last ${inDays(withinDays)}`,
    heading: ({ withinDays }) => `this held within the last ${withinDays} days`,
    needsBrackets: () => false,
  });
}

/** Whether it held within its days, by the past alone. */
function heldRecently<Part>(own: Held<Part>, { at, held: past }: World): boolean {
  const last = past.get(wordsOf(own));
  return last !== undefined && at - last < own.withinDays * DAY_MS;
}
