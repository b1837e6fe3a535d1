import { AgreementError } from "../../error.ts";
import type { Draft } from "../terms.ts";
import { wrongConditions } from "./conditions.ts";
import type { Contradiction, ContradictionRule } from "./contradiction.ts";
import { countedByNoRule } from "./counting.ts";
import { datesOutOfOrder } from "./dates.ts";
import { definitionCycles } from "./definitions.ts";
import { namesTwice } from "./names-twice.ts";
import { namesUnknown } from "./names-unknown.ts";
import { upsideDown } from "./upside-down.ts";

const rules: readonly ContradictionRule[] = [
  namesTwice,
  namesUnknown,
  definitionCycles,
  wrongConditions,
  countedByNoRule,
  upsideDown,
  datesOutOfOrder,
];

/** Refuses terms that contradict themselves; the error names the first contradiction and its path. */
export function checkTerms(terms: Draft): void {
  for (const { path, message } of contradictionsIn(terms))
    throw new AgreementError("contradictory-terms", message, path.join(".") || "the terms");
}

/** Every contradiction in terms: names used twice or for nothing, cycles, upside-down intervals, dates out of order. */
export function* contradictionsIn(terms: Draft): Generator<Contradiction> {
  for (const rule of rules) yield* rule(terms);
}
