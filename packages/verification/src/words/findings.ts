/** A finding in words: one plain sentence, and the same with the numbers that carry it. */
export interface Words {
  readonly sentence: string;
  readonly detail: string;
}

/** Findings from readings and declarations. */
export const findingWords = {
  unlistedDevice: (device: string): Words => ({
    sentence: `Readings came from ${device}, which the site has not declared.`,
    detail: `The feed holds readings of ${device}; the declared nodes do not include it. To clarify: declare the node, or say why it sends readings.`,
  }),
  unknownAccelerator: (device: string, accelerator: string): Words => ({
    sentence: `${device} is declared to hold ${accelerator}, a type that the agreement does not list.`,
    detail: `The agreement's catalogue has no entry ${accelerator}, so nothing about ${device} can be computed.`,
  }),
  beyondPeak: (run: string, declared: string, possible: string): Words => ({
    sentence: `The run ${run} is declared to be more work than its nodes can do.`,
    detail: `Declared: ${declared}. Its nodes at their highest dense peak over the declared time: ${possible}.`,
  }),
  beyondPeakTogether: (told: string, runs: number, declared: string, possible: string): Words => ({
    sentence: `${runs} declarations contradict each other: their nodes cannot have done all of that at the same time.`,
    detail: `${told}. Declared together: ${declared}. Those nodes at their highest dense peak in that time: ${possible}. To clarify: which declaration holds.`,
  }),
  beyondEnergy: (declared: string, possible: string, spent: string): Words => ({
    sentence: "More work is declared than the site's energy can have done.",
    detail: `Declared: at least ${declared}. The ${spent} that the meters saw can have done at most ${possible} at the highest agreed efficiency.`,
  }),
  unexplainedEnergy: (
    spent: string,
    explained: string,
    rest: string,
    low: string,
    high: string,
  ): Words => ({
    sentence: `The site used more energy than its declared work and idling can take: ${rest} have no declared purpose.`,
    detail: `Metered: ${spent}. Idling and all declared runs take at most ${explained}, even at the lowest agreed efficiency. The rest, ${rest}, can have done between ${low} and ${high}. To clarify: what the site did with it.`,
  }),
  movedTogether: (
    run: string,
    nodes: number,
    correlation: string,
    highest: string,
    shifts: number,
  ): Words => ({
    sentence: `The nodes of ${run === "site" ? "several runs of the site" : run} are declared to work separately, but they moved together as nodes of one training run do.`,
    detail: `Mean correlation between ${nodes} nodes, slow trend removed: ${correlation}. The same readings shifted in time ${shifts} times reached at most ${highest}. What else could explain it: requests that all nodes get at the same instant. To clarify: the request log of each node.`,
  }),
  notWhatWasSealed: (sealed: string, opened: string): Words => ({
    sentence: "The readings that were opened are not those that were sealed.",
    detail: `Sealed root: ${sealed}. Root of the opened readings: ${opened}.`,
  }),
  notThePeriod: (): Words => ({
    sentence:
      "The readings that were opened do not cover the reported period in the agreed windows.",
    detail:
      "Expected windows of the agreed length from the start to the end of the reported period.",
  }),
  overLimit: (run: string, declared: string, limit: string): Words => ({
    sentence: `The training run ${run} is declared above the limit on a run.`,
    detail: `Declared: ${declared}. Limit: ${limit}.`,
  }),
} as const;
