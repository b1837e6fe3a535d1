import type { Draft } from "../terms/terms.ts";
import { conditionSentence } from "./condition.ts";
import { namer } from "./namer.ts";
import { amount, bare, inDays, listed } from "./words.ts";

/** Exemptions and uses, in prose. */
export function reliefSentences({ exemptions = [], uses = [] }: Draft): string[] {
  return [
    ...uses.map(({ id, title, stance, limit, perDays }) => {
      const bounds =
        limit === undefined
          ? ""
          : ` Its limit is ${amount(limit, "FLOP")}${perDays === undefined ? "" : ` in ${inDays(perDays)}`}.`;
      const time = limit === undefined && perDays !== undefined ? ` (${inDays(perDays)})` : "";
      return `${id}: ${title} This use is ${stance}${time}.${bounds}`;
    }),
    ...exemptions.map((one) => {
      const parts = [
        one.group === undefined ? "" : ` for the group ${one.group}`,
        one.uses === undefined ? "" : ` for the uses ${listed(one.uses)}`,
        one.belowH100e === undefined ? "" : ` for actors below ${one.belowH100e} H100e`,
        one.limit === undefined ? "" : ` up to ${amount(one.limit, "FLOP")}`,
        one.perDays === undefined ? "" : ` in ${inDays(one.perDays)}`,
        one.until === undefined ? "" : ` until ${one.until}`,
      ].join("");
      return `${one.id}: ${one.title} It frees from ${listed(one.from)}${parts}.`;
    }),
  ];
}

/** Reports and inspections, in prose. */
export function reportingSentences({ reporting = [], inspections }: Draft): string[] {
  return [
    ...reporting.map(({ id, kind, title, withinDays, everyDays, everyMonths }) => {
      const when =
        kind === "plan" ? `${inDays(withinDays)} before` : `within ${inDays(withinDays)}`;
      const again = everyDays === undefined ? "" : `, every ${inDays(everyDays)}`;
      const months = everyMonths === undefined ? "" : `, for every ${everyMonths} calendar months`;
      return `${id} (${kind}): ${title} Due ${when}${again}${months}.`;
    }),
    ...(inspections === undefined
      ? []
      : [
          `Each party owes at most ${inspections.perPartyPerYear} inspections a year. Access is given within ${inspections.accessWithinHours} hours. A challenge goes by ${inspections.challenge}, with a share of ${inspections.majority}.`,
          ...(inspections.title === undefined ? [] : [inspections.title]),
        ]),
  ];
}

/** How doubt is settled, in prose. */
export function adjudicationSentences(terms: Draft): string[] {
  const { adjudication, roles = [] } = terms;
  const name = namer(terms);
  return [
    ...roles.map(
      ({ id, name: title, task, holders, signatures }) =>
        `${title} (${id}) is the ${task}, held by ${holders.map(name).join(", ")}; ${signatures} of them sign.`,
    ),
    ...(adjudication === undefined
      ? []
      : [
          `${name(adjudication.panel)} rules, with a share of ${adjudication.quorum} of those present who may rule, and ${adjudication.majority} agreeing. Nobody rules in its own case, or in one that it opened. ${adjudication.standard}`,
          ...adjudication.steps.map(stepSentence),
          ...(adjudication.opensPerYear === undefined
            ? []
            : [
                `A party may open ${adjudication.opensPerYear} cases in a year that find nothing, those still open among them.`,
              ]),
          ...(adjudication.appealWithinDays === undefined
            ? []
            : [`An appeal is open for ${inDays(adjudication.appealWithinDays)}.`]),
        ]),
  ];
}

function stepSentence(step: NonNullable<Draft["adjudication"]>["steps"][number]): string {
  const { id, title, by, withinHours, ifSilent, extension, light, onlyIf } = step;
  const more =
    extension === undefined
      ? ""
      : ` The ${extension.by} may give it ${extension.hours} hours more, once.`;
  const skipped = onlyIf === undefined ? "" : ` It is skipped where ${onlyIf} stops it.`;
  const who =
    light === undefined
      ? `It is for the ${by}, within ${withinHours} hours. If nothing is said: ${bare(ifSilent)}.`
      : `Brought by the ${by}; the parties besides the accused vote within ${withinHours} hours: a share of ${light.majority} is needed to ${light.rule === "green-light" ? "go on" : "stop"}. Otherwise: ${bare(ifSilent)}.`;
  return `${id}: ${title} ${who}${more}${skipped}`;
}

