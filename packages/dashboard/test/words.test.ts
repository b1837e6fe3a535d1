import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { list, numberOf, rounded } from "../src/words.ts";

describe("numbers in words", () => {
  it("a rounded amount is within a twentieth of the amount, and keeps its unit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), (amount) => {
        const text = rounded(`${amount} FLOP`);
        expect(text.endsWith(" FLOP")).toBe(true);
        const ratio = numberOf(text) / Number(amount);
        expect(Math.abs(ratio - 1)).toBeLessThanOrEqual(0.05);
      }),
    );
  });

  it("an amount of four digits or fewer is told as it is", () => {
    expect(rounded("9999 FLOP")).toBe("9999 FLOP");
  });
});

describe("names in a sentence", () => {
  it("are all there, in order, with one word between the last two", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Z][a-z]{1,8}$/), { minLength: 2 }), (names) => {
        expect(list(names).split(/, | and /)).toEqual(names);
        expect(list(names).match(/ and /g)).toHaveLength(1);
      }),
    );
  });
});
