import { parseQuantity, type Unit } from "@standstill/record";
import type { Condition } from "./condition.ts";
import type { Accelerator, Draft, Obligation } from "./terms.ts";

/** One article of an agreement in plain prose. */
export interface Article {
  readonly title: string;
  readonly sentences: readonly string[];
}

/**
 * An agreement in plain prose, article by article, for people who do not read YAML. It says everything that the terms
 * say: a test removes or changes each field and sees the text change.
 *
 * @example explain(parseDraft(text)).map(({ title }) => title) // ["What this is", "Who takes part", …]
 */
export function explain(terms: Draft): Article[] {
  return [
    { title: "What this is", sentences: [`${terms.name}, version ${terms.version}.`, terms.about] },
    { title: "Who takes part", sentences: participants(terms) },
    { title: "What is owed", sentences: terms.obligations.map(obligationSentence) },
    {
      title: "How compute is counted",
      sentences: [
        `Every operation counts alike, whatever its precision (rule: ${terms.counting.rule}).`,
        terms.counting.source,
        ...terms.accelerators.flatMap(acceleratorSentences),
      ],
    },
    { title: "What counts as checked", sentences: goalSentences(terms) },
    {
      title: "What is watched",
      sentences: terms.tripwires.map(
        (tripwire) =>
          `${tripwire.id}: the indicator ${tripwire.indicator} is watched below a doubling time of ${tripwire.watchBelowDays} days and trips below ${tripwire.tripBelowDays}. ${tripwire.source}`,
      ),
    },
  ];
}

/** A condition as the end of a sentence that begins "while"; `name` turns ids into names. */
export function conditionSentence(condition: Condition, name: (id: string) => string): string {
  if ("all" in condition) {
    return condition.all.length === 0
      ? "nothing further is asked"
      : join(condition.all, " and ", name);
  }
  if ("of" in condition)
    return `at least ${condition.atLeast} of these hold: ${join(condition.of, "; ", name)}`;
  if ("clear" in condition) return `${name(condition.clear)} has no finding standing`;
  return `${name(condition.bound)} is bound to a ${condition.mode} or more`;
}

function join(parts: readonly Condition[], between: string, name: (id: string) => string): string {
  return parts
    .map(
      (part) =>
        ("bound" in part || "clear" in part ? "" : "(") +
        conditionSentence(part, name) +
        ("bound" in part || "clear" in part ? "" : ")"),
    )
    .join(between);
}

function participants({ parties, keeper, witnesses, witnessQuorum }: Draft): string[] {
  return [
    `The parties are ${parties.map(({ id, name }) => `${name} (${id})`).join(", ")}.`,
    `${keeper.name} (${keeper.id}) keeps the record. The agreement enters into force when all parties have adopted it.`,
    `A state of the record counts once ${witnessQuorum} of ${witnesses.length} witnesses have cosigned it: ${witnesses.map(({ id, party }) => `${id} of ${party}`).join(", ")}.`,
  ];
}

function obligationSentence(obligation: Obligation): string {
  const head = `${obligation.id}: ${obligation.title} It binds from the mode ${obligation.mode} on.`;
  switch (obligation.kind) {
    case "training-run-limit":
      return `${head} The limit on one training run is ${amount(obligation.limit, "FLOP")}.`;
    case "training-declared":
      return `${head} Training from ${amount(obligation.above, "FLOP")} on has to be declared as training.`;
    case "accelerators-registered":
      return `${head} Each accelerator is registered with its site and node.`;
  }
}

function acceleratorSentences(accelerator: Accelerator): string[] {
  const { peak, efficiency, utilization, power } = accelerator;
  const fp8 =
    peak.fp8 === undefined ? "its fp8 peak is unknown" : `${amount(peak.fp8, "FLOP/s")} in fp8`;
  return [
    `${accelerator.name} (${accelerator.id}): dense peak ${amount(peak.bf16, "FLOP/s")} in bf16, ${fp8}. ${accelerator.source}`,
    `At the wall it does ${amount(efficiency.low, "FLOP/J")} to ${amount(efficiency.high, "FLOP/J")} (${efficiency.provenance}). ${efficiency.source}`,
    `Real training reaches ${utilization.low} to ${utilization.high} of the bf16 peak. ${utilization.source}`,
    `Its share of a node draws ${power.idle.low} to ${power.idle.high} idle (${power.idle.provenance}; ${bare(power.idle.source)}) and ${power.full.low} to ${power.full.high} at full load (${power.full.provenance}; ${bare(power.full.source)}).`,
  ];
}

function goalSentences({ goals, synchrony, window }: Draft): string[] {
  const evasions = goals.evasions.length === 0 ? "no evasion" : goals.evasions.join(", ");
  return [
    `A significant quantity is ${amount(goals.significantQuantity, "FLOP")}. Cheating of that size is to be seen with a probability of at least ${goals.detectionProbability}, for ${evasions}.`,
    `All parties together may expect false alarms in at most a share of ${goals.falseAlarmRate} of the periods.`,
    `Readings are summed in windows of ${window.milliseconds} ms. Nodes that claim to be separate are asked about from a correlation of ${synchrony.smallestCorrelation} on. ${synchrony.source}`,
  ];
}

/** An amount in full, with its power of ten where it is long. */
function amount(text: string, unit: Unit): string {
  const digits = parseQuantity(text, unit).toString();
  if (digits.length < 7) return text;
  const mantissa = `${digits[0]}.${digits.slice(1).replace(/0+$/, "") || "0"}`;
  return `${mantissa}e${digits.length - 1} ${unit}`;
}

/** A sentence without its full stop, to stand in brackets. */
function bare(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
