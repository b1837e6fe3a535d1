import { parseQuantity } from "@standstill/record";
import { HIGHEST_PROBABILITY } from "../terms/measurement.ts";
import { isCheckable } from "../terms/terms.ts";
import { type Rule, tellIf } from "./rule.ts";

const probabilities: Rule = ({ goals }) => {
  if (goals === undefined) return [];
  const probability = Number(goals.detectionProbability);
  const path = ["goals", "detectionProbability"];
  return [
    ...tellIf(
      probability > Number(HIGHEST_PROBABILITY),
      "probability-unreachable",
      path,
      `No site can show more than ${HIGHEST_PROBABILITY} by this method, so nobody could ever be verified. Lower it.`,
    ),
    ...tellIf(
      probability === 0,
      "probability-idle",
      path,
      "A goal of zero is met by seeing nothing. Raise it.",
    ),
  ];
};

const falseAlarms: Rule = ({ goals }) => {
  if (goals === undefined) return [];
  const rate = Number(goals.falseAlarmRate);
  const path = ["goals", "falseAlarmRate"];
  return [
    ...tellIf(
      rate === 0,
      "no-false-alarms",
      path,
      "Without any false alarm allowed no test can find anything. Allow a small share.",
    ),
    ...tellIf(
      rate > 0.2,
      "many-false-alarms",
      path,
      "More than one period in five may raise a false alarm, which breaks coalitions by itself. Lower it.",
    ),
  ];
};

const correlationTrivial: Rule = ({ synchrony }) =>
  tellIf(
    synchrony !== undefined && Number(synchrony.smallestCorrelation) < 0.1,
    "correlation-trivial",
    ["synchrony", "smallestCorrelation"],
    "Separate runs laid side by side reach 0.1, so honest parties would be asked. Raise it.",
  );

const tripwireUpsideDown: Rule = ({ tripwires = [] }) =>
  tripwires.flatMap((wire, i) =>
    tellIf(
      wire.indicator === "training-compute" && wire.tripBelowDays >= wire.watchBelowDays,
      "tripwire-upside-down",
      ["tripwires", i, "tripBelowDays"],
      "It trips before it is watched. Put the line of tripping below the line of watching.",
    ),
  );

const tripwireVetoed: Rule = ({ tripwires = [], parties, roles = [], yardsticks }) =>
  tripwires.flatMap((wire, i) => {
    if (wire.indicator === "training-compute") return [];
    const inspectors = roles.filter(({ task }) => task === "inspector").map(({ id }) => id);
    const measuring = new Set([...inspectors, ...(yardsticks?.reporters ?? [])]);
    const held = parties.find(
      ({ id }) => measuring.size - (measuring.has(id) ? 1 : 0) < wire.measurers,
    );
    return tellIf(
      held !== undefined,
      "tripwire-vetoed",
      ["tripwires", i, "measurers"],
      `Too few besides ${held?.name} may measure it, so that it can stop this by not measuring itself. Name reporters, or inspectors.`,
    );
  });

const unknownPrecision: Rule = ({ accelerators = [] }) =>
  accelerators.flatMap(({ peak }, i) =>
    tellIf(
      peak.fp8 === undefined,
      "unknown-precision",
      ["accelerators", i, "peak"],
      "The peak in fp8 is unknown, so an honest run in fp8 may look impossible. State it if the accelerator has one.",
    ),
  );

const idleAboveFull: Rule = ({ accelerators = [] }) =>
  accelerators.flatMap(({ power }, i) =>
    tellIf(
      parseQuantity(power.idle.high, "W") >= parseQuantity(power.full.low, "W"),
      "idle-above-full",
      ["accelerators", i, "power"],
      "Idling may draw as much as full load, so energy explains nothing. Set the ranges apart.",
    ),
  );

/** What the spread of one accelerator's idle power could hide in the time allowed, at the best efficiency. */
const quantityBelowNoise: Rule = ({ goals, accelerators = [] }) => {
  const hours = goals?.timelinessHours;
  if (goals === undefined || hours === undefined) return [];
  const quantity = parseQuantity(goals.significantQuantity, "FLOP");
  const isHidden = accelerators.some(({ power, efficiency }) => {
    const spread = parseQuantity(power.idle.high, "W") - parseQuantity(power.idle.low, "W");
    const joules = spread * BigInt(hours) * 3600n;
    return joules * parseQuantity(efficiency.high, "FLOP/J") > quantity;
  });
  return tellIf(
    isHidden,
    "quantity-below-noise",
    ["goals", "significantQuantity"],
    "What one idle accelerator may draw more or less in the time allowed could hide this much compute, so no period can show it. Raise the quantity or shorten the time.",
  );
};

const noTimeliness: Rule = (terms) =>
  tellIf(
    isCheckable(terms) && terms.goals.timelinessHours === undefined,
    "no-timeliness",
    ["goals"],
    "The goals do not say within which time cheating is to be seen, so seeing it years later would do. Add timelinessHours.",
  );

/** Rules about how compute is measured and what is to be seen. */
export const measurementRules: readonly Rule[] = [
  probabilities,
  falseAlarms,
  correlationTrivial,
  tripwireUpsideDown,
  tripwireVetoed,
  unknownPrecision,
  idleAboveFull,
  quantityBelowNoise,
  noTimeliness,
];
