import { type Condition, conditionsIn } from "../condition/condition.ts";
import { countedIn, millionthsOf, type Roll, weightNeeded } from "../condition/roll.ts";
import { conditionsOfTerms } from "../terms/check.ts";
import { rollOf } from "../terms/rules-of.ts";
import type { Draft } from "../terms/terms.ts";
import { HIGHEST_PROBABILITY } from "./measurement.ts";
import { type Rule, type Told, tellIf } from "./rule.ts";

/** Why a part of a condition can never hold, whatever is said. */
function whyNever(part: Condition, roll: Roll, terms: Draft): string | undefined {
  if ("atLeast" in part && "of" in part && part.atLeast > part.of.length)
    return `It asks for ${part.atLeast} of ${part.of.length}.`;
  if ("count" in part) {
    const there = countedIn(roll, part).length;
    if (part.count === "all" ? there === 0 : part.count > there)
      return `It counts to ${part.count}, but only ${there} parties can count.`;
  }
  if ("share" in part) {
    const table = roll.weights.get(part.weight);
    const sum = [...(table?.of ?? [])].reduce(
      (total, [party, weight]) => total + (roll.counted.has(party) ? weight : 0n),
      0n,
    );
    if (table !== undefined && sum < weightNeeded(table, part.share))
      return "The parties together do not have that share of the weight.";
  }
  if ("assurance" in part) {
    if (millionthsOf(part.atLeast) > BigInt(HIGHEST_PROBABILITY * 100) * 10_000n)
      return `No site can show a probability above ${HIGHEST_PROBABILITY}.`;
    const played: readonly string[] = terms.goals?.evasions ?? [];
    const unplayed = part.evasions.find((evasion) => !played.includes(evasion));
    if (unplayed !== undefined) return `The evasion ${unplayed} is not played.`;
  }
  if ("all" in part) {
    const texts = new Set(part.all.map((one) => JSON.stringify(one)));
    const both = part.all.find((one) => "not" in one && texts.has(JSON.stringify(one.not)));
    if (both !== undefined) return "It asks that something holds and that it does not.";
  }
  return undefined;
}

const conditionNever: Rule = (terms) => {
  const roll = rollOf(terms);
  const told: Told[] = [];
  for (const { path, condition } of conditionsOfTerms(terms)) {
    for (const { condition: part, path: inner } of conditionsIn(condition)) {
      const why = whyNever(part, roll, terms);
      if (why !== undefined)
        told.push({
          rule: "condition-never",
          path: [...path, ...inner],
          sentence: `This condition can never hold. ${why} Ask for less.`,
        });
    }
  }
  return told;
};

const votes: Rule = (terms) => {
  const told: Told[] = [];
  for (const { path, condition } of conditionsOfTerms(terms))
    for (const { condition: part, path: inner } of conditionsIn(condition)) {
      if (!("vote" in part)) continue;
      told.push(
        ...tellIf(
          part.rule === "green-light" && part.quorum === undefined,
          "vote-without-quorum",
          [...path, ...inner],
          "One ballot alone would decide this vote. Ask for a quorum.",
        ),
        ...tellIf(
          part.rule === "red-light" && part.withinDays === undefined,
          "red-light-at-once",
          [...path, ...inner],
          "It passes unless it is stopped, and no time is left to stop it. Give days.",
        ),
      );
    }
  return told;
};

const entryVeto: Rule = (terms) => {
  const told: Told[] = [];
  if (terms.entry === undefined) return told;
  const roll = rollOf(terms);
  for (const { condition: part, path } of conditionsIn(terms.entry.when)) {
    if (!("count" in part)) continue;
    const there = countedIn(roll, part).length;
    told.push(
      ...tellIf(
        part.count === "all" && there > 5,
        "entry-veto",
        ["entry", "when", ...path],
        `Each of ${there} parties can block the entry into force for ever. Ask for fewer, or say what happens if one stays away.`,
      ),
    );
  }
  return told;
};

const liftAtOnce: Rule = ({ lift }) =>
  tellIf(
    lift !== undefined && "all" in lift.when && lift.when.all.length === 0,
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
    for (const { condition: part } of conditionsIn(condition)) {
      if ("tripped" in part) tripwires.add(part.tripped);
      if ("accepted" in part) safeguards.add(part.accepted);
    }
  for (const one of terms.obligations) {
    if (one.kind === "automation-limit") tripwires.add(one.from);
    if (one.kind === "release-gate") for (const id of one.safeguards) safeguards.add(id);
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
  conditionNever,
  votes,
  entryVeto,
  liftAtOnce,
  triggerIdle,
  idleNames,
  countedTwice,
];
