import { type Condition, ruleOf } from "./condition.ts";
import type { Inner, NameAsked } from "./rule.ts";

/** The conditions directly inside a condition, each with its path. */
export function partsOf(condition: Condition): readonly Inner<Condition>[] {
  return ruleOf(condition).parts(condition);
}

/** Every condition inside a condition, itself first, each with its path. */
export function* conditionsIn(
  condition: Condition,
  path: Inner<Condition>["path"] = [],
): Generator<Inner<Condition>> {
  yield { condition, path };
  for (const inner of partsOf(condition))
    yield* conditionsIn(inner.condition, [...path, ...inner.path]);
}

/** The names that a condition and those inside it take from the terms, each with the path of its field. */
export function* namesIn(
  condition: Condition,
): Generator<Pick<NameAsked, "what" | "name"> & Pick<Inner<Condition>, "path">> {
  for (const { condition: part, path } of conditionsIn(condition))
    for (const { what, name, field } of ruleOf(part).names(part))
      yield { what, name, path: [...path, field] };
}

/** The parties that a condition names. */
export function partiesIn(condition: Condition): string[] {
  return [...namesIn(condition)].flatMap(({ what, name }) => (what === "party" ? [name] : []));
}

/** Whether a condition, or one inside it, asks who is bound. */
export function asksWhoIsBound(condition: Condition): boolean {
  return boundPath(condition) !== undefined;
}

/** Path of the first place that asks who is bound, where only facts may decide. */
export function boundPath(condition: Condition): string | undefined {
  for (const { condition: part, path } of conditionsIn(condition))
    if (ruleOf(part).rests === "bound") return told(path);
  return undefined;
}

/**
 * Path of the first place under a `not` that asks who is bound. More parties bound could unmeet such a condition, so that a pledge with
 * it could have no greatest fixed point; it is refused.
 *
 * @example nonMonotonePath({ kind: "not", that: { kind: "bound", party: "aster", mode: "cap" } }) // "that"
 */
export function nonMonotonePath(condition: Condition): string | undefined {
  for (const { condition: part, path } of conditionsIn(condition)) {
    if (part.kind !== "not") continue;
    for (const inner of conditionsIn(part.that, [...path, "that"]))
      if (ruleOf(inner.condition).rests === "bound") return told(inner.path);
  }
  return undefined;
}

function told(path: Inner<Condition>["path"]): string {
  return path.join(".") || "the condition";
}
