import type { Words } from "./findings.ts";

/** Findings and gaps from what else the record holds: what others measured, and when things were said. */
export const recordWords = {
  metersDiffer: (
    by: string,
    own: string,
    theirs: string,
    difference: string,
    sigmas: string,
  ): Words => ({
    sentence: `The site's own meters say less than the meter of ${by}.`,
    detail: `Own meters: ${own}. Meter of ${by}: ${theirs}. The difference of ${difference} is ${sigmas} standard deviations of what both may be off by. To clarify: which meter is wrong.`,
  }),
  periodsDiffer: (meter: string, periods: number, lost: string): Words => ({
    sentence: `Over ${periods} periods the site's own meters say less than ${meter}.`,
    detail: `All together they differ by ${lost}, more than both may be off by over that time. No single period need show it. To clarify: which meter is wrong.`,
  }),
  meterErrorsUnknown: (): string =>
    "Somebody else metered this site, but it was not agreed how far off meters may be. To change that, the agreement says it.",
  metersNotCompared: (by: string): string =>
    `The meter of ${by} could not be compared: it tells of another time. To change that, it tells of the whole period.`,
  placeUnshown: (): string =>
    "Nothing shows where the site is. To change that, it says where, and enough landmarks time messages to it.",
  measuresContradict: (each: string): Words => ({
    sentence: "What the feeds of this site say was done cannot all be true.",
    detail: `${each}. No amount lies in all of them. To clarify: which feed is wrong.`,
  }),
  placeImpossible: (landmark: string, at: string, most: string, excluding: number): Words => ({
    sentence: "The site answers faster than anything at its declared place could.",
    detail: `${excluding} landmarks exclude the declared place. It is ${at} from ${landmark}, and the site's answers allow at most ${most}. To clarify: where the site is.`,
  }),
  identityTwice: (device: string, other: string): Words => ({
    sentence: `${device} shows the identity of another device, ${other}.`,
    detail: `One certificate, two devices: ${device} and ${other}. To clarify: which of them exists.`,
  }),
  identityFailed: (device: string, reason: string): Words => ({
    sentence: `${device} failed to prove what it is.`,
    detail: `Its answer was checked and refused: ${reason}. To clarify: what hardware it is.`,
  }),
  identitiesMissing: (missing: number, all: number, hours: number): string =>
    `${missing} of ${all} devices have not shown their identity in the last ${hours} hours of the period. To change that, they are asked again.`,
  usedElsewhere: (providers: string, undeclared: string, low: string, high: string): Words => ({
    sentence: "Providers tell of more use of their accelerators than the party has declared.",
    detail: `${providers}. Beyond what is declared: ${undeclared}, all providers together. That can have done between ${low} and ${high}. To clarify: what it was used for.`,
  }),
  scoreTooHigh: (
    model: string,
    benchmark: string,
    score: string,
    flop: string,
    most: string,
  ): Words => ({
    sentence: `${model} achieves more than its declared compute explains.`,
    detail: `${benchmark}: ${score}. With the ${flop} that is declared for it and all it rests on, at most ${most} was agreed to be possible. To clarify: what else went into it.`,
  }),
  scoreUnknown: (model: string): string =>
    `A score of ${model} was reported, and no run declares that model. To change that, its runs are declared.`,
  declaredLate: (run: string): Words => ({
    sentence: `${run} was declared only after its period was sealed.`,
    detail: `A run explains readings only if it was on the record before they were sealed. ${run} counts for nothing in this account. To clarify: why it was not declared.`,
  }),
  declaredAfterDue: (run: string, days: number): Words => ({
    sentence: `${run} was declared later than ${days} days before it began.`,
    detail: `By the marks of the record it was declared after the day that was agreed for it. To clarify: why.`,
  }),
  noticeUnknown: (): string =>
    "When some runs were declared is not on the record. To change that, they are declared there.",
  clusterOver: (what: string, line: string): Words => ({
    sentence: "The site is larger than a cluster may be.",
    detail: `It has ${what}. The line is at ${line}.`,
  }),
  clusterUnknown: (what: string): string =>
    `The site's ${what} is not known, so its size cannot be held against the line. To change that, it is reported.`,
  lineageOver: (run: string, counted: string, limit: string, parts: string): Words => ({
    sentence: `${run}, with the runs that it rests on, is above the limit.`,
    detail: `Counted: ${counted}. Limit: ${limit}. It rests on ${parts}.`,
  }),
  linkedOver: (run: string, counted: string, limit: string, parts: string): Words => ({
    sentence: `${run} and others look like one run, and together they are above the limit.`,
    detail: `Counted: ${counted}. Limit: ${limit}. They train ${parts}. To clarify: whether one continues the other.`,
  }),
  maybeOneRun: (runs: string, counted: string): string =>
    `${runs} train models of one size on the same nodes, one right after the other. If they are one run, it is ${counted}, above the limit. To change that, it is shown that the later ones begin anew.`,
  parentUnknown: (run: string, parent: string): Words => ({
    sentence: `${run} is declared to rest on ${parent}, which nobody has declared.`,
    detail: `The record holds no run ${parent}, so what went into ${run} cannot be counted. To clarify: what it rests on.`,
  }),
  parentLater: (run: string, parent: string): Words => ({
    sentence: `${run} is declared to rest on ${parent}, which begins later or rests on it in turn.`,
    detail: `A run rests only on what was there before. To clarify: in which order they were made.`,
  }),
} as const;
