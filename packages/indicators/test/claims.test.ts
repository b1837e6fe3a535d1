import {
  disagreements,
  type IndicatorClaim,
  type IndicatorState,
  indicatorClaim,
  judgeClaims,
  MOST_CLAIMS,
} from "@standstill/indicators";
import { isRefusal, type Said } from "@standstill/record";
import { describe, expect, it } from "vitest";
import { body, type Saying, terms, told } from "./measured.ts";

const claim = (says: string, value: string): IndicatorClaim =>
  indicatorClaim.body.parse({
    indicator: "task-horizon-p50",
    period: { from: "2026-05-01", to: "2026-05-31" },
    says,
    value,
    method: null,
    words: "We do long tasks.",
    source: "a post",
  });
const claimed = (one: IndicatorClaim, index = 100) =>
  ({ id: `c${index}`, index, statement: { issuer: "aster" }, body: one }) as Said<IndicatorClaim>;
const found = (value: string, issuer: string, more: object = {}): Saying => [
  issuer,
  body(value, 5, more),
];
const withClaim = (indicators: IndicatorState, one: Said<IndicatorClaim>) => {
  const next = indicatorClaim.reduce({ indicators }, one);
  if (isRefusal(next)) throw new Error(next.message);
  return next.indicators;
};
const judged = (one: IndicatorClaim, ...measured: Saying[]) =>
  judgeClaims(terms, withClaim(told(...measured), claimed(one)))[0];
const standing = (one: IndicatorClaim, ...measured: Saying[]) => judged(one, ...measured)?.standing;

describe("claims", () => {
  it("are unsupported until somebody else has measured", () => {
    expect(standing(claim("exactly", "80"))).toBe("unsupported");
    expect(standing(claim("exactly", "80"), found("80", "aster"))).toBe("unsupported");
    expect(judged(claim("exactly", "80"), found("80", "aster"))?.hasOwnMeasurement).toBe(true);
    expect(standing(claim("exactly", "80"), ["borealis", body("80", 9)])).toBe("unsupported");
  });

  it("are not borne out by whom the agreement names for nothing", () => {
    expect(standing(claim("exactly", "80"), found("80", "dune"))).toBe("unsupported");
    expect(standing(claim("exactly", "80"), found("80", "inspectors"))).toBe("reproduced");
  });

  it("are reproduced, contradicted or disputed by others' intervals", () => {
    const inside = found("70", "borealis", { low: "60", high: "85" });
    const outside = found("40", "cedar", { low: "30", high: "50" });
    expect(standing(claim("exactly", "80"), inside)).toBe("reproduced");
    expect(standing(claim("exactly", "80"), outside)).toBe("contradicted");
    expect(standing(claim("exactly", "80"), inside, outside)).toBe("disputed");
    expect(standing(claim("at-least", "80"), outside)).toBe("contradicted");
    expect(standing(claim("at-most", "80"), outside)).toBe("reproduced");
  });

  it("without an interval, hold to as many digits as were claimed", () => {
    expect(standing(claim("exactly", "80"), found("80.4", "borealis"))).toBe("reproduced");
    expect(standing(claim("exactly", "80.0"), found("80.4", "borealis"))).toBe("contradicted");
  });

  it("the newest of a party on an indicator are held", () => {
    let state = told();
    for (let i = 0; i < MOST_CLAIMS + 5; i++)
      state = withClaim(state, claimed(claim("exactly", String(i)), i));
    const held = judgeClaims(terms, state);
    expect(held).toHaveLength(MOST_CLAIMS);
    expect(held[0]?.body.value).toBe("5");
  });
});

describe("measurers that contradict each other", () => {
  const of = (...measured: Saying[]) =>
    disagreements(terms, told(...measured)).map(({ kind }) => kind);
  const one = found("80", "aster");

  it("are told: another result from the same rows, or intervals that do not meet", () => {
    expect(of(one, found("80", "borealis"))).toEqual([]);
    expect(of(one, found("81", "borealis"))).toEqual(["same-input"]);
    expect(of(one, found("81", "borealis", { commitment: "cd".repeat(32) }))).toEqual(["apart"]);
  });

  it("are not one measurer that corrects itself, nor one whom the agreement does not name", () => {
    expect(of(one, found("81", "aster"))).toEqual([]);
    expect(of(one, found("81", "dune"))).toEqual([]);
  });
});
