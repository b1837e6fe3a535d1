/**
 * Amounts in words, and every sentence that a verdict contains. One catalogue, so that it can be translated and so that
 * the same evidence always gives the same bytes.
 */
import type { Finding, Gap, ObligationKind } from "./finding.ts";

/** An amount with two significant digits, as "1.3e21 FLOP" or "412 J". */
export function about(value: bigint, unit: string): string {
  const digits = value.toString();
  if (digits.length <= 4) return `${digits} ${unit}`;
  let exponent = digits.length - 1;
  let rounded = (Number(digits.slice(0, 3)) + 5 - ((Number(digits.slice(0, 3)) + 5) % 10)) / 10;
  if (rounded === 100) {
    rounded = 10;
    exponent++;
  }
  return `${Math.floor(rounded / 10)}.${rounded % 10}e${exponent} ${unit}`;
}

/** An energy in the unit a reader expects: MJ with one decimal, from 10 kJ on. */
export function energy(joules: bigint): string {
  if (joules < 10_000n) return `${joules} J`;
  const tenths = (joules + 50_000n) / 100_000n;
  return `${tenths / 10n}.${tenths % 10n} MJ`;
}

/** Thousandths as a decimal, as "0.95". */
export function hundredths(thousandths: number): string {
  const value = Math.floor(Math.abs(thousandths) / 10);
  return `${thousandths < 0 ? "-" : ""}${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
}

/** Findings by check. */
export const findingWords = {
  unlistedDevice: (device: string): Omit<Finding, "numbers"> => ({
    check: "feed-complete",
    obligation: "accelerators-registered",
    about: device,
    sentence: `Readings came from ${device}, which the site has not declared.`,
    detail: `The feed holds readings of ${device}; the declared nodes do not include it. To clarify: declare the node, or say why it sends readings.`,
  }),
  unknownAccelerator: (device: string, accelerator: string): Omit<Finding, "numbers"> => ({
    check: "physically-possible",
    obligation: "accelerators-registered",
    about: device,
    sentence: `${device} is declared to hold ${accelerator}, a type that the agreement does not list.`,
    detail: `The agreement's catalogue has no entry ${accelerator}, so nothing about ${device} can be computed.`,
  }),
  beyondPeak: (run: string, declared: string, possible: string): Omit<Finding, "numbers"> => ({
    check: "physically-possible",
    obligation: "training-declared",
    about: run,
    sentence: `The run ${run} is declared to be more work than its nodes can do.`,
    detail: `Declared: ${declared}. Its nodes at their highest dense peak over the declared time: ${possible}.`,
  }),
  beyondEnergy: (declared: string, possible: string, spent: string): Omit<Finding, "numbers"> => ({
    check: "physically-possible",
    obligation: "training-declared",
    about: "site",
    sentence: "More work is declared than the site's energy can have done.",
    detail: `Declared: at least ${declared}. The ${spent} that the meters saw can have done at most ${possible} at the highest agreed efficiency.`,
  }),
  unexplainedEnergy: (
    spent: string,
    explained: string,
    rest: string,
    low: string,
    high: string,
  ): Omit<Finding, "numbers"> => ({
    check: "energy-explained",
    obligation: "training-declared",
    about: "site",
    sentence: `The site used more energy than its declared work and idling can take: ${rest} have no declared purpose.`,
    detail: `Metered: ${spent}. Idling and all declared runs take at most ${explained}, even at the lowest agreed efficiency. The rest, ${rest}, can have done between ${low} and ${high}. To clarify: what the site did with it.`,
  }),
  movedTogether: (
    run: string,
    nodes: number,
    correlation: string,
    highest: string,
    shifts: number,
  ): Omit<Finding, "numbers"> => ({
    check: "nodes-separate",
    obligation: "training-declared",
    about: run,
    sentence: `The nodes of ${run === "site" ? "several runs of the site" : run} are declared to work separately, but they moved together as nodes of one training run do.`,
    detail: `Mean correlation between ${nodes} nodes, slow trend removed: ${correlation}. The same readings shifted in time ${shifts} times reached at most ${highest}. What else could explain it: requests that all nodes get at the same instant. To clarify: the request log of each node.`,
  }),
  notWhatWasSealed: (sealed: string, opened: string): Omit<Finding, "numbers"> => ({
    check: "opening",
    obligation: "training-declared",
    about: "site",
    sentence: "The readings that were opened are not those that were sealed.",
    detail: `Sealed root: ${sealed}. Root of the opened readings: ${opened}.`,
  }),
  notThePeriod: (): Omit<Finding, "numbers"> => ({
    check: "opening",
    obligation: "training-declared",
    about: "site",
    sentence:
      "The readings that were opened do not cover the reported period in the agreed windows.",
    detail:
      "Expected windows of the agreed length from the start to the end of the reported period.",
  }),
  overLimit: (run: string, declared: string, limit: string): Omit<Finding, "numbers"> => ({
    check: "run-limit",
    obligation: "training-run-limit",
    about: run,
    sentence: `The training run ${run} is declared above the limit on a run.`,
    detail: `Declared: ${declared}. Limit: ${limit}.`,
  }),
} as const;

