import { millionths, parseQuantity } from "@standstill/record";
import { differenceStatistic, sigmasFor } from "@standstill/statistics";
import { energyByNode } from "../account/node-energy.ts";
import {
  type CheckResult,
  contradiction,
  type EvidenceCheck,
  type FindingTold,
  type GapTold,
  gap,
  silent,
} from "../finding.ts";
import { fullPowerWatts, independently, type Subject } from "../subject.ts";
import { energy, recordWords } from "../words/index.ts";

/**
 * The operator's meters against those of others, by the difference statistic with its systematic part: an operator who understates
 * energy does so everywhere, and that does not average out. Silent windows count as full power in the operator's favour.
 */
export const metersAgree: EvidenceCheck = {
  id: "meters-agree",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power"],
  accuses: true,
  underEvasion: "misled",
  run: (subject, account): CheckResult => {
    const reports = independently(subject, "energy");
    const { energyJoules } = account;
    if (reports.length === 0 || energyJoules === undefined) return silent;
    const errors = subject.terms.yardsticks?.meters;
    if (errors === undefined)
      return {
        findings: [],
        gaps: [gap("meter-errors-unknown", recordWords.meterErrorsUnknown())],
      };
    const { goals, parties } = subject.terms;
    const share = Number(millionths(goals.falseAlarmRate)) / (parties.length * reports.length);
    const limit = sigmasFor(Math.floor(share));
    const findings: FindingTold[] = [];
    const gaps: GapTold[] = [];
    for (const { by, measured, period } of reports) {
      const samePeriod =
        period.startMs === subject.period.startMs && period.endMs === subject.period.endMs;
      if (!samePeriod) {
        gaps.push(gap("meters-not-compared", recordWords.metersNotCompared(by)));
        continue;
      }
      const own = Number(energyJoules + silentJoules(subject));
      const theirs = Number(parseQuantity(measured.energy, "J"));
      const { difference, sigma } = differenceStatistic([{ operator: theirs, inspector: own }], 1, {
        operatorRandom: Number(parseQuantity(measured.random, "J")),
        operatorSystematic: Number(parseQuantity(measured.systematic, "J")),
        inspectorRandom: (own * Number(millionths(errors.random))) / 1e6,
        inspectorSystematic: (own * Number(millionths(errors.systematic))) / 1e6,
      });
      if (difference * 1000 <= sigma * limit) continue;
      const sigmas = sigma > 0 ? (difference / sigma).toFixed(1) : "many";
      const words = recordWords.metersDiffer(
        by,
        energy(BigInt(own)),
        energy(BigInt(theirs)),
        energy(BigInt(Math.floor(difference))),
        sigmas,
      );
      const numbers = {
        own: `${own} J`,
        theirs: `${theirs} J`,
        standardDeviation: `${Math.floor(sigma)} J`,
        limit: `${limit / 1000} standard deviations`,
      };
      findings.push(contradiction(by, words, { numbers, where: { devices: [], ...period } }));
    }
    return { findings, gaps };
  },
};

/** Energy that nodes may have taken while their own meters were silent: full power, in their favour. */
function silentJoules(subject: Subject): bigint {
  const { windows } = subject.evidence;
  if (windows === undefined) return 0n;
  let joules = 0n;
  for (const [device, { missing }] of energyByNode(subject))
    joules +=
      (fullPowerWatts(subject, device) * BigInt(missing) * BigInt(windows.windowMs)) / 1000n;
  return joules;
}
