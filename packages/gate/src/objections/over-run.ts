import type { Duty } from "@standstill/agreement";
import { parseQuantity } from "@standstill/record";
import { amount } from "../amount.ts";
import { type Asked, type Objection, objection, runOf, UNDECLARED_DAYS } from "./objection.ts";

/** An objection where a job takes its run, with its ancestry or without, over the limit that counts. */
export function overRun(duty: Duty, withAncestry: boolean, asked: Asked): Objection[] {
  if (duty.limit === undefined) return [];
  const { judged, sums } = asked;
  const ancestry = withAncestry ? (runOf(asked)?.ancestryFlop ?? 0n) : 0n;
  const before =
    judged.request.run === undefined ? sums.undeclaredTraining(UNDECLARED_DAYS) : sums.inRun;
  const most = parseQuantity(duty.limit, "FLOP");
  const all = ancestry + before + judged.flop;
  if (all <= most) return [];
  const what = withAncestry ? "in a run and what it rests on" : "in a run";
  return [
    objection(
      duty,
      `at most ${amount(most)} ${what}`,
      `${amount(all)}: ${amount(ancestry + before)} before, ${amount(judged.flop)} asked for`,
    ),
  ];
}
