import { parseQuantity } from "@standstill/record";
import { amount } from "../amount.ts";
import { ifTraining, objection, runOf, UNDECLARED_DAYS } from "./objection.ts";

/** Training from the line on without a run that is declared as training, or beyond what was declared. */
export const trainingDeclared = ifTraining<"training-declared">((obligation, duty, asked) => {
  const { judged, sums } = asked;
  const line = parseQuantity(obligation.above, "FLOP");
  const run = runOf(asked);
  if (run === undefined) {
    const all = sums.undeclaredTraining(UNDECLARED_DAYS) + judged.flop;
    const got =
      judged.request.run === undefined
        ? `${amount(all)} of training without a run`
        : `the run ${judged.request.run}, which is not on record`;
    const expected = `training of ${amount(line)} or more declared as a run of the party`;
    return all < line ? [] : [objection(duty, expected, got)];
  }
  const all = sums.inRun + judged.flop;
  if (all < line) return [];
  if (run.activity !== "training")
    return [objection(duty, `the run ${run.run} declared as training`, `it as ${run.activity}`)];
  if (all <= run.flop) return [];
  return [
    objection(
      duty,
      `at most ${amount(run.flop)}, as the run ${run.run} is declared`,
      `${amount(all)}: ${amount(sums.inRun)} before, ${amount(judged.flop)} asked for`,
    ),
  ];
});
