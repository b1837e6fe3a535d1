import {
  backTest,
  dayOfProbability,
  forecastFrom,
  frontierPoints,
  type HorizonTrend,
  horizonDoubling,
  parseHorizons,
  testBreak,
} from "@standstill/indicators";
import { describe, expect, it } from "vitest";
import { shares } from "./made-runs.ts";
import { MAY_2026 } from "./published-horizons.ts";

const dayOf = (date: string) => Date.parse(`${date}T00:00:00.000Z`) / 86_400_000;
const dateOf = (day: number) => new Date(Math.floor(day) * 86_400_000).toISOString().slice(0, 10);
const { points } = parseHorizons(MAY_2026);
const trend: Omit<HorizonTrend, "fromDay"> = {
  ...({ at: "p50", limitMinutes: 960, frontier: "window", replicates: 500, seed: 1 } as const),
} as const;
type Frontier = HorizonTrend["frontier"];
const since = (date: string, frontier: Frontier = "window") =>
  frontierPoints(points, { ...trend, frontier, fromDay: dayOf(date) }).chosen;
const HOUR = 60;

describe("METR Time Horizon 1.1 of May 2026, read as a table", () => {
  it("from 2023: 128.744 days, 14 points, R² 0.9337; one model is beyond the suite", () => {
    const found = horizonDoubling(points, { ...trend, fromDay: dayOf("2023-01-01") });
    expect(Math.abs(found.doublingDays - 128.744)).toBeLessThan(0.01);
    expect(found.points).toHaveLength(14);
    expect(found.r2).toBeCloseTo(0.9337, 3);
    expect(found.beyondSuite).toEqual(["claude_mythos_preview_early"]);
    expect(found.scatterInterval.low).toBeCloseTo(111.9, 1);
    expect(found.scatterInterval.high).toBeCloseTo(151.6, 1);
    const { low, high } = found.measurementInterval as { low: number; high: number };
    expect(low).toBeLessThan(128.744);
    expect(high).toBeGreaterThan(128.744);
  });

  it("at four fifths: 133.405 days; from 2024 and the best of all time: 104.706 and 106.069 days", () => {
    const days = (at: "p50" | "p80", from: string, frontier: "window" | "all-time") =>
      horizonDoubling(points, { ...trend, at, frontier, fromDay: dayOf(from) }).doublingDays;
    expect(days("p50", "2024-01-01", "all-time")).toBeCloseTo(104.706, 2);
    // For p80 the models are those that were the best at one half.
    const ours = new Set(since("2023-01-01").map(({ alias }) => alias));
    const same = points.filter(({ alias }) => ours.has(alias));
    expect(Math.abs(days("p80", "2023-01-01", "window") / 133.405 - 1)).toBeLessThan(0.1);
    expect(same).toHaveLength(14);
  });

  it("reads what indicators horizon prints, a table, and lines alike", () => {
    const rows = points.map(({ alias, day, p50Minutes, interval }) => ({
      alias,
      released: dateOf(day),
      p50Minutes,
      interval,
    }));
    const of = (text: string) => parseHorizons(text).points.map(({ p50Minutes }) => p50Minutes);
    const expected = points.map(({ p50Minutes }) => p50Minutes);
    expect(of(JSON.stringify({ horizons: rows }))).toEqual(expected);
    expect(of(JSON.stringify(rows))).toEqual(expected);
    expect(of(rows.map((row) => JSON.stringify(row)).join("\n"))).toEqual(expected);
  });

  it.each([
    ["no day", '[{"alias":"a","p50Minutes":3}]', "missing-column"],
    ["a day that is none", '[{"alias":"a","released":"soon","p50Minutes":3}]', "malformed-data"],
    ["minutes below 0", '[{"alias":"a","released":"2026-01-01","p50Minutes":-3}]', "out-of-range"],
    ["a table with holes", "alias,released,p50Minutes\na,2026-01-01", "malformed-data"],
    ["nothing that is known", "{", "malformed-data"],
  ])("refuses %s", (_name, text, code) => {
    expect(() => parseHorizons(text)).toThrow(expect.objectContaining({ code }));
  });

  it("a model without a horizon is told, and is no point", () => {
    const text = '[{"alias":"a","released":"2026-01-01","p50Minutes":null}]';
    expect(parseHorizons(text)).toEqual({ points: [], without: ["a"] });
  });
});

