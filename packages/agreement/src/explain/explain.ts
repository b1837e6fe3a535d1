import type { Draft } from "../terms/terms.ts";
import { countingSentences, goalSentences, tripwireSentences } from "./measurement.ts";
import { namer } from "./namer.ts";
import { obligationSentences } from "./obligation.ts";
import {
  adjudicationSentences,
  brakeSentences,
  endSentences,
  entrySentences,
  reliefSentences,
  reportingSentences,
  triggerSentences,
} from "./procedure.ts";
import { listed } from "./words.ts";

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
    { title: "What this is", sentences: introduction(terms) },
    { title: "Who takes part", sentences: participants(terms) },
    { title: "What the words mean", sentences: definitions(terms) },
    { title: "What is owed", sentences: terms.obligations.flatMap(obligationSentences) },
    { title: "What is free", sentences: reliefSentences(terms) },
    { title: "How compute is counted", sentences: countingSentences(terms) },
    { title: "What counts as checked", sentences: goalSentences(terms) },
    { title: "What is reported and inspected", sentences: reportingSentences(terms) },
    { title: "How doubt is settled", sentences: adjudicationSentences(terms) },
    { title: "How it stops", sentences: brakeSentences(terms) },
    { title: "What is watched", sentences: tripwireSentences(terms) },
    { title: "What makes it stricter and what lifts it", sentences: triggerSentences(terms) },
    { title: "How it begins", sentences: entrySentences(terms) },
    { title: "How it ends and changes", sentences: endSentences(terms) },
  ].filter(({ sentences }) => sentences.length > 0);
}

function introduction({ name, version, about, source, unverified = [], text, adopted }: Draft) {
  return [
    `${name}, version ${version}.`,
    about,
    ...(adopted === undefined ? [] : [`It was adopted on ${adopted}.`]),
    ...(source === undefined ? [] : [`Source: ${source}`]),
    ...unverified.map((doubt) => `Not verified: ${doubt}`),
    ...(text === undefined
      ? []
      : [
          `The text is authentic in ${listed(text.languages)}.`,
          text.prevails === "text"
            ? "Where text and code differ, the text prevails."
            : "Where text and code differ, the code prevails.",
          ...(text.sha256 === undefined ? [] : [`The text's SHA-256 is ${text.sha256}.`]),
        ]),
  ];
}

function participants(terms: Draft): string[] {
  const { parties, groups = [], weights = [], keeper, witnesses, witnessQuorum, marks } = terms;
  const name = namer(terms);
  const party = (one: Draft["parties"][number]) => {
    const details = [
      one.id,
      ...(one.kind === undefined ? [] : [one.kind]),
      ...(one.countedWithMembers === undefined ? [] : ["counted with its members"]),
      ...(one.signatures === undefined ? [] : [`${one.signatures} of its keys sign`]),
      ...(one.deputy === undefined ? [] : [`deputy ${one.deputy}`]),
    ];
    return `${one.name} (${details.join("; ")})`;
  };
  return [
    `The parties are ${parties.map(party).join(", ")}.`,
    ...groups.map(
      ({ id, title, parties: members }) => `${id}: ${title} It is ${members.map(name).join(", ")}.`,
    ),
    ...weights.map(
      ({ id, title, unit, frozen, total, of, source }) =>
        `${id}: ${title} Frozen on ${frozen}, in ${unit}, of a total of ${total}: ${Object.entries(
          of,
        )
          .map(([one, weight]) => `${name(one)} ${weight}`)
          .join(", ")}. ${source}`,
    ),
    `${keeper.name} (${keeper.id}) keeps the record.`,
    ...(marks === undefined
      ? []
      : [
          `It says what time it is at least every ${marks.everyHours} hours, ${marks.beacon === "none" ? "on its own word" : `with a round of the public beacon ${marks.beacon}, so that its clock cannot run ahead`}.${marks.witnessed === true ? " Each time it shows a checkpoint that the witnesses have cosigned, so that they bound its clock too." : ""}`,
        ]),
    witnesses.length === 0 && witnessQuorum === 0
      ? "Nobody witnesses the record."
      : `A state of the record counts once ${witnessQuorum} of ${witnesses.length} witnesses have cosigned it: ${witnesses.map(({ id, party: of }) => `${id} of ${of}`).join(", ")}.`,
  ];
}

function definitions({ definitions: list = [] }: Draft): string[] {
  return list.map(({ id, version, text, rests }) => {
    const on = rests === undefined ? "" : ` This rests on ${listed(rests)}.`;
    return `${id}, version ${version}: ${text}${on}`;
  });
}
