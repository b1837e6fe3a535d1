import { parseQuantity } from "@standstill/record";
import { type CheckResult, contradiction, type ExposingCheck, silent } from "../finding.ts";
import { nodesOf } from "../subject.ts";
import { about, energy, findingWords } from "../words/index.ts";

/**
 * Energy against declarations: what the meters saw must fit into idling and the declared work, each taken as wasteful
 * as the agreement allows. What is left over has no declared purpose.
 */
export const energyExplained: ExposingCheck = {
  id: "energy-explained",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power"],
  accuses: true,
  underEvasion: "exposes",
  run: (subject, account): CheckResult => {
    const { energyJoules, explainedEnergyJoules } = account;
    const accelerator = nodesOf(subject)[0]?.accelerator;
    if (
      energyJoules === undefined ||
      explainedEnergyJoules === undefined ||
      accelerator === undefined
    )
      return silent;
    const rest = energyJoules - explainedEnergyJoules;
    if (rest <= 0n) return silent;
    const low = rest * parseQuantity(accelerator.efficiency.low, "FLOP/J");
    const high = rest * parseQuantity(accelerator.efficiency.high, "FLOP/J");
    const words = findingWords.unexplainedEnergy(
      energy(energyJoules),
      energy(explainedEnergyJoules),
      energy(rest),
      about(low, "FLOP"),
      about(high, "FLOP"),
    );
    const numbers = {
      metered: `${energyJoules} J`,
      explained: `${explainedEnergyJoules} J`,
      unexplained: `${rest} J`,
      leastHidden: `${low} FLOP`,
      mostHidden: `${high} FLOP`,
    };
    const where = { devices: [], ...subject.period };
    return { findings: [contradiction("site", words, { numbers, where })], gaps: [] };
  },
};