describe("forecasts from the published horizons", () => {
  it("from 2023: 40 h on 2026-12-27, 167 h on 2027-09-18, 2,000 h on 2028-12-22", () => {
    const forecaster = forecastFrom(since("2023-01-01"));
    expect(forecaster.scatter).toBeCloseTo(0.674, 3);
    expect(dateOf(forecaster.reaches(40 * HOUR))).toBe("2026-12-27");
    expect(dateOf(forecaster.reaches(167 * HOUR))).toBe("2027-09-18");
    expect(dateOf(forecaster.reaches(2000 * HOUR))).toBe("2028-12-22");
    expect(forecaster.at(dayOf("2026-12-31")).value).toBeCloseTo(2451, -1);
    expect(forecaster.atLeast(40 * HOUR, dayOf("2026-12-31"))).toBeCloseTo(0.515, 2);
    // Published from a normal distribution; Student's t has more in its tails.
    expect(Math.abs(forecaster.atLeast(167 * HOUR, dayOf("2027-12-31")) - 0.8)).toBeLessThan(0.02);
  });

  it("from 2024, the best of all time: 40 h on 2026-09-10, 167 h on 2027-04-14, 2,000 h on 2028-04-23", () => {
    const forecaster = forecastFrom(since("2024-01-01", "all-time"));
    expect(forecaster.points).toBe(12);
    expect(forecaster.scatter).toBeCloseTo(0.342, 3);
    expect(dateOf(forecaster.reaches(40 * HOUR))).toBe("2026-09-10");
    expect(dateOf(forecaster.reaches(167 * HOUR))).toBe("2027-04-14");
    expect(dateOf(forecaster.reaches(2000 * HOUR))).toBe("2028-04-23");
  });

  it("the day on which a crossing becomes likely is later, the likelier it has to be; never, if it never does", () => {
    const forecaster = forecastFrom(since("2023-01-01"));
    const from = dayOf("2026-05-08");
    const [early, middle, late] = [0.1, 0.5, 0.9].map((share) =>
      dayOfProbability(forecaster, 167 * HOUR, share, from),
    ) as [number, number, number];
    expect(early).toBeLessThan(middle);
    expect(middle).toBeLessThan(late);
    expect(Math.abs(middle - forecaster.reaches(167 * HOUR))).toBeLessThanOrEqual(1);
    expect(dayOfProbability(forecaster, 1e300, 0.5, from)).toBeNull();
  });

  it("back-tests at each past model: from 2023 and from 2024", () => {
    const all = backTest(since("2023-01-01"));
    expect(all?.forecasts).toBe(9);
    expect(all?.places.every((place) => place > 0 && place < 1)).toBe(true);
    expect(all?.widening).toBeGreaterThanOrEqual(1);
    expect(backTest(since("2025-06-01"))).toBeUndefined();
  });
});

describe("back-tests of made-up series", () => {
  const series = (seed: number, scatter: number, bend: number) => {
    const share = shares(seed);
    const normal = () => Array.from({ length: 12 }, share).reduce((sum, one) => sum + one, -6);
    return Array.from({ length: 20 }, (_, i) => ({
      day: i * 60,
      value: 2 ** (i / 2 + bend * i * i + scatter * normal()),
    }));
  };

  it("find forecasts of a straight series calibrated in nearly all cases, and places even", () => {
    const tests = Array.from({ length: 200 }, (_, i) => backTest(series(i + 1, 0.4, 0)));
    expect(tests.filter((test) => test?.isCalibrated).length).toBeGreaterThan(180);
    const places = tests.flatMap((test) => test?.places ?? []);
    const below = (share: number) => places.filter((one) => one < share).length / places.length;
    for (const share of [0.1, 0.25, 0.5, 0.75, 0.9]) expect(below(share)).toBeCloseTo(share, 1);
  });

  it("find those of a series that bends upwards too narrow", () => {
    const tests = Array.from({ length: 50 }, (_, i) => backTest(series(i + 1, 0.05, 0.05)));
    expect(tests.filter((test) => test?.isCalibrated === false).length).toBeGreaterThan(45);
    expect(tests.every((test) => (test?.widening ?? 0) > 1.5)).toBe(true);
  });
});

describe("a jump or a change of slope", () => {
  const made = (seed: number, course: (year: number) => number) => {
    const share = shares(seed);
    return Array.from({ length: 24 }, (_, i) => ({
      day: i * 45,
      value: course((i * 45) / 365) + 2 * (share() + share() + share() - 1.5),
    }));
  };
  const best = (seed: number, course: (year: number) => number) =>
    testBreak(made(seed, course), { replicates: 99, seed });

  it("each is told from the others, in most of 40 series", () => {
    const counts = { line: 0, jump: 0, hinge: 0 };
    for (let seed = 1; seed <= 40; seed++) {
      if (best(seed, (year) => 15 * year).probability > 0.05) counts.line++;
      const jump = best(seed, (year) => 15 * year + (year > 1.5 ? 9 : 0));
      if (jump.fits[0]?.model === "jump" && jump.probability < 0.05) counts.jump++;
      const hinge = best(seed, (year) => 15 * year + 12 * Math.max(0, year - 1.5));
      if (hinge.fits[0]?.model === "hinge" && hinge.probability < 0.05) counts.hinge++;
    }
    expect(counts.line).toBeGreaterThanOrEqual(34);
    expect(counts.jump).toBeGreaterThanOrEqual(30);
    expect(counts.hinge).toBeGreaterThanOrEqual(30);
  }, 60_000);

  it("the ratio of slopes is recovered, and its 95 % interval holds it about as often as it says", () => {
    let inside = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { fits } = best(seed, (year) => 15 * year + 9 * Math.max(0, year - 1.5));
      const ratio = fits.find(({ model }) => model === "hinge")?.slopeRatio;
      if (ratio !== null && ratio !== undefined && ratio.low <= 1.6 && 1.6 <= ratio.high) inside++;
    }
    // The place of the break is chosen by the data, which the interval does not carry.
    expect(inside).toBeGreaterThan(75);
  }, 60_000);

  it("refuses fewer than eight points", () => {
    expect(() => testBreak(made(1, (year) => year).slice(0, 7))).toThrow(
      expect.objectContaining({ code: "too-few-points" }),
    );
  });
});
