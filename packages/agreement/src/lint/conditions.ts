import { asksNothing, ruleOf } from "../conditions/condition.ts";
import { conditionsIn, namesIn } from "../conditions/walk.ts";
import { obligationRuleOf } from "../obligations/obligation.ts";
import { conditionsOfTerms } from "../terms/conditions-of-terms.ts";
import { rulesOf } from "../terms/rules-of.ts";
import type { Draft } from "../terms/terms.ts";
import { type Rule, type Told, tellIf } from "./rule.ts";

/** What each kind of condition says of its own flaws. */
const ofKinds: Rule = (terms) => {
  const { roll } = rulesOf(terms);
  const evasions = terms.goals?.evasions ?? [];
  const told: Told[] = [];
  for (const { path, condition } of conditionsOfTerms(terms)) {
    const surroundings = { roll, evasions, isEntry: path[0] === "entry" };
    for (const { condition: part, path: inner } of conditionsIn(condition))
      for (const { rule, sentence } of ruleOf(part).lint(part, surroundings))
        told.push({ rule, path: [...path, ...inner], sentence });
  }
  return told;
};

const liftAtOnce: Rule = ({ lift }) =>
  tellIf(
    lift !== undefined && asksNothing(lift.when),
    "lift-at-once",
    ["lift", "when"],
    "The standstill is lifted as soon as it is in force. Say what must hold first.",
  );

const triggerIdle: Rule = ({ triggers = [] }) =>
  triggers.flatMap(({ mode }, i) =>
    tellIf(
      mode === "cap",
      "trigger-idle",
      ["triggers", i, "mode"],
      "Everybody bound is bound to a cap already, so this raises nothing. Name a stricter mode.",
    ),
  );

/** Names that conditions and obligations of the terms use. */
function namesUsed(terms: Draft): {
  readonly tripwires: Set<string>;
  readonly safeguards: Set<string>;
} {
  const tripwires = new Set<string>();
  const safeguards = new Set<string>();
  for (const { condition } of conditionsOfTerms(terms))
    for (const { what, name } of namesIn(condition)) {
      if (what === "tripwire") tripwires.add(name);
      if (what === "safeguard") safeguards.add(name);
    }
  for (const one of terms.obligations)
    for (const { what, name } of obligationRuleOf(one).names(one)) {
      if (what === "tripwire") tripwires.add(name);
      if (what === "safeguard") safeguards.add(name);
    }
  return { tripwires, safeguards };
}

const idleNames: Rule = (terms) => {
  const used = namesUsed(terms);
  const definitions = new Set([
    ...terms.obligations.flatMap(({ rests = [] }) => rests),
    ...(terms.definitions ?? []).flatMap(({ rests = [] }) => rests),
  ]);
  return [
    ...(terms.tripwires ?? []).flatMap(({ id }, i) =>
      tellIf(
        !used.tripwires.has(id),
        "tripwire-idle",
        ["tripwires", i],
        "Nothing follows when this trips. Let a trigger or an obligation speak of it.",
      ),
    ),
    ...(terms.safeguards ?? []).flatMap(({ id, assessedBy }, i) => [
      ...tellIf(
        !used.safeguards.has(id),
        "safeguard-idle",
        ["safeguards", i],
        "Nothing depends on this safeguard. Let the lift or a release gate ask for it.",
      ),
      ...tellIf(
        assessedBy === undefined,
        "safeguard-unassessed",
        ["safeguards", i],
        "Nobody is named who says whether this safeguard is good enough. Name a role.",
      ),
    ]),
    ...(terms.definitions ?? []).flatMap(({ id }, i) =>
      tellIf(
        !definitions.has(id),
        "definition-idle",
        ["definitions", i],
        "No clause rests on this definition, so it decides nothing. Name it where it counts, or leave it out.",
      ),
    ),
  ];
};

const countedTwice: Rule = ({ weights = [], parties }) =>
  weights.flatMap(({ of }, i) =>
    parties.flatMap(({ id, countedWithMembers }) =>
      tellIf(
        countedWithMembers === true && (of[id] ?? "0") !== "0",
        "weight-counted-twice",
        ["weights", i, "of", id],
        "This party's instrument is counted with its members', and its weight stands beside theirs. Leave its weight out.",
      ),
    ),
  );

/** Rules about conditions and what they speak of. */
export const conditionRules: readonly Rule[] = [
  ofKinds,
  liftAtOnce,
  triggerIdle,
  idleNames,
  countedTwice,
];
