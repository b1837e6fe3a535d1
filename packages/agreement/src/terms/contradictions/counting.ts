import { COUNTED_KINDS } from "../obligations.ts";
import type { Draft } from "../terms.ts";
import type { Contradiction } from "./contradiction.ts";

/** Lines in FLOP without a counting rule, and lines in H100e without a definition of one. */
export function* countedByNoRule(terms: Draft): Generator<Contradiction> {
  if (terms.counting === undefined) {
    const i = terms.obligations.findIndex(({ kind }) => COUNTED_KINDS.has(kind));
    if (i >= 0)
      yield {
        path: ["obligations", i],
        message:
          "expected a counting rule for a limit in FLOP, got none: add `counting` with its rule and source",
      };
  }
  if (terms.h100e === undefined) {
    const i = terms.obligations.findIndex(
      (one) => "aboveH100e" in one && one.aboveH100e !== undefined,
    );
    if (i >= 0)
      yield {
        path: ["obligations", i, "aboveH100e"],
        message: "expected a definition of one H100e for a line in H100e, got none: add `h100e`",
      };
  }
}