/** How a pause goes and how gates answer, in prose. */
export function brakeSentences({ gate, pause }: Draft): string[] {
  const stopping =
    pause === undefined
      ? []
      : [
          `When a pause is triggered, everybody bound says within ${pause.readyWithinHours} hours what has to stop, all stop after ${pause.stopWithinHours} hours, and each shows it by a report within ${pause.shownWithinHours}.`,
        ];
  if (gate === undefined) return stopping;
  const { whenUnsure, staleHours, leaseHours, breakGlass } = gate;
  return [
    ...stopping,
    `Gates where compute is used ${whenUnsure} a job where they cannot tell, as when the record has no mark for ${staleHours} hours. A job without a time limit asks again every ${leaseHours} hours.`,
    ...(breakGlass === undefined
      ? []
      : [
          `In an emergency that it puts on record a party may open its gate for ${breakGlass.hours} hours, ${breakGlass.perYear} times a year.`,
        ]),
  ];
}

/** What makes it stricter and what lifts it, in prose. */
export function triggerSentences(terms: Draft): string[] {
  const { triggers = [], safeguards = [], lift } = terms;
  const name = namer(terms);
  return [
    ...triggers.map(({ id, title, when, mode, lasts }) => {
      const until = lasts === "while-met" ? "for as long as that holds" : "until it is lifted";
      return `${id}: ${title} Everybody bound is bound to a ${mode} once ${conditionSentence(when, name)}, ${until}.`;
    }),
    ...safeguards.map(({ id, title, assessedBy }) =>
      assessedBy === undefined
        ? `Safeguard ${id}: ${title}`
        : `Safeguard ${id}: ${title} Assessed by ${name(assessedBy)}.`,
    ),
    ...(lift === undefined
      ? []
      : [
          `${lift.title} It is lifted ${inDays(lift.noticeDays)} after this holds: ${conditionSentence(lift.when, name)}.`,
          ...(lift.ramp ?? []).map(
            ({ untilDays, limit }) =>
              `For ${untilDays} days after the lifting no training run goes above ${amount(limit, "FLOP")}.`,
          ),
        ]),
  ];
}

/** How it begins, in prose. */
export function entrySentences(terms: Draft): string[] {
  return [...forceSentences(terms), ...accountsSentences(terms)];
}

function accountsSentences({ accounts }: Draft): string[] {
  return [
    accounts === undefined
      ? "Time before a party is bound is not judged."
      : `Whoever comes to be bound accounts for the time from ${accounts.from} on: until it was bound for the first time, that time is judged as if a cap had bound it. Time before that is not judged.`,
  ];
}

function forceSentences(terms: Draft): string[] {
  const { entry } = terms;
  if (entry === undefined)
    return ["The terms do not say when it enters into force: each pledge counts by itself."];
  const name = namer(terms);
  const { laterJoiners: later } = entry;
  return [
    `${entry.title} It enters into force ${inDays(entry.delayDays)} after the day on which ${conditionSentence(entry.when, name)}.`,
    ...(entry.notBefore === undefined ? [] : [`It is not in force before ${entry.notBefore}.`]),
    entry.holds === "once"
      ? "Once met, the condition stays met."
      : "The condition must go on holding.",
    ...(entry.askedAgain === undefined
      ? []
      : [
          entry.askedAgain
            ? "The condition is asked again on the day of entry."
            : "The condition is not asked again on the day of entry.",
        ]),
    ...(later === undefined
      ? []
      : [
          `Who joins after ${later.after === "condition" ? "the condition is met" : "entry into force"} is bound after ${inDays(later.delayDays)}.`,
        ]),
  ];
}

/** How it ends and changes, in prose. */
export function endSentences(terms: Draft): string[] {
  const { duration, withdrawal, amendment } = terms;
  const name = namer(terms);
  return [
    ...(duration === undefined
      ? []
      : [
          duration.title,
          ...(duration.until === undefined ? [] : [`It ends on ${duration.until}.`]),
          ...(duration.days === undefined
            ? []
            : [`It lasts ${inDays(duration.days)} from entry into force.`]),
          ...(duration.extension === undefined
            ? []
            : [
                `It ends on ${duration.extension.until} instead if ${conditionSentence(duration.extension.when, name)}.`,
              ]),
        ]),
    ...(withdrawal === undefined
      ? []
      : [
          `${withdrawal.title} A party leaves ${inDays(withdrawal.noticeDays)} after its notice.`,
          ...(withdrawal.notBeforeDays === undefined
            ? []
            : [`No notice before ${inDays(withdrawal.notBeforeDays)} of being bound.`]),
          ...(withdrawal.heldBackWhile === undefined
            ? []
            : [
                `A withdrawal takes no effect while ${conditionSentence(withdrawal.heldBackWhile, name)}.`,
              ]),
        ]),
    ...(amendment === undefined
      ? []
      : [
          `${amendment.title} New terms hold once this is so, consent standing for being bound: ${conditionSentence(amendment.when, name)}.`,
        ]),
  ];
}
