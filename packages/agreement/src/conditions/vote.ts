import { DAY_MS, millionths, nameSchema } from "@standstill/record";
import { z } from "zod";
import { inDays } from "../explain/words.ts";
import type { Vote as VoteOnRecord } from "../facts.ts";
import { shareSchema } from "../terms/share.ts";
import { membersOf, type Roll } from "./roll.ts";
import { ruleOnFacts } from "./rule.ts";

/** Met once a vote has passed: in green light if enough say yes, in red light unless enough say no in time. */
export type Vote = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("vote"),
  question: nameSchema,
  rule: z.enum(["green-light", "red-light"]),
  /** Group that may vote; all parties where absent. */
  group: nameSchema.optional(),
  /** Share of those who may vote that must have voted. Green-light only. */
  quorum: shareSchema.optional(),
  /** Green-light: share of yes among yes and no. Red-light: share of no, among all who may vote, that stops it. */
  majority: shareSchema,
  /** Days within which a red light must be shown. */
  withinDays: z.int().min(1).max(36_500).optional(),
});

/** The rule of `vote`. */
export const vote = ruleOnFacts<Vote>({
  schema,
  names: ({ group }) =>
    group === undefined ? [] : [{ what: "group", name: group, field: "group" }],
  holds: (own, { facts, roll, at }) => {
    const onRecord = facts.votes.get(own.question);
    return onRecord !== undefined && passes(own, onRecord, votersOf(own, roll), at);
  },
  turnsAt: ({ question, withinDays }, { votes }) => {
    const openedAt = votes.get(question)?.openedAt;
    return openedAt === undefined || withinDays === undefined
      ? undefined
      : openedAt + withinDays * DAY_MS;
  },
  sentence: (own, { name }) => {
    const { question, rule, group, quorum, majority, withinDays } = own;
    const who = group === undefined ? "all parties" : name(group);
    const present = quorum === undefined ? "" : `, with a share of ${quorum} voting`;
    const time = withinDays === undefined ? "" : ` within ${inDays(withinDays)}`;
    return rule === "green-light"
      ? `${question} has been voted by a share of ${majority} of ${who}${present}${time}`
      : `${question} has been put to ${who} and not been stopped by a share of ${majority}${present}${time}`;
  },
  lint: ({ rule, quorum, withinDays }) => {
    if (rule === "green-light" && quorum === undefined)
      return [
        {
          rule: "vote-without-quorum",
          sentence: "One ballot alone would decide this vote. Ask for a quorum.",
        },
      ];
    if (rule === "red-light" && withinDays === undefined)
      return [
        {
          rule: "red-light-at-once",
          sentence: "It passes unless it is stopped, and no time is left to stop it. Give days.",
        },
      ];
    return [];
  },
  setBy: (own, _powers, roll) => {
    const voters = votersOf(own, roll);
    return isDecidedByOne(own, voters.size) ? [...voters] : [];
  },
});

function votersOf({ group }: Vote, roll: Roll): ReadonlySet<string> {
  return group === undefined ? roll.parties : membersOf(roll, group);
}

function passes(
  { rule, quorum, majority, withinDays = 0 }: Vote,
  { openedAt, ballots }: VoteOnRecord,
  voters: ReadonlySet<string>,
  at: number,
): boolean {
  const cast = { yes: 0n, no: 0n, abstain: 0n };
  for (const [party, ballot] of ballots) if (voters.has(party)) cast[ballot] += 1n;
  const { yes, no, abstain } = cast;
  const all = BigInt(voters.size);
  const needed = millionths(majority);
  if (rule === "red-light") {
    const isOver = at >= openedAt + withinDays * DAY_MS;
    return isOver && no * 1_000_000n < needed * all;
  }
  const isQuorum = (yes + no + abstain) * 1_000_000n >= millionths(quorum ?? "0.0") * all;
  return isQuorum && yes > 0n && yes * 1_000_000n >= needed * (yes + no);
}

/** Whether one ballot can make it pass where nobody else votes, or stop it where everybody else says yes. */
function isDecidedByOne(own: Vote, voters: number): boolean {
  const all = new Set(Array.from({ length: voters }, (_, i) => String(i)));
  const others = [...all].slice(1).map((party): [string, "yes"] => [party, "yes"]);
  const after = (ballots: VoteOnRecord["ballots"]) =>
    passes(own, { openedAt: 0, ballots }, all, (own.withinDays ?? 0) * DAY_MS);
  if (own.rule === "red-light") return !after(new Map([["0", "no"]]));
  return after(new Map([["0", "yes"]])) || !after(new Map([...others, ["0", "no"]]));
}
