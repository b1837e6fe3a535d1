import { there } from "@standstill/record";
import { randomFrom, strongestRhythm } from "@standstill/statistics";
import { counterNamed, nodeSeries } from "../counters.ts";
import {
  type CheckResult,
  type EvidenceCheck,
  type FindingTold,
  type GapTold,
  gap,
  silent,
  suspicion,
} from "../finding.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import { type RunGroup, windowOwners } from "../run-groups.ts";
import { drawsFor, isSignificant, isStrong } from "../significance.ts";
import type { Subject } from "../subject.ts";
import { counterWords, hundredths } from "../words/index.ts";
import { separateGroups } from "./traffic-explained.ts";
import { placeOf } from "./work-explained.ts";

/** So far below zero that no number of nodes brings it back. */
const SILENT = -1_000_000_000;

/**
 * Traffic of separate servers follows the requests; that of nodes that train together comes in even steps. Tested against the same
 * windows in another order. Steps shorter than three windows are not seen.
 */
export const stepsAbsent: EvidenceCheck = {
  id: "steps-absent",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["counters"],
  accuses: true,
  underEvasion: "misled",
  run: (subject): CheckResult => {
    const counter = counterNamed(subject, "network-sent");
    if (counter === undefined) return silent;
    const groups = separateGroups(subject);
    const tested = groups.slice(0, thresholds.groupsTested);
    const traffic = trafficOf(subject, groups, tested.length);
    const findings: FindingTold[] = [];
    const gaps: GapTold[] = [];
    for (const [i, group] of tested.entries()) {
      const random = randomFrom(`steps-absent ${subject.seed} ${group.about}`);
      const rhythm = strongestRhythm(there(traffic[i]), drawsFor(subject, tested.length), random);
      if (rhythm === "too-short") {
        gaps.push(gap("steps-untested", counterWords.rhythmUntested(group.about)));
        continue;
      }
      const { reached, shuffles: drawn } = rhythm;
      if (!isSignificant({ reached, drawn }, subject, tested.length)) continue;
      if (!isStrong(rhythm.strength, subject)) continue;
      const seconds = (rhythm.lag * counter.windowMs) / 1000;
      const strength = hundredths(rhythm.strength);
      const highest = hundredths(rhythm.highestNull);
      const words = counterWords.rhythm(group.about, `${seconds} s`, strength, highest);
      const numbers = {
        every: `${seconds} s`,
        strength,
        highestShuffled: highest,
        reached: `${rhythm.reached} of ${rhythm.shuffles}`,
      };
      findings.push(suspicion(group.about, words, { numbers, where: placeOf(group) }));
    }
    return { findings, gaps };
  },
};

/** What each group's nodes sent, window by window, where a window is theirs alone and all of them tell. */
function trafficOf(subject: Subject, groups: readonly RunGroup[], tested: number): number[][] {
  const counter = counterNamed(subject, "network-sent");
  const traffic = Array.from({ length: tested }, (): number[] => []);
  if (counter === undefined) return traffic;
  const sums = traffic.map(() => new Float64Array(counter.count));
  // How many nodes told; a node that is silent makes the window unknown.
  const told = traffic.map(() => new Int32Array(counter.count));
  for (const [node, owner] of windowOwners(groups, counter)) {
    const own = nodeSeries(counter, node, "sum");
    for (let w = 0; w < counter.count; w++) {
      const of = there(owner[w]);
      if (of < 0 || of >= tested) continue;
      const [sum, count] = [there(sums[of]), there(told[of])];
      if (own === undefined || own.known[w] === 0) count[w] = SILENT;
      else {
        sum[w] = there(sum[w]) + there(own.values[w]);
        count[w] = there(count[w]) + 1;
      }
    }
  }
  for (const [i, list] of traffic.entries()) {
    const [sum, count] = [there(sums[i]), there(told[i])];
    for (let w = 0; w < counter.count && list.length < thresholds.rhythmWindows; w++)
      if (there(count[w]) > 0) list.push(there(sum[w]));
  }
  return traffic;
}
