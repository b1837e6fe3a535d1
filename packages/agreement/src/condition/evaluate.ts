import type { Facts, Vote } from "../facts.ts";
import { isClear } from "../facts.ts";
import { DAY_MS, startOfDay } from "../instant.ts";
import { type Condition, isAtLeast, type Mode, partsOf, type VoteCondition } from "./condition.ts";
import { countedIn, membersOf, millionthsOf, type Roll, weightNeeded } from "./roll.ts";

/** What conditions are judged by at one instant. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who is bound, and at which mode. */
  readonly bound: ReadonlyMap<string, Mode>;
  /** Kind of each party's instrument, where it gave one. */
  readonly instruments: ReadonlyMap<string, string>;
  readonly facts: Facts;
  readonly roll: Roll;
  /** Last instant at which each `held` condition held before now, by `heldKey`. */
  readonly held: ReadonlyMap<string, number>;
}

/** Names a held condition: the same words are the same condition, whoever asks. */
export function heldKey(condition: Condition): string {
  const known = keysKnown.get(condition);
  if (known !== undefined) return known;
  const key = JSON.stringify(condition);
  keysKnown.set(condition, key);
  return key;
}
const keysKnown = new WeakMap<Condition, string>();

/** Whether a condition is met. */
export function isMet(condition: Condition, given: Circumstances): boolean {
  if ("all" in condition) return condition.all.every((part) => isMet(part, given));
  if ("any" in condition) return condition.any.some((part) => isMet(part, given));
  if ("not" in condition) return !isMet(condition.not, given);
  if ("held" in condition) return heldRecently(condition, given) || isMet(condition.held, given);
  if ("bound" in condition) {
    const mode = given.bound.get(condition.bound);
    return mode !== undefined && isAtLeast(mode, condition.mode);
  }
  if ("count" in condition) {
    const counted = countedIn(given.roll, condition);
    const there = counted.filter((party) => countsFor(condition, party, given)).length;
    return there >= neededOf(condition.count, counted.length);
  }
  if ("share" in condition) {
    const table = given.roll.weights.get(condition.weight);
    if (table === undefined) return false;
    let sum = 0n;
    for (const [party, mode] of given.bound)
      if (given.roll.counted.has(party) && isAtLeast(mode, condition.mode ?? "cap"))
        sum += table.of.get(party) ?? 0n;
    return sum >= weightNeeded(table, condition.share);
  }
  if ("of" in condition && "atLeast" in condition)
    return condition.of.filter((part) => isMet(part, given)).length >= condition.atLeast;
  return isFact(condition, given);
}

/** How many of a count are enough; an empty group is never all there. */
export function neededOf(count: number | "all", members: number): number {
  return count === "all" ? Math.max(1, members) : count;
}

/** Whether a party counts for a count: bound at the mode, by an instrument of the kinds. */
export function countsFor(
  condition: {
    readonly mode?: Mode | undefined;
    readonly instruments?: readonly string[] | undefined;
  },
  party: string,
  given: Pick<Circumstances, "bound" | "instruments">,
): boolean {
  const mode = given.bound.get(party);
  if (mode === undefined || !isAtLeast(mode, condition.mode ?? "cap")) return false;
  const { instruments } = condition;
  return instruments === undefined || instruments.includes(given.instruments.get(party) ?? "");
}

/** Whether a `held` condition held within its days, by the past alone. */
export function heldRecently(
  condition: { readonly held: Condition; readonly withinDays: number },
  { at, held }: Pick<Circumstances, "at" | "held">,
): boolean {
  const last = held.get(heldKey(condition));
  return last !== undefined && at - last < condition.withinDays * DAY_MS;
}

/** Whether a condition on facts alone is met. */
export function isFact(condition: Condition, given: Circumstances): boolean {
  const { facts, at, roll } = given;
  if ("clear" in condition) return isClear(facts, condition.clear);
  if ("verified" in condition)
    return (
      isClear(facts, condition.verified) &&
      facts.verdicts.get(condition.verified)?.verdict === "verified"
    );
  if ("assurance" in condition) {
    const known = facts.verdicts.get(condition.assurance)?.assurance ?? [];
    return condition.evasions.every((evasion) =>
      known.some(
        (one) =>
          one.evasion === evasion &&
          one.adversary === condition.adversary &&
          reaches(one.lowTenThousandths, condition.atLeast),
      ),
    );
  }
  if ("coverage" in condition) return reaches(facts.coverageTenThousandths, condition.coverage);
  if ("tripped" in condition) return facts.tripwires.get(condition.tripped) === "tripped";
  if ("accepted" in condition) return facts.safeguards.has(condition.accepted);
  if ("from" in condition) return at >= startOfDay(condition.from);
  if ("ruled" in condition) return facts.rulings.get(condition.ruled) === true;
  if ("vote" in condition) {
    const vote = facts.votes.get(condition.vote);
    const voters = condition.of === undefined ? roll.parties : membersOf(roll, condition.of);
    return vote !== undefined && passes(condition, vote, voters, at);
  }
  return false;
}

/** Whether a vote has passed at an instant. */
export function passes(
  rule: VoteCondition,
  { openedAt, ballots }: Vote,
  voters: ReadonlySet<string>,
  at: number,
): boolean {
  const cast = (ballot: string) =>
    BigInt([...ballots].filter(([party, one]) => one === ballot && voters.has(party)).length);
  const all = BigInt(voters.size);
  const [yes, no, abstain] = [cast("yes"), cast("no"), cast("abstain")];
  const majority = millionthsOf(rule.majority);
  if (rule.rule === "red-light") {
    const over = at >= openedAt + (rule.withinDays ?? 0) * DAY_MS;
    return over && no * 1_000_000n < majority * all;
  }
  const quorum = millionthsOf(rule.quorum ?? "0.0");
  const present = (yes + no + abstain) * 1_000_000n >= quorum * all;
  return present && yes > 0n && yes * 1_000_000n >= majority * (yes + no);
}

function reaches(tenThousandths: number | undefined, share: string): boolean {
  return tenThousandths !== undefined && BigInt(tenThousandths) * 100n >= millionthsOf(share);
}

/** A condition with what is met and what is missing, part by part. */
export interface ExplainedCondition {
  readonly met: boolean;
  readonly condition: Condition;
  readonly parts: readonly ExplainedCondition[];
}

/** Explains a condition under given circumstances, part by part. */
export function explainCondition(condition: Condition, given: Circumstances): ExplainedCondition {
  return {
    met: isMet(condition, given),
    condition,
    parts: partsOf(condition).map(([, part]) => explainCondition(part, given)),
  };
}
