import { nameSchema, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount, inDays } from "../explain/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";
import { aboveLimit } from "./run-lines.ts";

/** Training from a line on is declared so many days before it starts. */
export type DeclaredBeforeStart = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("declared-before-start"),
  above: quantitySchema("FLOP"),
  noticeDays: z.int().min(0).max(365),
  /** What no answer means. */
  silence: z.enum(["approval", "refusal"]),
  /** Role whose holders approve, where somebody must. */
  approvedBy: nameSchema.optional(),
});

/** The rule of `declared-before-start`. */
export const declaredBeforeStart = obligationRule<DeclaredBeforeStart>({
  schema,
  line: ({ above }) => ({ field: "above", amount: above }),
  holdsBack: false,
  isMeasurable: true,
  names: ({ approvedBy }) =>
    approvedBy === undefined ? [] : [{ what: "role", name: approvedBy, field: "approvedBy" }],
  sentences: ({ above, noticeDays, silence, approvedBy }) => [
    `Training from ${amount(above, "FLOP")} on is declared ${inDays(noticeDays)} before it starts. No answer within that time means ${silence}.`,
    ...(approvedBy === undefined ? [] : [`It needs the approval of ${approvedBy}.`]),
  ],
  lint: ({ above, silence, noticeDays }, { runLimits }) => [
    ...aboveLimit(above, runLimits),
    ...(silence === "approval" && noticeDays === 0 ? [silenceAtOnce] : []),
  ],
  stricter: {
    above: "less",
    noticeDays: "more",
    silence: ["approval", "refusal"],
    approvedBy: "added",
  },
});

const silenceAtOnce = {
  rule: "silence-at-once",
  path: ["noticeDays"],
  sentence: "No answer means approval, and no time is left to answer. Give days of notice.",
};
