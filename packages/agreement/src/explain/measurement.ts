import type { Accelerator, Draft, MeasuredTripwire } from "../terms/terms.ts";
import { INDICATORS } from "../terms/tripwires.ts";
import { logSentences } from "./logs.ts";
import { amount, bare, inDays, listed } from "./words.ts";

const RULES = {
  "every-operation-equally": "Every operation counts alike, whatever its precision",
  "fp16-equivalent-maximum":
    "The higher counts of operations in FP16-equivalents and in the format used",
  "native-operations": "Operations count in the format in which they are done",
} as const;

/** How compute is counted, in prose. */
export function countingSentences(terms: Draft): string[] {
  const { counting, h100e, accelerators = [], window, synchrony } = terms;
  const sentences: string[] = [];
  if (counting !== undefined) {
    sentences.push(`${RULES[counting.rule]} (rule: ${counting.rule}). ${counting.source}`);
    if (counting.includes !== undefined)
      sentences.push(`The count includes ${listed(counting.includes)}, and nothing else besides.`);
    if (counting.errorMargin !== undefined)
      sentences.push(`An estimate may be off by a share of ${counting.errorMargin}.`);
  }
  if (h100e !== undefined)
    sentences.push(
      `One H100e is a peak of ${amount(h100e.peak, "FLOP/s")} in ${h100e.precision}. ${h100e.source}`,
    );
  if (window !== undefined)
    sentences.push(`Readings are summed in windows of ${window.milliseconds} ms.`);
  if (synchrony !== undefined)
    sentences.push(
      `Nodes that claim to be separate are asked about from a correlation of ${synchrony.smallestCorrelation} on. ${synchrony.source}`,
    );
  return [
    ...sentences,
    ...accelerators.flatMap(acceleratorSentences),
    ...yardstickSentences(terms.yardsticks ?? {}),
    ...logSentences(terms.logs),
  ];
}

/** What readings other than power are held against, in prose. */
function yardstickSentences({
  reporters,
  counters,
  landmarks,
  identities,
  scores = [],
  meters,
}: NonNullable<Draft["yardsticks"]>): string[] {
  const sentences: string[] = [];
  if (reporters !== undefined)
    sentences.push(
      `What ${reporters.length === 0 ? "nobody" : listed(reporters)} measures of another counts, beside what inspectors do.`,
    );
  if (counters !== undefined) {
    const { tensorPipe, overhead, idleActivity, bytesPerToken, quietTraffic, bytesPerParameter } =
      counters;
    sentences.push(
      `A busy tensor pipe does ${tensorPipe.low} to ${tensorPipe.high} of the dense peak, and up to ${overhead} times the declared work may be done. An accelerator counts as idle up to a share of ${idleActivity} of its cycles.`,
      `A separate server sends at most ${amount(bytesPerToken, "bytes")} for each token and ${amount(quietTraffic, "bit/s")} besides. A model takes at least ${bytesPerParameter.training} bytes of memory for each parameter in training and ${bytesPerParameter.inference} otherwise. ${counters.source}`,
    );
  }
  if (meters !== undefined)
    sentences.push(
      `A site's own meters may be off by chance by a standard deviation of ${meters.random} of what they read in a period, and all alike by ${meters.systematic}. ${meters.source}`,
    );
  if (meters?.periods !== undefined) {
    const { horizon, cumulated, reference, page } = meters.periods;
    sentences.push(
      `Over ${horizon} periods the cumulated difference between meters is asked about above ${cumulated} standard deviations, and Page's test with reference value ${reference} above ${page}.`,
    );
  }
  if (landmarks !== undefined)
    sentences.push(
      `Of the landmarks that time messages to a site, ${landmarks.lying} may lie. ${landmarks.source}`,
    );
  if (identities !== undefined)
    sentences.push(
      `Each device shows its identity at least every ${identities.maxAgeHours} hours; a share of ${identities.unverifiable} may be unable to. ${identities.source}`,
    );
  for (const { id, name, most, source } of scores)
    sentences.push(
      `${name} (${id}): at most ${most.map(({ flop, score }) => `${score} with ${amount(flop, "FLOP")}`).join(", ")} in a model's lineage. ${source}`,
    );
  return sentences;
}

