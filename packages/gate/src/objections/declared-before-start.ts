import { DAY_MS, parseQuantity } from "@standstill/record";
import { amount } from "../amount.ts";
import { ifTraining, objection, runOf, UNDECLARED_DAYS } from "./objection.ts";

/** Training from the line on that was not declared, or not so long before. */
export const declaredBeforeStart = ifTraining<"declared-before-start">(
  ({ above, noticeDays }, duty, asked) => {
    const { judged, sums, now } = asked;
    const line = parseQuantity(above, "FLOP");
    const run = runOf(asked);
    const before =
      run === undefined ? sums.undeclaredTraining(UNDECLARED_DAYS) : sums.inRun + run.ancestryFlop;
    if (before + judged.flop < line && (run?.flop ?? 0n) < line) return [];
    const expected = `a run of ${amount(line)} or more declared ${noticeDays} days before it starts`;
    if (run === undefined) return [objection(duty, expected, "no run on record")];
    const startsAt = run.declaredAt + noticeDays * DAY_MS;
    return now >= startsAt
      ? []
      : [objection(duty, expected, `one that may start at ${new Date(startsAt).toISOString()}`)];
  },
);
