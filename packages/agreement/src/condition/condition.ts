import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { daySchema } from "../instant.ts";

/** How strictly a party binds itself, from least to most. */
export const MODES = ["cap", "taper", "pause"] as const;
/** One of the modes. */
export type Mode = (typeof MODES)[number];
/** Schema of a mode. */
export const modeSchema = z.enum(MODES);
/** Whether one mode is at least as strict as another. */
export function isAtLeast(mode: Mode, asked: Mode): boolean {
  return MODES.indexOf(mode) >= MODES.indexOf(asked);
}

/** A share of one as a decimal string, as "0.90". */
export const shareSchema = z
  .string()
  .regex(/^(?:0\.[0-9]{1,6}|1(?:\.0{1,6})?)$/, 'expected a share as "0.90"');

/** Several parties counted: at least so many, or all, of a group. */
export interface CountCondition {
  readonly count: number | "all";
  /** Group of the terms; all parties that count where absent. */
  readonly of?: string | undefined;
  /** Group whose members do not count here. */
  readonly besides?: string | undefined;
  readonly mode?: Mode | undefined;
  /** Kinds of instrument that count; all kinds where absent. */
  readonly instruments?: readonly string[] | undefined;
}

/** A vote: green-light passes only if enough say yes; red-light passes unless enough say no in time. */
export interface VoteCondition {
  readonly vote: string;
  readonly rule: "green-light" | "red-light";
  /** Group that may vote; all parties where absent. */
  readonly of?: string | undefined;
  /** Share of those who may vote that must have voted. Green-light only. */
  readonly quorum?: string | undefined;
  /** Green-light: share of yes among yes and no. Red-light: share of no, among all who may vote, that stops it. */
  readonly majority: string;
  /** Days within which a red light must be shown. */
  readonly withinDays?: number | undefined;
}

/**
 * Under which conditions something holds. Every form without `not` is monotone in who is bound and at which mode: more
 * parties bound, or bound more strictly, never turns a met condition into an unmet one. `not` may stand over facts only.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly atLeast: number; readonly of: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly bound: string; readonly mode: Mode }
  | CountCondition
  | { readonly share: string; readonly weight: string; readonly mode?: Mode | undefined }
  | {
      readonly assurance: string;
      readonly atLeast: string;
      readonly evasions: readonly string[];
      readonly adversary: string;
    }
  | { readonly clear: string }
  | { readonly verified: string }
  | { readonly coverage: string }
  | { readonly tripped: string }
  | { readonly accepted: string }
  | { readonly from: string }
  | { readonly ruled: string }
  | { readonly held: Condition; readonly withinDays: number }
  | VoteCondition;

const days = z.int().min(1).max(36_500);

/** Schema of a condition. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ all: z.array(conditionSchema).max(1000) }),
      z.strictObject({ any: z.array(conditionSchema).min(1).max(1000) }),
      z.strictObject({
        atLeast: z.int().min(1).max(1000),
        of: z.array(conditionSchema).min(1).max(1000),
      }),
      z.strictObject({ not: conditionSchema }),
      z.strictObject({ bound: nameSchema, mode: modeSchema }),
      z.strictObject({
        count: z.union([z.int().min(1).max(100_000), z.literal("all")]),
        of: nameSchema.optional(),
        besides: nameSchema.optional(),
        mode: modeSchema.optional(),
        instruments: z.array(z.string().min(1).max(60)).min(1).max(10).optional(),
      }),
      z.strictObject({ share: shareSchema, weight: nameSchema, mode: modeSchema.optional() }),
      z.strictObject({
        assurance: nameSchema,
        atLeast: shareSchema,
        evasions: z.array(nameSchema).min(1).max(20),
        adversary: nameSchema,
      }),
      z.strictObject({ clear: nameSchema }),
      z.strictObject({ verified: nameSchema }),
      z.strictObject({ coverage: shareSchema }),
      z.strictObject({ tripped: nameSchema }),
      z.strictObject({ accepted: nameSchema }),
      z.strictObject({ from: daySchema }),
      z.strictObject({ ruled: nameSchema }),
      z.strictObject({ held: conditionSchema, withinDays: days }),
      z.strictObject({
        vote: nameSchema,
        rule: z.enum(["green-light", "red-light"]),
        of: nameSchema.optional(),
        quorum: shareSchema.optional(),
        majority: shareSchema,
        withinDays: days.optional(),
      }),
    ],
    {
      error:
        "expected a condition: all, any, atLeast, not, bound, count, share, assurance, clear, verified, coverage, tripped, accepted, from, ruled, held or vote, with its fields",
    },
  ),
);

/** The conditions directly inside a condition, each with its key. */
export function partsOf(condition: Condition): readonly (readonly [string | number, Condition])[] {
  if ("all" in condition) return condition.all.map((part, i) => [`all.${i}`, part]);
  if ("any" in condition) return condition.any.map((part, i) => [`any.${i}`, part]);
  if ("of" in condition && Array.isArray(condition.of))
    return condition.of.map((part, i) => [`of.${i}`, part]);
  if ("not" in condition) return [["not", condition.not]];
  if ("held" in condition) return [["held", condition.held]];
  return [];
}

/** Every condition inside a condition, itself first, each with its path. */
export function* conditionsIn(
  condition: Condition,
  path: readonly string[] = [],
): Generator<{ readonly condition: Condition; readonly path: readonly string[] }> {
  yield { condition, path };
  for (const [key, part] of partsOf(condition))
    yield* conditionsIn(part, [...path, ...String(key).split(".")]);
}

/** The parties that a condition names. */
export function partiesIn(condition: Condition): string[] {
  const named: string[] = [];
  for (const { condition: part } of conditionsIn(condition)) {
    if ("bound" in part) named.push(part.bound);
    else if ("clear" in part) named.push(part.clear);
    else if ("verified" in part) named.push(part.verified);
    else if ("assurance" in part) named.push(part.assurance);
  }
  return named;
}

/** Whether a condition asks who is bound. */
export function asksWhoIsBound(condition: Condition): boolean {
  return "bound" in condition || "count" in condition || "share" in condition;
}

/**
 * Path of the first place where more parties bound could unmeet a condition: who is bound, asked under a `not`. A pledge
 * with such a place could have no greatest fixed point, so it is refused.
 *
 * @example nonMonotonePath({ all: [{ not: { bound: "aster", mode: "cap" } }] }) // "all.0.not"
 */
export function nonMonotonePath(condition: Condition): string | undefined {
  return pathUnderNot(condition, [], false);
}

function pathUnderNot(
  condition: Condition,
  path: readonly string[],
  negated: boolean,
): string | undefined {
  if (negated && asksWhoIsBound(condition)) return path.join(".") || "the condition";
  for (const [key, part] of partsOf(condition)) {
    const found = pathUnderNot(
      part,
      [...path, ...String(key).split(".")],
      "not" in condition ? !negated : negated,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Path of the first place that asks who is bound, where only facts may decide. */
export function boundPath(condition: Condition): string | undefined {
  for (const { condition: part, path } of conditionsIn(condition))
    if (asksWhoIsBound(part)) return path.join(".") || "the condition";
  return undefined;
}