/** Gaps by code. */
export const gapWords = {
  ownFeedsOnly: (obligation: ObligationKind): Gap => ({
    code: "own-feeds-only",
    obligation,
    sentence:
      "Every reading comes from the operator's own key. To change that, somebody independent meters the site.",
  }),
  noMeter: (): Gap => ({
    code: "no-meter",
    obligation: "training-declared",
    sentence: "No power meter reports from this site. To change that, its nodes are metered.",
  }),
  incomplete: (missing: number, all: number): Gap => ({
    code: "feed-incomplete",
    obligation: "training-declared",
    sentence: `${missing} of ${all} windows hold no reading. Nothing was filled in; the account counts them as full power.`,
  }),
  identical: (pairs: number, first: string): Gap => ({
    code: "identical-readings",
    obligation: "training-declared",
    sentence: `${pairs} ${pairs === 1 ? "pair of nodes has" : "pairs of nodes have"} identical readings (${first}): one meter read for two nodes, or a copy. To change that, each node has a meter of its own.`,
  }),
  oneNode: (run: string): Gap => ({
    code: "one-node",
    obligation: "training-declared",
    sentence: `${run} has one node with readings of its own, so whether nodes move together cannot be tested. To change that, activity on the node is measured by counters.`,
  }),
  tooShort: (run: string): Gap => ({
    code: "too-short",
    obligation: "training-declared",
    sentence: `${run} has too few windows to test whether its nodes move together.`,
  }),
  tooMany: (runs: number): Gap => ({
    code: "too-many-runs",
    obligation: "training-declared",
    sentence: `${runs} further groups of nodes were not tested for moving together: the agreed false-alarm rate does not stretch that far. To change that, fewer runs are declared on the same nodes.`,
  }),
  jointServing: (run: string): Gap => ({
    code: "joint-serving",
    obligation: "training-declared",
    sentence: `The nodes of ${run} are declared to work together without training. Their power cannot tell that from training. To change that, activity on the nodes is measured by counters.`,
  }),
  notTogether: (run: string): Gap => ({
    code: "not-together",
    obligation: "training-declared",
    sentence: `The nodes of ${run} are declared to train together, but the readings do not show it.`,
  }),
  notInspected: (): Gap => ({
    code: "not-inspected",
    obligation: "accelerators-registered",
    sentence:
      "Nobody but the party has counted its accelerators. To change that, an inspection counts them.",
  }),
  quietIfCheating: (evasion: string, low: string, goal: string): Gap => ({
    code: "assurance-below-goal",
    obligation: "training-declared",
    sentence: `${evasion} of one significant quantity would have been seen with a probability of at least ${low}; the agreement asks for ${goal}.`,
  }),
} as const;

/** Evasions in words. */
export const evasionWords: Record<string, string> = {
  "training-as-inference": "Training declared as inference",
  "undeclared-run": "An undeclared run beside declared work",
};
