import type { Words } from "./findings.ts";

/** Findings and gaps from counters of accelerators, nodes and networks. */
export const counterWords = {
  notIdle: (windows: number, all: number, energy: string, low: string, high: string): Words => ({
    sentence: "Nodes worked at times for which no run is declared.",
    detail: `In ${windows} of ${all} windows without a declared run nodes drew more than idling takes, ${energy} in all. That can have done between ${low} and ${high}. To clarify: what ran there.`,
  }),
  busyWhileIdle: (windows: number, all: number, activity: string): Words => ({
    sentence: "Accelerators were busy at times for which no run is declared.",
    detail: `In ${windows} of ${all} windows without a declared run a larger share of cycles than ${activity} was busy. To clarify: what ran there.`,
  }),
  tensorAboveSm: (windows: number, all: number): Words => ({
    sentence:
      "Counters contradict each other: tensor pipes were busier than what they are part of.",
    detail: `In ${windows} of ${all} windows the share of cycles with busy tensor pipes exceeds that with any work at all.`,
  }),
  workWithoutEnergy: (work: string, possible: string, windows: number): Words => ({
    sentence: "The counters tell of more work than the energy in the same windows can have done.",
    detail: `In ${windows} windows busy tensor pipes did at least ${work}, and the energy can have done at most ${possible} at the highest agreed efficiency. One of the two feeds is wrong.`,
  }),
  energyWithoutWork: (windows: number, all: number, energy: string): Words => ({
    sentence: "Nodes drew the power of work while their counters say that they were idle.",
    detail: `In ${windows} of ${all} windows nodes drew more than idling takes, ${energy} in all, with fewer busy cycles than an idle accelerator has. One of the two feeds is wrong.`,
  }),
  workUnexplained: (run: string, done: string, told: string, overhead: string): Words => ({
    sentence: `More work was done on the nodes of ${run} than its declaration explains.`,
    detail: `Busy tensor pipes did at least ${done}. Declared, and ${overhead} times as much for padding and recomputation: at most ${told}. To clarify: what else ran there.`,
  }),
  workMissing: (run: string, done: string, told: string): Words => ({
    sentence: `${run} is declared to be more work than was done on its nodes.`,
    detail: `Busy tensor pipes did at most ${done}. Declared: at least ${told}. To clarify: where the rest was done.`,
  }),
  traffic: (run: string, sent: string, allowed: string): Words => ({
    sentence: `The nodes of ${run} are declared to work separately, but sent much more than their answers take.`,
    detail: `Sent: ${sent}. Its tokens and everything else that was agreed take at most ${allowed}. Gradients between nodes would look so. To clarify: what was sent, and where to.`,
  }),
  trafficBursts: (run: string, windows: number, most: string): Words => ({
    sentence: `The nodes of ${run} are declared to work separately, but at times sent more than they could answer at their peak.`,
    detail: `That was so in ${windows} windows of a node, up to ${most} in one. Gradients between nodes would look so. To clarify: what was sent, and where to.`,
  }),
  rhythm: (run: string, period: string, strength: string, highest: string): Words => ({
    sentence: `The traffic of ${run} rises and falls in even steps, as training does and serving does not.`,
    detail: `It repeats every ${period} with a correlation of ${strength}; the same windows in another order reached at most ${highest}. To clarify: what the nodes exchange in that rhythm.`,
  }),
  memoryTooSmall: (run: string, held: string, needed: string): Words => ({
    sentence: `The model that ${run} is declared to work with does not fit into the memory that was used.`,
    detail: `Most that was in use on its nodes: ${held}. The declared parameters take at least ${needed}. To clarify: which model ran.`,
  }),
  replayed: (device: string, what: string, windows: number, again: string): Words => ({
    sentence: `Readings of ${device} return to the last digit.`,
    detail: `${what}: ${windows} windows in a row have the values that they had ${again} before. Meters do not repeat themselves so. To clarify: how the readings came about.`,
  }),
  coarse: (what: string): string =>
    `${what} is told so coarsely that a recording of it could not be told from a meter. To change that, more digits are sent.`,
  noCounters: (): string =>
    "No counters report from this site. To change that, its accelerators' counters are sent too.",
  countersIncomplete: (what: string, missing: number, all: number): string =>
    `${missing} of ${all} windows of nodes hold no reading of ${what}. Nothing was filled in.`,
  rhythmUntested: (run: string): string =>
    `The traffic of ${run} has too few windows to test it for even steps.`,
} as const;
