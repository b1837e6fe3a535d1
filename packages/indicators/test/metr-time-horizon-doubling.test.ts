import { readFileSync } from "node:fs";
import {
  doublingOf,
  frontierOf,
  measureTrainingCompute,
  parseTrainingCompute,
  tripwireLevel,
} from "@standstill/indicators";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const at = (date: string, value: number) => ({
  day: Date.parse(`${date}T00:00:00.000Z`) / 86_400_000,
  value,
});

/** p50 time horizons in minutes at their release dates, as METR published them; quoted here as test expectations. */
const JANUARY_2026 = [
  at("2023-03-14", 3.525),
  at("2023-11-06", 3.61),
  at("2024-05-13", 6.404),
  at("2024-06-20", 10.772),
  at("2024-09-12", 19.395),
  at("2024-10-22", 19.776),
  at("2024-12-05", 37.938),
  at("2025-02-24", 59.764),
  at("2025-04-16", 120.73),
  at("2025-05-22", 101.183),
  at("2025-08-07", 213.954),
  at("2025-11-24", 320.422),
];
const FEBRUARY_2026 = [...JANUARY_2026, at("2025-11-18", 236.655), at("2025-12-11", 394.384)];
const MAY_2026 = [
  at("2023-03-14", 3.987),
  at("2023-11-06", 4.045),
  at("2024-03-04", 3.952),
  at("2024-05-13", 6.991),
  at("2024-06-20", 11.395),
  at("2024-09-12", 20.327),
  at("2024-10-22", 20.523),
  at("2024-12-05", 38.832),
  at("2025-02-24", 60.389),
  at("2025-04-16", 119.733),
  at("2025-05-22", 100.366),
  at("2025-08-07", 203.013),
  at("2025-11-18", 224.326),
  at("2025-11-24", 292.995),
  at("2025-12-11", 352.249),
  at("2026-02-05", 718.807),
];

describe("METR Time Horizon 1.1: published doubling times from 2023", () => {
  it.each([
    ["January 2026: 130.801 days, 11 points", JANUARY_2026, 130.801, 11],
    ["February 2026: 128.120 days, 13 points", FEBRUARY_2026, 128.12, 13],
    ["May 2026, up to 16 hours: 128.744 days, 14 points", MAY_2026, 128.744, 14],
  ])("%s", (_name, points, days, count) => {
    const doubling = doublingOf(frontierOf(points));
    expect(doubling.points).toBe(count);
    expect(Math.abs(doubling.days - days)).toBeLessThan(0.01);
  });

  it("May 2026: the interval of ordinary least squares is 111.9 to 151.6 days", () => {
    const { fastest, slowest } = doublingOf(frontierOf(MAY_2026));
    expect(fastest).toBeCloseTo(111.9, 0);
    expect(slowest).toBeCloseTo(151.6, 0);
  });
});

describe("the fit", () => {
  it("recovers any exact doubling time, and is not moved by the unit of the values", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 2000 }),
        fc.double({ min: 1e-3, max: 1e20, noNaN: true }),
        (days, scale) => {
          const points = [0, 100, 250, 700].map((day) => ({
            day,
            value: scale * 2 ** (day / days),
          }));
          expect(doublingOf(points).days).toBeCloseTo(days, 5);
        },
      ),
    );
  });

  it.each([
    ["two points", [at("2024-01-01", 1), at("2025-01-01", 2)], "too-few-points"],
    ["one day", [at("2024-01-01", 1), at("2024-01-01", 2), at("2024-01-01", 4)], "no-growth"],
    [
      "values that fall",
      [at("2024-01-01", 4), at("2024-02-01", 2), at("2024-03-01", 1)],
      "no-growth",
    ],
  ])("says that it cannot: %s", (_name, points, code) => {
    expect(() => doublingOf(points)).toThrow(expect.objectContaining({ code }));
  });
});

describe("training compute of the Epoch table", () => {
  const table = readFileSync(
    new URL("../../../data/epoch/training_compute.csv", import.meta.url),
    "utf8",
  );

  it("the same trend comes out of a plain regression with Math.log", () => {
    const measured = measureTrainingCompute(table, "2018-01-01");
    const first = Date.parse("2018-01-01T00:00:00.000Z") / 86_400_000;
    const frontier = frontierOf(parseTrainingCompute(table).filter(({ day }) => day >= first));
    const x = frontier.map(({ day }) => day);
    const y = frontier.map(({ value }) => Math.log(value));
    const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
    const slope =
      x.reduce((sum, day, i) => sum + (day - mean(x)) * ((y[i] as number) - mean(y)), 0) /
      x.reduce((sum, day) => sum + (day - mean(x)) ** 2, 0);
    expect(measured.doublingMillidays / 1000).toBeCloseTo(Math.LN2 / slope, 3);
    expect(measured).toMatchObject({ points: 17, newest: "2025-07-09" });
    expect(measured.fastestMillidays).toBeLessThan(measured.doublingMillidays);
  });

  it.each([
    "",
    "date,flop,model\n2024-01-01,-5,x",
    "date,flop,model\n2024-13-01,5,x",
    "date,flop,model\n2024-01-01,1e400,x",
  ])("refuses %j", (text) => {
    expect(() => measureTrainingCompute(text, "2018-01-01")).toThrow(
      expect.objectContaining({ name: "IndicatorError" }),
    );
  });

  it("a tripwire watches on the estimate and trips only on the whole interval", () => {
    const wire = {
      id: "t",
      indicator: "training-compute" as const,
      watchBelowDays: 200,
      tripBelowDays: 100,
      source: "s",
    };
    const measured = {
      doublingMillidays: 150_000,
      fastestMillidays: 90_000,
      slowestMillidays: 210_000,
      points: 9,
      newest: "2025-01-01",
    };
    expect(tripwireLevel(wire, { ...measured, doublingMillidays: 250_000 })).toBe("quiet");
    expect(tripwireLevel(wire, measured)).toBe("watch");
    expect(tripwireLevel(wire, { ...measured, doublingMillidays: 80_000 })).toBe("watch");
    expect(
      tripwireLevel(wire, { ...measured, doublingMillidays: 80_000, slowestMillidays: null }),
    ).toBe("watch");
    expect(
      tripwireLevel(wire, { ...measured, doublingMillidays: 80_000, slowestMillidays: 99_000 }),
    ).toBe("tripped");
  });
});
