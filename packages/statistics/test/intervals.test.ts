import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialAtLeast } from "../src/distributions/binomial.ts";
import { clopperPearson } from "../src/intervals/clopper-pearson.ts";
import { proportionOf } from "../src/intervals/proportion.ts";
import { clusteredShare } from "../src/intervals/resampled-share.ts";
import { randomFrom } from "../src/random/random.ts";

describe("Clopper and Pearson (1934)", () => {
  it.each([
    [0, 10, 0, 3085],
    [1, 10, 25, 4451],
    [5, 10, 1870, 8130],
    [10, 10, 6915, 10_000],
    [0, 60, 0, 597],
    [60, 60, 9403, 10_000],
    [81, 263, 2527, 3677],
    // R's binom.test of Mendel's peas, 682 of 925: 0.7076683 to 0.7654066.
    [682, 925, 7076, 7655],
  ])("%i of %i: %i to %i ten-thousandths", (successes, trials, low, high) => {
    const interval = clopperPearson(successes, trials);
    expect(Math.abs(interval.low - low)).toBeLessThanOrEqual(1);
    expect(Math.abs(interval.high - high)).toBeLessThanOrEqual(1);
  });

  it("mirrors itself, and what lies beyond either end gives such a result at most one time in forty", () => {
    const case_ = fc
      .integer({ min: 1, max: 3000 })
      .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));
    fc.assert(
      fc.property(case_, ([successes, trials]) => {
        const { low, high } = clopperPearson(successes, trials);
        const mirrored = clopperPearson(trials - successes, trials);
        expect(Math.abs(mirrored.low - (10_000 - high))).toBeLessThanOrEqual(1);
        expect(Math.abs(mirrored.high - (10_000 - low))).toBeLessThanOrEqual(1);
        if (low > 0)
          expect(binomialAtLeast(successes, trials, low / 10_000)).toBeLessThanOrEqual(0.025);
        if (high < 10_000)
          expect(1 - binomialAtLeast(successes + 1, trials, high / 10_000)).toBeLessThanOrEqual(
            0.025,
          );
      }),
    );
  });
});

describe("Wilson (1927)", () => {
  it("the figures derived for 83 and 66 of 129, and nothing of nothing", () => {
    for (const [count, low, high] of [
      [83, 0.558, 0.721],
      [66, 0.426, 0.596],
    ] as const) {
      const found = proportionOf(count, 129);
      expect(found.low).toBeCloseTo(low, 3);
      expect(found.high).toBeCloseTo(high, 3);
    }
    expect(proportionOf(0, 0)).toEqual({ count: 0, of: 0, share: null, low: null, high: null });
  });

  it("holds the share, and lies between 0 and 1", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (count, more) => {
        fc.pre(count + more > 0);
        const { share, low, high } = proportionOf(count, count + more);
        expect(low).toBeLessThanOrEqual((share ?? 0) + 1e-15);
        expect(high).toBeGreaterThanOrEqual((share ?? 1) - 1e-15);
      }),
    );
  });
});

describe("shares of what comes in clusters", () => {
  it("are wider than if all were independent, and one cluster tells nothing of its neighbours", () => {
    const clusters = Array.from({ length: 40 }, (_, i) => ({
      part: i % 2 === 0 ? 25 : 0,
      whole: 25,
    }));
    const found = clusteredShare(clusters, randomFrom(1));
    const independent = proportionOf(500, 1000);
    expect(found.share).toBe(0.5);
    expect((found.high ?? 0) - (found.low ?? 0)).toBeGreaterThan(
      4 * ((independent.high ?? 0) - (independent.low ?? 0)),
    );
    expect(clusteredShare([], randomFrom(1))).toEqual({
      count: 0,
      of: 0,
      share: null,
      low: null,
      high: null,
    });
  });
});
