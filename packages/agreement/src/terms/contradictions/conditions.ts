import { boundPath, nonMonotonePath } from "../../conditions/walk.ts";
import { conditionsOfTerms } from "../conditions-of-terms.ts";
import type { Draft } from "../terms.ts";
import type { Contradiction } from "./contradiction.ts";

/** Conditions that ask who is bound where they must not. */
export function* wrongConditions(terms: Draft): Generator<Contradiction> {
  for (const { path, condition, factsOnly } of conditionsOfTerms(terms)) {
    const place = factsOnly ? boundPath(condition) : nonMonotonePath(condition);
    if (place === undefined) continue;
    const message = factsOnly
      ? `expected facts, votes and dates only, got who is bound at ${place}: what raises or lifts a mode must not depend on who is bound by it`
      : `expected a condition that more parties can only help to meet, got who is bound under "not" at ${place}`;
    yield { path, message };
  }
}
