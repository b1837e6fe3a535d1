import type { Gap, ObligationKind } from "../finding.ts";

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