function acceleratorSentences(accelerator: Accelerator): string[] {
  const { peak, efficiency, utilization, power } = accelerator;
  const fp8 =
    peak.fp8 === undefined ? "its fp8 peak is unknown" : `${amount(peak.fp8, "FLOP/s")} in fp8`;
  const memory =
    accelerator.memory === undefined ? "" : ` and ${amount(accelerator.memory, "bytes")} of memory`;
  return [
    `${accelerator.name} (${accelerator.id}): dense peak ${amount(peak.bf16, "FLOP/s")} in bf16, ${fp8}${memory}. ${accelerator.source}`,
    `At the wall it does ${amount(efficiency.low, "FLOP/J")} to ${amount(efficiency.high, "FLOP/J")} (${efficiency.provenance}). ${efficiency.source}`,
    `Real training reaches ${utilization.low} to ${utilization.high} of the bf16 peak. ${utilization.source}`,
    `Its share of a node draws ${power.idle.low} to ${power.idle.high} idle (${power.idle.provenance}; ${bare(power.idle.source)}) and ${power.full.low} to ${power.full.high} at full load (${power.full.provenance}; ${bare(power.full.source)}).`,
  ];
}

/** What verification has to achieve, in prose. */
export function goalSentences({ goals }: Draft): string[] {
  if (goals === undefined) return [];
  const evasions = goals.evasions.length === 0 ? "no evasion" : goals.evasions.join(", ");
  const time = goals.timelinessHours === undefined ? "" : ` within ${goals.timelinessHours} hours`;
  const adversary =
    goals.adversary === undefined
      ? ""
      : `, against one who ${goals.adversary.replaceAll("-", " ")}`;
  return [
    `A significant quantity is ${amount(goals.significantQuantity, "FLOP")}. Cheating of that size is to be seen${time} with a probability of at least ${goals.detectionProbability}, for ${evasions}${adversary}.`,
    `All parties together may expect false alarms in at most a share of ${goals.falseAlarmRate} of the periods.`,
  ];
}

/** What is watched, in prose. */
export function tripwireSentences({ tripwires = [] }: Draft): string[] {
  return tripwires.map((one) =>
    one.indicator === "training-compute"
      ? `${one.id}: the indicator ${one.indicator} is watched below a doubling time of ${inDays(one.watchBelowDays)} and trips below ${one.tripBelowDays}. ${one.source}`
      : measuredSentence(one),
  );
}

function measuredSentence(one: MeasuredTripwire): string {
  const { unit } = INDICATORS[one.indicator];
  const lines = (
    [
      ["watched", one.watch],
      ["on alert", one.alert],
      ["tripped", one.trip],
    ] as const
  ).flatMap(([word, line]) => (line === undefined ? [] : [`${word} ${one.worse} ${line}`]));
  const by = one.by === "interval" ? "with its whole interval" : "by its estimate";
  const rows = one.inARow === 1 ? "" : `, ${one.inARow} measurements in a row`;
  const measurers = one.measurers === 1 ? "" : `, by ${one.measurers} different measurers`;
  const stale =
    one.stale === undefined
      ? ""
      : ` Without a measurement for ${inDays(one.stale.days)} it counts as ${one.stale.level}.`;
  const together =
    one.together === undefined
      ? ""
      : ` It trips only while one of ${one.together.join(", ")} is at alert or above.`;
  return `${one.id}: the indicator ${one.indicator} (${unit}) is ${lines.join(", ")}, ${by}${rows}${measurers}.${stale}${together} ${one.source}`;
}
