import type { Condition, CountCondition, VoteCondition } from "../condition/condition.ts";
import { partsOf } from "../condition/condition.ts";
import { inDays, listed } from "./words.ts";

/** A condition as the end of a sentence that begins "while"; `name` turns ids into names. */
export function conditionSentence(condition: Condition, name: (id: string) => string): string {
  if ("all" in condition)
    return condition.all.length === 0
      ? "nothing further is asked"
      : join(condition.all, " and ", name);
  if ("any" in condition) return join(condition.any, " or ", name);
  if ("not" in condition) return `it is not so that ${inBrackets(condition.not, name)}`;
  if ("held" in condition)
    return `${inBrackets(condition.held, name)} now or within the last ${inDays(condition.withinDays)}`;
  if ("of" in condition && "atLeast" in condition)
    return `at least ${condition.atLeast} of these hold: ${join(condition.of as readonly Condition[], "; ", name)}`;
  if ("bound" in condition)
    return `${name(condition.bound)} is bound to a ${condition.mode} or more`;
  if ("count" in condition) return countSentence(condition, name);
  if ("share" in condition)
    return `parties with a share of ${condition.share} of ${condition.weight} are bound${modeWords(condition.mode)}`;
  if ("vote" in condition) return voteSentence(condition, name);
  return factSentence(condition, name);
}

function factSentence(condition: Condition, name: (id: string) => string): string {
  if ("clear" in condition) return `${name(condition.clear)} has no finding standing`;
  if ("verified" in condition) return `${name(condition.verified)} is verified`;
  if ("assurance" in condition)
    return `cheating by ${name(condition.assurance)} would be seen with a probability of ${condition.atLeast} or more, for ${listed(condition.evasions)}, against one who ${condition.adversary.replaceAll("-", " ")}`;
  if ("coverage" in condition)
    return `a share of ${condition.coverage} or more of the world's compute is covered`;
  if ("tripped" in condition) return `the tripwire ${condition.tripped} has tripped`;
  if ("accepted" in condition) return `the safeguard ${condition.accepted} is accepted`;
  if ("from" in condition) return `it is ${condition.from} or later`;
  if ("ruled" in condition) return `it is ruled that ${condition.ruled}`;
  return "something holds";
}

function countSentence(
  { count, of, besides, mode, instruments }: CountCondition,
  name: (id: string) => string,
): string {
  const who = count === "all" ? "all" : `at least ${count}`;
  const group = of === undefined ? "of the parties" : `of ${name(of)}`;
  const others = besides === undefined ? "" : ` besides ${name(besides)}`;
  const kinds = instruments === undefined ? "" : ` by ${instruments.join(" or ").toLowerCase()}`;
  return `${who} ${group}${others} are bound${kinds}${modeWords(mode)}`;
}

function voteSentence(
  { vote, rule, of, quorum, majority, withinDays }: VoteCondition,
  name: (id: string) => string,
): string {
  const who = of === undefined ? "all parties" : name(of);
  const present = quorum === undefined ? "" : `, with a share of ${quorum} voting`;
  const time = withinDays === undefined ? "" : ` within ${inDays(withinDays)}`;
  return rule === "green-light"
    ? `${vote} has been voted by a share of ${majority} of ${who}${present}${time}`
    : `${vote} has been put to ${who} and not been stopped by a share of ${majority}${present}${time}`;
}

function modeWords(mode: string | undefined): string {
  return mode === undefined ? "" : ` to a ${mode} or more`;
}

function join(parts: readonly Condition[], between: string, name: (id: string) => string): string {
  return parts.map((part) => inBrackets(part, name)).join(between);
}

function inBrackets(condition: Condition, name: (id: string) => string): string {
  const sentence = conditionSentence(condition, name);
  const isSimple = partsOf(condition).length === 0 || "held" in condition;
  return isSimple ? sentence : `(${sentence})`;
}
