/** Gaps by code. */
export const gapWords = {
  ownFeedsOnly: (): string =>
    "Every reading comes from the operator's own key. To change that, somebody independent meters the site.",
  noMeter: (): string =>
    "No power meter reports from this site. To change that, its nodes are metered.",
  incomplete: (missing: number, all: number): string =>
    `${missing} of ${all} windows hold no reading. Nothing was filled in; the account counts them as full power.`,
  identical: (pairs: number, first: string): string =>
    `${pairs} ${pairs === 1 ? "pair of nodes has" : "pairs of nodes have"} identical readings (${first}): one meter read for two nodes, or a copy. To change that, each node has a meter of its own.`,
  oneNode: (run: string): string =>
    `${run} has one node with readings of its own, so whether nodes move together cannot be tested. To change that, activity on the node is measured by counters.`,
  tooShort: (run: string): string =>
    `${run} has too few windows to test whether its nodes move together.`,
  tooMany: (runs: number): string =>
    `${runs} further groups of nodes were not tested for moving together: the agreed false-alarm rate does not stretch that far. To change that, fewer runs are declared on the same nodes.`,
  jointServing: (run: string): string =>
    `The nodes of ${run} are declared to work together without training. Their power cannot tell that from training. To change that, activity on the nodes is measured by counters.`,
  notTogether: (run: string): string =>
    `The nodes of ${run} are declared to train together, but the readings do not show it.`,
  notInspected: (): string =>
    "Nobody but the party has counted its accelerators. To change that, an inspection counts them.",
  quietIfCheating: (evasion: string, low: string, goal: string): string =>
    `${evasion} of one significant quantity would have been seen with a probability of at least ${low}; the agreement asks for ${goal}.`,
  noSite: (): string =>
    "Nothing but activity logs is judged here. To change that, the evidence of a site is judged.",
  notChecked: (): string =>
    "Readings cannot show whether this is kept, and no check speaks to it. To change that, an inspection does.",
  timeTooShort: (): string =>
    "It was in force for less than one window of readings, so they cannot show whether it was kept.",
} as const;
