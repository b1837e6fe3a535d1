import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, exponentialOfTwo, logistic } from "../src/arithmetic/exponential.ts";
import { quantileOf } from "../src/arithmetic/quantile.ts";
import { SeededRandom } from "../src/arithmetic/random.ts";
import { studentCumulative, studentQuantile } from "../src/arithmetic/student.ts";

describe("arithmetic that is the same on every machine", () => {
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

  it("the logistic function and its mirror sum to one", () => {
    fc.assert(
      fc.property(fc.double({ min: -800, max: 800, noNaN: true }), (value) => {
        expect(logistic(value) + logistic(-value)).toBeCloseTo(1, 14);
      }),
    );
  });

  it("Student's t: the table of Abramowitz and Stegun (26.10)", () => {
    const table = [
      ...[[1, 0.975, 12.706] as const, [2, 0.95, 2.92] as const, [5, 0.975, 2.571] as const],
      ...[[10, 0.975, 2.228] as const, [12, 0.9, 1.356] as const, [30, 0.995, 2.75] as const],
      [120, 0.975, 1.98] as const,
    ];
    for (const [degrees, share, value] of table) {
      expect(studentQuantile(share, degrees)).toBeCloseTo(value, 3);
      expect(studentCumulative(value, degrees)).toBeCloseTo(share, 3);
      expect(studentCumulative(-value, degrees)).toBeCloseTo(1 - share, 3);
    }
  });

  it("quantiles are those of Hyndman and Fan's seventh kind, as numpy has them", () => {
    for (const [share, value] of [
      ...[[0, 1] as const, [0.25, 1.75] as const, [0.5, 3] as const],
      ...[[0.9, 6.8] as const, [1, 8] as const],
    ])
      expect(quantileOf([1, 2, 4, 8], share)).toBeCloseTo(value, 12);
    expect(quantileOf([], 0.5)).toBeNaN();
  });

  it("shares are even, and numbers of the normal distribution have its moments", () => {
    const random = new SeededRandom(7);
    const values = Array.from({ length: 20_000 }, () => random.normal(Math.log));
    const moment = (power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
    const counts = Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const k = random.below(10);
      counts[k] = (counts[k] as number) + 1;
    }
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(800);
  });
});
