import type { Run } from "@standstill/evidence";
import { declaredFlop, highestPeak } from "../account/index.ts";
import {
  type CheckResult,
  contradiction,
  type ExposingCheck,
  type FindingTold,
  type Played,
} from "../finding.ts";
import { sum } from "../interval.ts";
import { runGroups } from "../run-groups.ts";
import { nodesOf } from "../subject.ts";
import { about, energy, findingWords } from "../words/index.ts";
import { placeOf } from "./work-explained.ts";

/**
 * Physical possibility: no run above the highest dense peak of its nodes over its time, no runs above it together that share
 * nodes, and no more work in all than the energy can have done. A precision that nobody stated counts at the highest peak known.
 */
export const physicallyPossible: ExposingCheck = {
  id: "physically-possible",
  of: "evidence",
  serves: ["training-declared"],
  needs: [],
  accuses: true,
  underEvasion: "exposes",
  run: (subject, account): CheckResult => {
    const findings: FindingTold[] = [];
    for (const run of subject.runs) {
      const declared = declaredFlop(run, subject).low;
      const possible = peakOver(
        subject,
        run.nodes,
        Date.parse(run.period.end) - Date.parse(run.period.start),
      );
      if (declared <= possible) continue;
      const words = findingWords.beyondPeak(
        run.run,
        about(declared, "FLOP"),
        about(possible, "FLOP"),
      );
      const numbers = { declared: `${declared} FLOP`, possible: `${possible} FLOP` };
      findings.push(contradiction(run.run, words, { numbers }));
    }
    findings.push(...beyondPeakTogether(subject));
    const possible = account.measured.high;
    if (account.energyJoules !== undefined && account.declared.low > possible) {
      const words = findingWords.beyondEnergy(
        about(account.declared.low, "FLOP"),
        about(possible, "FLOP"),
        energy(account.energyJoules),
      );
      const numbers = {
        declared: `${account.declared.low} FLOP`,
        possible: `${possible} FLOP`,
        metered: `${account.energyJoules} J`,
      };
      findings.push(contradiction("site", words, { numbers }));
    }
    return { findings, gaps: [] };
  },
};

/** Runs that share nodes: all of them together cannot do more than those nodes in the time that any of them takes. */
function beyondPeakTogether(subject: Played): FindingTold[] {
  return runGroups(subject.runs).flatMap((group): FindingTold[] => {
    if (group.runs.length < 2) return [];
    const declared = sum(group.runs.map((run) => declaredFlop(run, subject))).low;
    let possible = 0n;
    for (const { device, accelerator, accelerators } of nodesOf(subject)) {
      const spans = group.runs.filter(({ nodes }) => nodes.includes(device));
      possible += (accelerators * highestPeak(accelerator) * BigInt(unionMs(spans))) / 1000n;
    }
    if (declared <= possible) return [];
    const told = group.runs.slice(0, 4).map((run): [string, string] => {
      const { period, nodes } = run;
      const flop = about(declaredFlop(run, subject).low, "FLOP");
      return [run.run, `${flop} on ${nodes.length} nodes, ${period.start} to ${period.end}`];
    });
    const words = findingWords.beyondPeakTogether(
      told.map(([run, what]) => `${run}: ${what}`).join("; "),
      group.runs.length,
      about(declared, "FLOP"),
      about(possible, "FLOP"),
    );
    const numbers = {
      ...Object.fromEntries(told),
      declared: `${declared} FLOP`,
      possible: `${possible} FLOP`,
    };
    return [contradiction(group.about, words, { numbers, where: placeOf(group) })];
  });
}

/** Milliseconds in which at least one of some runs is declared to run. */
function unionMs(runs: readonly Run[]): number {
  const spans = runs
    .map(({ period }) => [Date.parse(period.start), Date.parse(period.end)] as const)
    .sort((a, b) => a[0] - b[0]);
  let [total, reach] = [0, Number.NEGATIVE_INFINITY];
  for (const [start, end] of spans) {
    if (end <= reach) continue;
    total += end - Math.max(start, reach);
    reach = end;
  }
  return total;
}

/** Work of some nodes at their highest dense peak, in FLOP: what no run on them can exceed. */
function peakOver(subject: Played, devices: readonly string[], milliseconds: number): bigint {
  return nodesOf(subject)
    .filter((node) => devices.includes(node.device))
    .reduce(
      (total, node) =>
        total + (node.accelerators * highestPeak(node.accelerator) * BigInt(milliseconds)) / 1000n,
      0n,
    );
}
