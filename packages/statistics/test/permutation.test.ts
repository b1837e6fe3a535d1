import { describe, expect, it } from "vitest";
import { commonMovement } from "../src/permutation/common-movement.ts";
import { drawsFor, exceedances, isSignificant } from "../src/permutation/exceedances.ts";
import { strongestRhythm } from "../src/permutation/rhythm.ts";
import { randomFrom } from "../src/random/random.ts";
import { detrended, standardized } from "../src/series.ts";

const noise = (seed: string, length: number) => {
  const random = randomFrom(seed);
  return Array.from({ length }, () => random.below(100_000));
};

describe("permutation tests that stop early (Besag and Clifford 1991)", () => {
  it("count the draws that reach the observed value, and stop once twenty have", () => {
    let at = 0;
    const rising = () => at++;
    expect(exceedances(90, 100, rising)).toEqual({ reached: 10, drawn: 100, highest: 99 });
    at = 0;
    expect(exceedances(0, 100, rising)).toEqual({ reached: 20, drawn: 20, highest: 19 });
  });

  it("need 199 draws for one per cent, and 26 parties with 20 tests each 103,999", () => {
    expect(drawsFor(10_000n, 1)).toBe(199);
    expect(drawsFor(10_000n, 26 * 20)).toBe(103_999);
    expect(drawsFor(0n, 1)).toBeUndefined();
  });

  it("call one of 199 significant at one per cent, and two of them not", () => {
    expect(isSignificant({ reached: 1, drawn: 199 }, 10_000n, 1)).toBe(true);
    expect(isSignificant({ reached: 2, drawn: 199 }, 10_000n, 1)).toBe(false);
    expect(isSignificant({ reached: 0, drawn: 9999 }, 0n, 1)).toBe(false);
  });
});

describe("series", () => {
  it("the moving average of a straight line is the line, but for its ends", () => {
    const line = Array.from({ length: 40 }, (_, i) => 3 * i);
    expect(new Set(detrended(line).slice(5, -5))).toEqual(new Set([0]));
  });

  it("standardized have mean zero and length one; what stands still is nought", () => {
    const unit = standardized(noise("unit", 50));
    expect(unit.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(unit.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
    expect([...standardized([4, 4, 4])]).toEqual([0, 0, 0]);
  });
});

describe("common movement", () => {
  it("of series that share their noise is found, whatever their level", () => {
    const shared = noise("shared", 120);
    const series = [1, 2, 3].map((k) => {
      const own = noise(`own ${k}`, 120);
      return shared.map((value, i) => k * 1000 + value + (own[i] ?? 0) / 2);
    });
    const found = commonMovement(series, 199, randomFrom("shared"));
    expect(found.correlation).toBeGreaterThan(500);
    expect(found.reached).toBe(0);
    expect(found.highest).toBeLessThan(found.correlation);
  });

  it("of independent series is as rare as chance says: at one in twenty about one in twenty", () => {
    let small = 0;
    for (let i = 0; i < 400; i++) {
      const series = [1, 2, 3, 4].map((k) => noise(`${i} ${k}`, 60));
      const { reached, drawn } = commonMovement(series, 199, randomFrom(`null ${i}`));
      if (isSignificant({ reached, drawn }, 50_000n, 1)) small++;
    }
    // 400 draws of 0.05: mean 20, standard deviation 4.4; four of them either side.
    expect(small).toBeGreaterThan(2);
    expect(small).toBeLessThan(38);
  });
});

describe("rhythms", () => {
  it("of seven values are found in noise, and a short series is no answer", () => {
    const own = noise("beat", 300);
    const beating = own.map((value, i) => value + (i % 7) * 30_000);
    expect(strongestRhythm(beating, 199, randomFrom("beat"))).toMatchObject({ lag: 7, reached: 0 });
    expect(strongestRhythm(own.slice(0, 95), 199, randomFrom("short"))).toBe("too-short");
  });
});
