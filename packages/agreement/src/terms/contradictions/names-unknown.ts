import type { Condition } from "../../conditions/condition.ts";
import { namesIn } from "../../conditions/walk.ts";
import { obligationRuleOf } from "../../obligations/obligation.ts";
import { conditionsOfTerms } from "../conditions-of-terms.ts";
import { type Named, namesOf } from "../names.ts";
import type { Draft } from "../terms.ts";
import type { Contradiction, Path } from "./contradiction.ts";

/** Names that terms refer to and do not have. */
export function* namesUnknown(terms: Draft): Generator<Contradiction> {
  const names = namesOf(terms);
  for (const section of sections)
    for (const { what, asked, path } of section(terms))
      for (const name of asked ?? []) if (!names[what].has(name)) yield unknown(what, name, path);
  yield* deputiesOfThemselves(terms);
  yield* stepsOnlyIfUnvoted(terms);
  for (const { path, condition } of conditionsOfTerms(terms))
    for (const fault of unknownIn(condition, terms))
      yield { path: [...path, ...fault.path], message: fault.message };
}

/** Names in a condition that the terms do not have, each with its path in the condition. */
export function* unknownIn(condition: Condition, terms: Draft): Generator<Contradiction> {
  const names = namesOf(terms);
  for (const { what, name, path } of namesIn(condition))
    if (!names[what].has(name)) yield unknown(what, name, path);
}

interface Asked {
  readonly what: Named;
  readonly asked: readonly string[] | undefined;
  readonly path: Path;
}

const one = (name: string | undefined) => (name === undefined ? [] : [name]);

const ofParties = ({ groups = [], weights = [], witnesses }: Draft): Asked[] => [
  ...groups.map(({ parties }, i): Asked => {
    return { what: "party", asked: parties, path: ["groups", i, "parties"] };
  }),
  ...weights.map(({ of }, i): Asked => {
    return { what: "party", asked: Object.keys(of), path: ["weights", i, "of"] };
  }),
  ...witnesses.map(({ party }, i): Asked => {
    return { what: "holder", asked: [party], path: ["witnesses", i, "party"] };
  }),
];

const ofTripwires = ({ tripwires = [], yardsticks }: Draft): Asked[] => [
  ...tripwires.map((wire, i): Asked => {
    const asked = wire.indicator === "training-compute" ? [] : wire.together;
    return { what: "tripwire", asked, path: ["tripwires", i, "together"] };
  }),
  { what: "holder", asked: yardsticks?.reporters, path: ["yardsticks", "reporters"] },
];

const ofDefinitions = ({ definitions = [] }: Draft): Asked[] =>
  definitions.map(({ rests }, i) => {
    return { what: "definition", asked: rests, path: ["definitions", i, "rests"] };
  });

const ofObligations = ({ obligations }: Draft): Asked[] =>
  obligations.flatMap((obligation, i): Asked[] => {
    const path = ["obligations", i];
    const { rests, binds } = obligation;
    return [
      { what: "definition", asked: rests, path: [...path, "rests"] },
      { what: "group", asked: one(binds), path: [...path, "binds"] },
      ...obligationRuleOf(obligation)
        .names(obligation)
        .map(({ what, name, field }): Asked => {
          return { what, asked: [name], path: [...path, field] };
        }),
    ];
  });

const ofExemptions = ({ exemptions = [] }: Draft): Asked[] =>
  exemptions.flatMap(({ from, group, uses }, i): Asked[] => [
    { what: "obligation", asked: from, path: ["exemptions", i, "from"] },
    { what: "group", asked: one(group), path: ["exemptions", i, "group"] },
    { what: "use", asked: uses, path: ["exemptions", i, "uses"] },
  ]);

const ofRoles = ({ adjudication, safeguards = [] }: Draft): Asked[] => [
  { what: "role", asked: one(adjudication?.panel), path: ["adjudication", "panel"] },
  ...safeguards.map(({ assessedBy }, i): Asked => {
    return { what: "role", asked: one(assessedBy), path: ["safeguards", i, "assessedBy"] };
  }),
];

const sections: readonly ((terms: Draft) => Asked[])[] = [
  ofParties,
  ofTripwires,
  ofDefinitions,
  ofObligations,
  ofExemptions,
  ofRoles,
];

function* deputiesOfThemselves({ parties }: Draft): Generator<Contradiction> {
  for (const [i, { id, deputy }] of parties.entries())
    if (deputy === id)
      yield { path: ["parties", i, "deputy"], message: "expected a deputy other than the party" };
}

function* stepsOnlyIfUnvoted({ adjudication }: Draft): Generator<Contradiction> {
  const voted = new Set<string>();
  for (const [i, { id, light, onlyIf }] of (adjudication?.steps ?? []).entries()) {
    if (onlyIf !== undefined && !voted.has(onlyIf))
      yield {
        path: ["adjudication", "steps", i, "onlyIf"],
        message: `expected an earlier step that is voted on, got "${onlyIf}"`,
      };
    if (light !== undefined) voted.add(id);
  }
}

function unknown(what: Named, name: string, path: Path): Contradiction {
  return { path, message: `expected a ${what} that the terms have, got "${name}"` };
}
