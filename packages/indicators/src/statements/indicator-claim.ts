import { DRAFT, defineStatement } from "@standstill/record";
import { type IndicatorPart, type IndicatorState, MOST_CLAIMS } from "../state.ts";
import { claimSchema } from "./claim.ts";

/**
 * `indicator/claim`: what a party says of itself in public is taken in. Others may reproduce or contradict it; until then it is unsupported.
 */
export const indicatorClaim = defineStatement({
  type: "indicator/claim",
  version: DRAFT,
  roles: ["party"],
  words: "A party puts on record what it says of its own development in public.",
  body: claimSchema,
  reduce: ({ indicators }: IndicatorPart, { id, index, statement: { issuer }, body }) => {
    const key = `${issuer} ${body.indicator}`;
    const its = [...(indicators.claims.get(key) ?? []), { id, index, issuer, body }];
    const claims = indicators.claims.set(key, its.slice(-MOST_CLAIMS));
    const next: IndicatorState = { ...indicators, claims };
    return { indicators: next };
  },
});
