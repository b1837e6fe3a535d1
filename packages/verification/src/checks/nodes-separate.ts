import type { Run } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";
import { type Check, type CheckResult, type Finding, type Gap, silent } from "../finding.ts";
import { millionths } from "../interval.ts";
import { randomFrom } from "../random.ts";
import { nodesOf, type Subject } from "../subject.ts";
import { type Synchrony, testSynchrony, type Untestable } from "../synchrony.ts";
import { findingWords, gapWords, hundredths } from "../words.ts";

const SHIFTS = 199;

/**
 * Declared activity against what the power series carries: nodes that are declared to work separately must not move
 * together, and nodes declared to train together should. Neither level nor variance of power takes part.
 */
export const nodesSeparate: Check = {
  id: "nodes-separate",
  needs: ["node-power"],
  run: (subject): CheckResult => {
    const findings: Finding[] = [];
    const gaps: Gap[] = [];
    if (subject.evidence.windows === undefined) return silent;
    for (const run of subject.runs) {
      const result = testRun(subject, run);
      if (result === "one-node") gaps.push(gapWords.oneNode(run.run));
      else if (result === "too-short") gaps.push(gapWords.tooShort(run.run));
      else if (run.nodesTogether) {
        if (!isSignificant(result, subject)) gaps.push(gapWords.notTogether(run.run));
      } else if (isSignificant(result, subject) && isStrong(result, subject)) {
        findings.push({
          ...findingWords.movedTogether(
            run.run,
            result.nodes,
            hundredths(result.correlation),
            hundredths(result.highestNull),
            result.shifts,
          ),
          numbers: {
            correlation: hundredths(result.correlation),
            highestShifted: hundredths(result.highestNull),
            reached: `${result.reached} of ${result.shifts}`,
            nodes: `${result.nodes}`,
            windows: `${result.windows}`,
          },
        });
      }
    }
    return { findings, gaps };
  },
};

function testRun(subject: Subject, run: Run): Synchrony | Untestable {
  const { windows } = subject.evidence;
  if (windows === undefined) return "one-node";
  const rows = run.nodes.map((node) => windows.devices.indexOf(node)).filter((row) => row >= 0);
  const windowAt = (time: string) =>
    Math.floor((Date.parse(time) - windows.startMs) / windows.windowMs);
  const start = Math.max(0, windowAt(run.period.start));
  const end = Math.min(windows.count, windowAt(run.period.end));
  const random = randomFrom(`nodes-separate ${subject.seed} ${run.run}`);
  return testSynchrony(windows, rows, start, end, idleMilliwatts(subject, run), SHIFTS, random);
}

/** Power up to which a node of the run idles: the highest among its nodes' types. */
function idleMilliwatts(subject: Subject, run: Run): number {
  const idle = nodesOf(subject)
    .filter((node) => run.nodes.includes(node.device))
    .map(
      (node) =>
        Number(node.accelerators * parseQuantity(node.accelerator.power.idle.high, "W")) * 1000,
    );
  return Math.max(0, ...idle);
}

/** The false-alarm rate of the agreement is shared among its parties: one such test each and period. */
function isSignificant(result: Synchrony, { terms }: Subject): boolean {
  const parties = BigInt(terms.parties.length);
  return (
    BigInt(result.reached + 1) * 1_000_000n * parties <=
    millionths(terms.goals.falseAlarmRate) * BigInt(result.shifts + 1)
  );
}

function isStrong(result: Synchrony, { terms }: Subject): boolean {
  return BigInt(result.correlation) * 1000n >= millionths(terms.synchrony.smallestCorrelation);
}
