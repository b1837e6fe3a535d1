import { lineOf, obligationRuleOf } from "../../obligations/obligation.ts";
import type { Draft } from "../terms.ts";
import type { Contradiction } from "./contradiction.ts";

/** Lines in FLOP without a counting rule, and lines in H100e without a definition of one. */
export function* countedByNoRule({
  obligations,
  counting,
  h100e,
}: Draft): Generator<Contradiction> {
  const inFlop = obligations.findIndex((one) => lineOf(one) !== undefined);
  if (counting === undefined && inFlop >= 0)
    yield {
      path: ["obligations", inFlop],
      message:
        "expected a counting rule for a limit in FLOP, got none: add `counting` with its rule and source",
    };
  const inH100e = obligations.findIndex((one) => obligationRuleOf(one).h100e(one) !== undefined);
  if (h100e === undefined && inH100e >= 0)
    yield {
      path: ["obligations", inH100e, "aboveH100e"],
      message: "expected a definition of one H100e for a line in H100e, got none: add `h100e`",
    };
}
