import { z } from "zod";
import { bare } from "../explain/words.ts";
import { sentence } from "../terms/words.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** Something is reported to somebody within hours. */
export type Report = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("report"),
  /** What has to be reported. */
  of: sentence,
  to: z.string().min(1).max(200),
  withinHours: z.int().min(1).max(87_600),
});

/** The rule of `report`. */
export const report = obligationRule<Report>({
  schema,
  holdsBack: false,
  isMeasurable: true,
  sentences: ({ of, to, withinHours }) => [
    `${bare(of)}: reported to ${to} within ${withinHours} hours.`,
  ],
  stricter: { of: "cannot-be-said", to: "cannot-be-said", withinHours: "less" },
});
