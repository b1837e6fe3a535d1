import { quantitySchema } from "@standstill/record";
import { z } from "zod";
import { amount, listed } from "../explain/words.ts";
import { activitySchema } from "../terms/logs.ts";
import { nothingAgreed } from "./activity-log.ts";
import { head } from "./head.ts";
import { obligationRule } from "./rule.ts";

/** What a site's activity log tells of, of some activities, stays below a limit: run by run, or all together in a period. */
export type ActivityLimit = z.infer<typeof schema>;

const schema = z.strictObject({
  ...head,
  kind: z.literal("activity-limit"),
  /** One logical run with all it rests on, or all records of the log together. */
  per: z.enum(["logical-run", "total"]),
  /** Activities that count; all of them where absent. */
  activities: z.array(activitySchema).min(1).readonly().optional(),
  limit: quantitySchema("FLOP"),
});

/** The rule of `activity-limit`. */
export const activityLimit = obligationRule<ActivityLimit>({
  schema,
  line: ({ limit }) => ({ field: "limit", amount: limit }),
  // A pause stops training, and leaves what else is permitted.
  inForce: (own, { mode }) => (mode === "pause" && isOfTraining(own) ? "0 FLOP" : own.limit),
  isNothingInPause: (own) => isOfTraining(own),
  holdsBack: true,
  isMeasurable: true,
  sentences: (own) => [
    `In the activity log of a site in a period, ${what(own)} at most ${amount(own.limit, "FLOP")}.`,
    ...(isOfTraining(own) ? ["In a pause it is nothing at all."] : []),
  ],
  lint: (_own, { hasLogTerms }) => (hasLogTerms ? [] : [nothingAgreed]),
  stricter: { per: "cannot-be-said", activities: "cannot-be-said", limit: "less" },
});

function isOfTraining({ activities }: ActivityLimit): boolean {
  return activities?.every((activity) => activity === "training") ?? false;
}

function what({ per, activities }: ActivityLimit): string {
  const named = activities === undefined ? "all activities" : listed(activities);
  const verb = activities?.length === 1 ? "takes" : "take";
  return per === "total"
    ? `${named} ${verb} altogether`
    : `${named} ${verb}, in one run with all that it rests on,`;
}
