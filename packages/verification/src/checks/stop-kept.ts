import { parseQuantity } from "@standstill/record";
import { dutyWithin } from "../duties-in-force.ts";
import { type CheckResult, contradiction, type DutyCheck, gap, silent } from "../finding.ts";
import { idlingOf } from "../stop/idling.ts";
import { stopSpans } from "../stop/stop-time.ts";
import type { Subject } from "../subject.ts";
import { within } from "../within.ts";
import { about, energy, stopWords } from "../words/index.ts";
import { isExempt } from "./exempt.ts";
import { isMuch } from "./over-the-line.ts";

/**
 * A pause, from the hour on at which everything stands still: nodes idle, but for declared work that is no training or that an exemption
 * frees. Nodes that work without it are a finding; a stop that these readings cannot show, because windows are unread or other work takes
 * power, is a gap. That no training is declared for the time is the limit of nothing at all, which `run-limit` holds runs to.
 */
export const stopKept: DutyCheck = {
  id: "stop-kept",
  of: "duty",
  serves: ["training-run-limit"],
  needs: ["node-power"],
  accuses: true,
  run: (duty, subject) => {
    const results = stopSpans(duty).map((span): CheckResult => {
      const part = within(subject, span);
      const inSpan = dutyWithin(duty, span);
      return judgeSpan(
        part,
        idlingOf(part, (run) => run.activity !== "training" || isExempt(subject, inSpan, { run })),
      );
    });
    return {
      findings: results.flatMap(({ findings }) => findings),
      gaps: results.flatMap(({ gaps }) => gaps),
    };
  },
};

function judgeSpan(part: Subject, idling: ReturnType<typeof idlingOf>): CheckResult {
  const code = "stop-not-shown";
  if (idling === undefined) return { findings: [], gaps: [gap(code, stopWords.noMeter())] };
  const { over, all, done, where, read, most, idle, missing } = idling;
  const matters = done.low >= parseQuantity(part.terms.goals.significantQuantity, "FLOP");
  if (over > 0 && (matters || isMuch(over, all - missing))) {
    const words = stopWords.worked(over, all, about(done.low, "FLOP"), about(done.high, "FLOP"));
    const numbers = {
      windows: `${over} of ${all}`,
      leastDone: `${done.low} FLOP`,
      mostDone: `${done.high} FLOP`,
    };
    return {
      findings: [
        contradiction("site", words, where === undefined ? { numbers } : { numbers, where }),
      ],
      gaps: [],
    };
  }
  if (most <= idle) return silent;
  const words =
    read <= idle
      ? stopWords.unread(missing, all)
      : stopWords.otherWork(energy(read / 1000n), energy(idle / 1000n));
  return { findings: [], gaps: [gap(code, words)] };
}
