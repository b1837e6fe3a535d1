import { parseQuantity } from "@standstill/record";
import { amount } from "../amount.ts";
import { type ObjectionRule, objection } from "./objection.ts";

/** A job of any kind that takes all compute of the last days over the limit that counts. */
export const researchComputeLimit: ObjectionRule<"research-compute-limit"> = (
  { perDays },
  duty,
  { judged, sums },
) => {
  if (duty.limit === undefined) return [];
  const most = parseQuantity(duty.limit, "FLOP");
  const all = sums.all(perDays) + judged.flop;
  return all <= most
    ? []
    : [objection(duty, `at most ${amount(most)} in ${perDays} days`, amount(all))];
};
