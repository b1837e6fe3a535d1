import { declaredFlop, highestPeak } from "../account/index.ts";
import type { Check, CheckResult, Finding } from "../finding.ts";
import { acceleratorOf, nodesOf, type Subject } from "../subject.ts";
import { about, energy, findingWords } from "../words/index.ts";

/**
 * Physical possibility: no run above the highest dense peak of its nodes over its time, and no more work in all than
 * the energy can have done. A precision that nobody stated counts at the highest peak known.
 */
export const physicallyPossible: Check = {
  id: "physically-possible",
  needs: [],
  accuses: true,
  run: (subject, account): CheckResult => {
    const findings: Finding[] = subject.site.nodes
      .filter((node) => acceleratorOf(subject.terms, node.accelerator) === undefined)
      .map((node) => ({
        ...findingWords.unknownAccelerator(node.device, node.accelerator),
        numbers: {},
      }));
    for (const run of subject.runs) {
      const declared = declaredFlop(run, subject).low;
      const possible = peakOver(
        subject,
        run.nodes,
        Date.parse(run.period.end) - Date.parse(run.period.start),
      );
      if (declared <= possible) continue;
      findings.push({
        ...findingWords.beyondPeak(run.run, about(declared, "FLOP"), about(possible, "FLOP")),
        numbers: { declared: `${declared} FLOP`, possible: `${possible} FLOP` },
      });
    }
    const possible = account.measured.high;
    if (account.energyJoules !== undefined && account.declared.low > possible) {
      findings.push({
        ...findingWords.beyondEnergy(
          about(account.declared.low, "FLOP"),
          about(possible, "FLOP"),
          energy(account.energyJoules),
        ),
        numbers: {
          declared: `${account.declared.low} FLOP`,
          possible: `${possible} FLOP`,
          metered: `${account.energyJoules} J`,
        },
      });
    }
    return { findings, gaps: [] };
  },
};

/** Work of some nodes at their highest dense peak, in FLOP: what no run on them can exceed. */
function peakOver(subject: Subject, devices: readonly string[], milliseconds: number): bigint {
  return nodesOf(subject)
    .filter((node) => devices.includes(node.device))
    .reduce(
      (sum, node) =>
        sum + (node.accelerators * highestPeak(node.accelerator) * BigInt(milliseconds)) / 1000n,
      0n,
    );
}
