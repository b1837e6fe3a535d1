import { nameSchema } from "@standstill/record";
import { z } from "zod";

/** How strictly a party binds itself, from least to most. */
export const MODES = ["cap", "taper", "pause"] as const;
/** One of the modes. */
export type Mode = (typeof MODES)[number];
/** Schema of a mode. */
export const modeSchema = z.enum(MODES);

/**
 * Under which conditions on the others a pledge holds. Every form is monotone in who is bound and at which mode: more
 * parties bound, or bound more strictly, never turns a met condition into an unmet one. There is no negation.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly atLeast: number; readonly of: readonly Condition[] }
  | { readonly bound: string; readonly mode: Mode }
  | { readonly clear: string };

/** Schema of a condition. `clear` asks that the party's newest verdict is neither anomalous nor a violation. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).max(64) }),
    z.strictObject({
      atLeast: z.int().min(1).max(64),
      of: z.array(conditionSchema).min(1).max(64),
    }),
    z.strictObject({ bound: nameSchema, mode: modeSchema }),
    z.strictObject({ clear: nameSchema }),
  ]),
);

/** What conditions are judged by at one instant. */
export interface Circumstances {
  /** Who is bound, and at which mode. */
  readonly bound: ReadonlyMap<string, Mode>;
  /** Parties whose newest verdict is anomalous or a violation. */
  readonly accused: ReadonlySet<string>;
}

/** Whether a condition is met. */
export function isMet(condition: Condition, given: Circumstances): boolean {
  if ("all" in condition) return condition.all.every((part) => isMet(part, given));
  if ("of" in condition)
    return condition.of.filter((part) => isMet(part, given)).length >= condition.atLeast;
  if ("clear" in condition) return !given.accused.has(condition.clear);
  const mode = given.bound.get(condition.bound);
  return mode !== undefined && MODES.indexOf(mode) >= MODES.indexOf(condition.mode);
}

/** A condition with what is met and what is missing, part by part. */
export interface ExplainedCondition {
  readonly met: boolean;
  readonly kind: "all" | "at-least" | "bound" | "clear";
  readonly party?: string;
  readonly mode?: Mode;
  readonly needed?: number;
  readonly parts: readonly ExplainedCondition[];
}

/** Explains a condition under given circumstances, part by part. */
export function explainCondition(condition: Condition, given: Circumstances): ExplainedCondition {
  const met = isMet(condition, given);
  if ("all" in condition) {
    return { met, kind: "all", parts: condition.all.map((part) => explainCondition(part, given)) };
  }
  if ("of" in condition) {
    const parts = condition.of.map((part) => explainCondition(part, given));
    return { met, kind: "at-least", needed: condition.atLeast, parts };
  }
  if ("clear" in condition) return { met, kind: "clear", party: condition.clear, parts: [] };
  return { met, kind: "bound", party: condition.bound, mode: condition.mode, parts: [] };
}

/** The parties a condition speaks of. */
export function partiesIn(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(partiesIn);
  if ("of" in condition) return condition.of.flatMap(partiesIn);
  return ["clear" in condition ? condition.clear : condition.bound];
}
