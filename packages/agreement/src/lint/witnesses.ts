import { isCheckable } from "../terms/terms.ts";
import { type Rule, tellIf } from "./rule.ts";

const noWitness: Rule = (terms) =>
  tellIf(
    isCheckable(terms) && terms.witnessQuorum === 0,
    "no-witness",
    ["witnessQuorum"],
    "Nobody has to witness the record, so its keeper can show each reader another one. Ask for at least two witnesses.",
  );

const loneWitness: Rule = ({ witnesses, witnessQuorum }) => {
  const counts = new Map<string, number>();
  for (const { party } of witnesses) counts.set(party, (counts.get(party) ?? 0) + 1);
  const lone = [...counts].find(([, count]) => witnessQuorum > 0 && count >= witnessQuorum);
  return tellIf(
    lone !== undefined,
    "lone-witness",
    ["witnessQuorum"],
    `The witnesses of ${lone?.[0]} alone make a quorum. Ask for more witnesses, or for witnesses of more parties.`,
  );
};

const keeperWitness: Rule = ({ witnesses, keeper }) =>
  witnesses.flatMap(({ party }, i) =>
    tellIf(
      party === keeper.id,
      "keeper-witness",
      ["witnesses", i, "party"],
      "The keeper witnesses its own record. Name a party instead.",
    ),
  );

const keeperJudges: Rule = ({ roles = [], keeper }) =>
  roles.flatMap(({ task, holders }, i) =>
    tellIf(
      task === "adjudicator" && holders.includes(keeper.id),
      "keeper-judges",
      ["roles", i, "holders"],
      "Who keeps the record also rules on it. Name somebody else.",
    ),
  );

const judgeAlone: Rule = ({ roles = [] }) =>
  roles.flatMap(({ task, signatures }, i) =>
    tellIf(
      task === "adjudicator" && signatures === 1,
      "judge-alone",
      ["roles", i, "signatures"],
      "One signature makes a ruling, so one stolen key does. Ask for two or more.",
    ),
  );

const clockUnbounded: Rule = ({ marks }) =>
  tellIf(
    marks?.beacon === "none" && marks.witnessed !== true,
    "clock-unbounded",
    ["marks", "beacon"],
    "The keeper's clock rests on its word, so it could let deadlines pass in an hour. Ask for a public beacon, or for cosigned checkpoints in marks.",
  );

/** Rules about who watches, keeps and rules. */
export const witnessRules: readonly Rule[] = [
  noWitness,
  loneWitness,
  keeperWitness,
  keeperJudges,
  judgeAlone,
  clockUnbounded,
];
