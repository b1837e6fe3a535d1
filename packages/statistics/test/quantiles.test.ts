import { describe, expect, it } from "vitest";
import { quantileOf, quantileOrNull } from "../src/quantiles.ts";

describe("quantiles", () => {
  it.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 3],
    [0.9, 6.8],
    [1, 8],
  ])(
    "are those of Hyndman and Fan's seventh kind, as numpy has them: at %f of 1, 2, 4, 8: %f",
    (share, value) => {
      expect(quantileOf([8, 1, 4, 2], share)).toBeCloseTo(value, 12);
    },
  );

  it("of infinite values are infinite, and of none there are none", () => {
    expect(quantileOf([Infinity, 1, Infinity], 0.9)).toBe(Infinity);
    expect(quantileOf([], 0.5)).toBeNaN();
    expect(quantileOrNull([], 0.5)).toBeNull();
  });
});
