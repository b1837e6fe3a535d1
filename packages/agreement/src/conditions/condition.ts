import { z } from "zod";
import { expectedKinds } from "../terms/expected-kinds.ts";
import { type Accepted, accepted } from "./accepted.ts";
import { type All, all } from "./all.ts";
import { type Any, any } from "./any.ts";
import { type Assurance, assurance } from "./assurance.ts";
import { type AtLeast, atLeast } from "./at-least.ts";
import { type Bound, bound } from "./bound.ts";
import { type Clear, clear } from "./clear.ts";
import { type Count, count } from "./count.ts";
import { type Coverage, coverage } from "./coverage.ts";
import { type From, from } from "./from.ts";
import { type Held, held } from "./held.ts";
import { type Not, not } from "./not.ts";
import type { ConditionRule, Reading } from "./rule.ts";
import { type Ruled, ruled } from "./ruled.ts";
import { type Share, share } from "./share.ts";
import { type Tripped, tripped } from "./tripped.ts";
import { type Verified, verified } from "./verified.ts";
import { type Vote, vote } from "./vote.ts";

/**
 * Under which conditions something holds. All are monotone in who is bound and at which mode: more parties bound, or bound more
 * strictly, never turn a met condition into an unmet one; so `not` stands over facts only. A new kind is a file beside these, a line
 * here, and whatever the compiler then names.
 */
export type Condition =
  | All<Condition>
  | Any<Condition>
  | AtLeast<Condition>
  | Not<Condition>
  | Held<Condition>
  | Bound
  | Count
  | Share
  | Clear
  | Verified
  | Assurance
  | Coverage
  | Tripped
  | Accepted
  | From
  | Ruled
  | Vote;

/** Kind of a condition. */
export type ConditionKind = Condition["kind"];

/** A condition of one of some kinds. */
export type ConditionOf<Kind extends ConditionKind> = {
  [K in Kind]: Extract<Condition, { readonly kind: K }>;
}[Kind];

const part: z.ZodType<Condition> = z.lazy(() => conditionSchema);

/** What each kind is: its form, meaning, words and flaws. */
export const CONDITIONS: {
  readonly [Kind in ConditionKind]: ConditionRule<ConditionOf<Kind>, Condition>;
} = {
  all: all(part),
  any: any(part),
  "at-least": atLeast(part),
  not: not(part),
  held: held(part),
  bound,
  count,
  share,
  clear,
  verified,
  assurance,
  coverage,
  tripped,
  accepted,
  from,
  ruled,
  vote,
};

/** Names of all kinds of condition. */
export const CONDITION_KINDS = Object.keys(CONDITIONS);

const { all: first, ...others } = CONDITIONS;

/** Schema of a condition. An unknown kind is refused with the kinds that there are. */
export const conditionSchema: z.ZodType<Condition> = z.discriminatedUnion(
  "kind",
  [first.schema, ...Object.values(others).map(({ schema }) => schema)],
  { error: (issue) => expectedKinds("a condition", CONDITION_KINDS, issue) },
);

/** The condition that is always met. */
export const NOTHING_ASKED: Condition = { kind: "all", of: [] };

/** Whether a condition asks for nothing, so that it is always met. */
export function asksNothing(condition: Condition): boolean {
  return condition.kind === "all" && condition.of.length === 0;
}

/**
 * The rule of a condition's kind, to be asked about that condition.
 *
 * @example ruleOf(condition).sentence(condition, words)
 */
export function ruleOf<Kind extends ConditionKind>(
  condition: ConditionOf<Kind>,
): ConditionRule<ConditionOf<Kind>, Condition> {
  return CONDITIONS[condition.kind];
}

/** What a reading says of a condition. */
export function readBy<Value>(condition: Condition, reading: Reading<Value, Condition>): Value {
  return ruleOf(condition).read(condition, reading);
}
