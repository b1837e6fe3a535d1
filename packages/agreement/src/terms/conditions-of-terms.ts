import type { Condition } from "../conditions/condition.ts";
import type { Path } from "./contradictions/contradiction.ts";
import type { Draft } from "./terms.ts";

/** A condition of terms: where it stands, and whether facts alone may decide it. */
export interface ConditionOfTerms {
  readonly path: Path;
  readonly condition: Condition;
  readonly factsOnly: boolean;
}

/**
 * Every condition of terms. What raises or lifts a mode, lengthens the agreement or holds a party back rests on facts only, so that it
 * does not depend on who is bound by it.
 */
export function conditionsOfTerms(terms: Draft): readonly ConditionOfTerms[] {
  const { entry, lift, duration, withdrawal, amendment, triggers = [] } = terms;
  const found: ConditionOfTerms[] = [];
  const add = (path: Path, condition: Condition | undefined, factsOnly: boolean) => {
    if (condition !== undefined) found.push({ path, condition, factsOnly });
  };
  add(["entry", "when"], entry?.when, false);
  add(["amendment", "when"], amendment?.when, false);
  for (const [i, { when }] of triggers.entries()) add(["triggers", i, "when"], when, true);
  add(["lift", "when"], lift?.when, true);
  add(["duration", "extension", "when"], duration?.extension?.when, true);
  add(["withdrawal", "heldBackWhile"], withdrawal?.heldBackWhile, true);
  return found;
}
