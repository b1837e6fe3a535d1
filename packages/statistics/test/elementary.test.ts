import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, exponentialOfTwo, logistic } from "../src/elementary/exponential.ts";
import { incompleteBeta, logGamma } from "../src/elementary/gamma.ts";
import { leastWhere } from "../src/elementary/halving.ts";
import { binaryLogarithm, naturalLogarithm } from "../src/elementary/logarithm.ts";
import { wholePower } from "../src/elementary/power.ts";

describe("elementary functions that are the same on every machine", () => {
  it("e to a power agrees with Math.exp to fifteen digits", () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (power) => {
        expect(Math.abs(exponential(power) / Math.exp(power) - 1)).toBeLessThan(4e-16 * 4);
      }),
    );
    expect([exponential(1000), exponential(-1000), exponential(0)]).toEqual([Infinity, 0, 1]);
  });

  it("two to a whole power is exact, down to the smallest and up to the largest", () => {
    for (const power of [-1022, -3, 0, 1, 52, 1023])
      expect(exponentialOfTwo(power)).toBe(2 ** power);
    expect([exponentialOfTwo(2000), exponentialOfTwo(-2000)]).toEqual([Infinity, 0]);
  });

  it("the logarithm agrees with Math.log to a few units in the last place, and ends for whatever it is asked", () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const [found, expected] = [naturalLogarithm(value), Math.log(value)];
        if (Number.isFinite(expected)) expect(Math.abs(found - expected)).toBeLessThan(1e-12);
        else expect(found).toBe(expected);
      }),
    );
    for (const value of [0, -0, -1, Infinity, -Infinity, Number.NaN])
      expect(naturalLogarithm(value)).toBe(Math.log(value));
    for (let power = -40; power <= 40; power++)
      expect(binaryLogarithm(2 ** power)).toBeCloseTo(power, 13);
  });

  it("the logistic function and its mirror sum to one", () => {
    fc.assert(
      fc.property(fc.double({ min: -800, max: 800, noNaN: true }), (value) => {
        expect(logistic(value) + logistic(-value)).toBeCloseTo(1, 14);
      }),
    );
  });

  it("whole powers multiply", () => {
    expect([wholePower(3, 0), wholePower(3, 4), wholePower(0.5, 2)]).toEqual([1, 81, 0.25]);
  });

  it("the gamma function: factorials, and halves (Abramowitz and Stegun, 6.1.8 and table 6.3)", () => {
    let factorial = 1;
    for (let n = 1; n <= 170; n++) {
      expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThan(1e-12 * (1 + n));
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    expect(exponential(logGamma(1.5))).toBeCloseTo(0.886226925452758, 13);
    expect(exponential(logGamma(1.25))).toBeCloseTo(0.906402477055477, 13);
  });

  it("the incomplete beta function of whole numbers is a binomial sum, and mirrors itself (26.5.2, 26.5.24)", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, x) => {
          expect(incompleteBeta(x, a, b)).toBeCloseTo(binomialSum(x, a, a + b - 1), 11);
          expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 11);
        },
      ),
    );
  });

  it("halving finds where a condition begins to hold", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (limit) => {
        expect(leastWhere(-10, 10, (value) => value >= limit)).toBeCloseTo(limit, 12);
      }),
    );
  });
});

/** Probability of `least` or more of so many, term by term. */
function binomialSum(probability: number, least: number, trials: number): number {
  let [sum, coefficient] = [0, 1];
  for (let k = trials; k >= least; k--) {
    sum += coefficient * probability ** k * (1 - probability) ** (trials - k);
    coefficient = (coefficient * k) / (trials - k + 1);
  }
  return sum;
}
