import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialAtLeast } from "../src/distributions/binomial.ts";
import { normalCumulative, normalDensity, normalQuantile } from "../src/distributions/normal.ts";
import { sigmasFor } from "../src/distributions/one-sided.ts";
import { studentCumulative, studentQuantile } from "../src/distributions/student.ts";

describe("Student's t (Abramowitz and Stegun, table 26.10)", () => {
  it.each([
    [1, 0.975, 12.706],
    [2, 0.95, 2.92],
    [5, 0.975, 2.571],
    [10, 0.975, 2.228],
    [12, 0.9, 1.356],
    [30, 0.995, 2.75],
    [120, 0.975, 1.98],
  ])("%i degrees of freedom, %f: %f", (degrees, share, value) => {
    expect(studentQuantile(share, degrees)).toBeCloseTo(value, 3);
    expect(studentCumulative(value, degrees)).toBeCloseTo(share, 3);
    expect(studentCumulative(-value, degrees)).toBeCloseTo(1 - share, 3);
  });

  it("of one degree is Cauchy's distribution, and tends to the normal one", () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (value) => {
        expect(studentCumulative(value, 1)).toBeCloseTo(0.5 + Math.atan(value) / Math.PI, 12);
        expect(studentCumulative(value, 1e6)).toBeCloseTo(normalCumulative(value), 5);
      }),
    );
  });
});

describe("the normal distribution (Abramowitz and Stegun, table 26.1)", () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [2, 0.977249868051821],
    [-3, 0.00134989803163],
    [-6, 9.865876450377e-10],
  ])("at %f: %f", (x, expected) => {
    expect(Math.abs(normalCumulative(x) / expected - 1)).toBeLessThan(1e-11);
  });

  it("quantiles undo probabilities; the density is the slope of them", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (x) => {
        expect(normalQuantile(normalCumulative(x))).toBeCloseTo(x, 8);
        const slope = (normalCumulative(x + 1e-4) - normalCumulative(x - 1e-4)) / 2e-4;
        expect(normalDensity(x)).toBeCloseTo(slope, 8);
      }),
    );
    for (const share of [0, 1, Number.NaN]) expect(() => normalQuantile(share)).toThrow(RangeError);
  });
});

describe("limits in standard deviations (Abramowitz and Stegun, table 26.5)", () => {
  it("are exceeded by a normal quantity as rarely as they say, and hardly more rarely", () => {
    for (const rate of [100_000, 50_000, 20_000, 10_000, 5000, 1000, 100, 10, 1]) {
      const beyond = (1 - normalCumulative(sigmasFor(rate) / 1000)) * 1e6;
      expect(beyond).toBeLessThanOrEqual(rate);
      expect(beyond).toBeGreaterThan(rate * 0.98);
    }
  });

  it.each([
    [100_000, 1282],
    [50_000, 1645],
    [20_000, 2054],
    [10_000, 2327],
    [1000, 3091],
    [100, 3720],
    [10, 4265],
    [1, 4754],
  ])("at %i millionths are the table's, rounded up: %i", (rate, thousandths) => {
    expect(sigmasFor(rate)).toBe(thousandths);
  });

  it("between two rates the stricter holds, below all of them six", () => {
    expect(sigmasFor(15_000)).toBe(sigmasFor(10_000));
    expect(sigmasFor(0)).toBe(6000);
  });
});

describe("the binomial distribution", () => {
  it("R's pbinom: 3 or more of 10 at 0.3, 60 or more of 100 at 0.5", () => {
    expect(binomialAtLeast(3, 10, 0.3)).toBeCloseTo(0.6172172136, 10);
    expect(binomialAtLeast(60, 100, 0.5)).toBeCloseTo(0.02844396682, 10);
    expect([binomialAtLeast(0, 5, 0.2), binomialAtLeast(6, 5, 0.2)]).toEqual([1, 0]);
  });

  it("does not run out of range with a hundred thousand trials", () => {
    expect(binomialAtLeast(50_000, 100_000, 0.5)).toBeCloseTo(0.501261563, 8);
  });
});
