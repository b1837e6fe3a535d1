import type { MeasuredTripwire, TripwireLevel } from "@standstill/agreement";
import {
  type IndicatorState,
  indicatorMeasure,
  levelsOf,
  MOST_PERIODS,
  measuredOnRecord,
  newestPublished,
  noMeasurements,
} from "@standstill/indicators";
import { isRefusal } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { measuredTripwireSchema } from "../../agreement/src/terms/tripwires.ts";
import { body, months, type Saying, terms, told } from "./measured.ts";

const wire = (more: Partial<MeasuredTripwire> = {}): MeasuredTripwire =>
  measuredTripwireSchema.parse({
    id: "horizon",
    indicator: "task-horizon-p50",
    worse: "above",
    by: "estimate",
    watch: "100",
    alert: "200",
    trip: "400",
    inARow: 1,
    measurers: 1,
    source: "Agreed.",
    ...more,
  });
const JUNE = Date.parse("2026-06-01T00:00:00Z");
const at = (
  tripwires: readonly MeasuredTripwire[],
  state: IndicatorState,
  { nowMs = JUNE, boundSince = new Map<string, number>() } = {},
) => levelsOf(state, { terms: { ...terms, tripwires }, nowMs, boundSince });
const level = (one: MeasuredTripwire, state: IndicatorState, when = {}) =>
  at([one], state, when).get(one.id);
const own = (...values: (string | null)[]) => told(...months("aster", ...values));
const rank = (one: TripwireLevel | undefined) =>
  ["quiet", "watch", "alert", "tripped"].indexOf(one as string);

describe("tripwires on measured indicators", () => {
  it("the level is that of the highest line that is crossed", () => {
    for (const [value, expected] of [
      ["100", "quiet"],
      ["100.000000001", "watch"],
      ["201", "alert"],
      ["401", "tripped"],
    ] as const)
      expect(level(wire(), own(value))).toBe(expected);
    expect(level(wire(), noMeasurements)).toBeUndefined();
    const below = wire({ worse: "below", watch: "95", alert: "80", trip: "50" });
    expect(level(below, own("79"))).toBe("alert");
  });

  it("by the interval, noise alone does not trip", () => {
    const one = (low: string | null) => told(["aster", body("500", 1, { low, high: "900" })]);
    const strict = wire({ by: "interval" });
    expect(level(strict, one("300"))).toBe("alert");
    expect(level(strict, one("401"))).toBe("tripped");
    expect(level(strict, one(null))).toBe("quiet");
  });

  it("persistence: so many in a row of one measurer, of periods that differ", () => {
    const twice = wire({ inARow: 2 });
    expect(level(twice, own("50", "500"))).toBe("quiet");
    expect(level(twice, own("250", "500"))).toBe("alert");
    expect(level(twice, own("500", "500"))).toBe("tripped");
    expect(level(twice, told(["aster", body("500", 1)], ["aster", body("500", 1)]))).toBe("quiet");
    expect(level(twice, own("500", null, "500"))).toBe("tripped");
  });

  it("confirmation: so many measurers, each by its own measurements", () => {
    const two = wire({ measurers: 2 });
    expect(level(two, own("500", "500", "500"))).toBe("quiet");
    const both = [...months("aster", "500"), ...months("borealis", "450")];
    expect(level(two, told(...both))).toBe("tripped");
    expect(level(two, told(...months("aster", "500"), ...months("borealis", "250")))).toBe("alert");
  });

  it("whom the agreement does not name for measuring others neither trips nor confirms", () => {
    expect(level(wire(), told(...months("dune", "500")))).toBeUndefined();
    expect(level(wire(), told(...months("inspectors", "500")))).toBe("tripped");
    const two = wire({ measurers: 2 });
    expect(level(two, told(...months("aster", "500"), ...months("dune", "500")))).toBe("quiet");
  });

  it("nobody lowers what others find by measuring oneself, however often and whatever one says", () => {
    const found = months("borealis", "500", "500", "500");
    const saying = fc
      .tuple(
        fc.option(fc.integer({ min: 0, max: 99 })),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 28 }),
      )
      .map(
        ([value, month, day]): Saying => [
          "aster",
          body(value === null ? null : String(value), month, { days: [day, day] }),
        ],
      );
    fc.assert(
      fc.property(
        fc.array(saying, { maxLength: 12 }),
        fc.integer({ min: 0, max: 3 }),
        (its, after) => {
          const all = [...found.slice(0, after), ...its, ...found.slice(after)];
          for (const inARow of [1, 2, 3])
            expect(level(wire({ inARow }), told(...all))).toBe("tripped");
        },
      ),
    );
  });

  it("what has tripped is left only when two in a row have come back by a tenth", () => {
    expect(level(wire(), own("500", "390"))).toBe("tripped");
    expect(level(wire(), own("500", "350"))).toBe("tripped");
    expect(level(wire(), own("500", "350", "390", "350"))).toBe("tripped");
    expect(level(wire(), own("500", "350", "350"))).toBe("alert");
    const none = wire({ watch: "0", alert: undefined, trip: undefined });
    expect(level(none, own("3", "0", "0"))).toBe("quiet");
  });

  it("a share that is too low comes back by a tenth of what its line lacks to the whole", () => {
    const review = wire({
      indicator: "human-review-coverage",
      worse: "below",
      watch: "0.95",
      alert: "0.8",
      trip: "0.5",
    });
    const series = (...values: string[]) =>
      told(
        ...values.map(
          (value, i): Saying => [
            "aster",
            body(value, i + 1, { indicator: "human-review-coverage" }),
          ],
        ),
      );
    expect(level(review, series("0.9", "0.954", "0.954"))).toBe("watch");
    expect(level(review, series("0.9", "0.955", "0.955"))).toBe("quiet");
  });

  it("each lab is judged by what was measured of it; the highest counts", () => {
    const of = (subject: string, value: string, month: number): Saying => [
      "inspectors",
      body(value, month, { subject }),
    ];
    const twice = wire({ inARow: 2 });
    expect(level(twice, told(of("aster", "500", 1), of("cedar", "500", 2)))).toBe("quiet");
    const all = [of("aster", "500", 1), of("cedar", "250", 2), of("aster", "500", 3)];
    expect(level(twice, told(...all, of("cedar", "250", 4)))).toBe("tripped");
  });

  it("stale data trip of their own, and an exhausted instrument is watched", () => {
    const stale = wire({ stale: { days: 90, level: "tripped" } });
    const on = (date: string) => ({ nowMs: Date.parse(`${date}T00:00:00Z`) });
    expect(level(stale, own("10"), on("2026-04-01"))).toBe("quiet");
    expect(level(stale, own("10"), on("2026-05-01"))).toBe("tripped");
    expect(level(stale, own("10", null, null), on("2026-05-01"))).toBe("tripped");
    const beyond = told(["aster", body("10", 1, { isBeyondInstrument: true })]);
    expect(level(wire(), beyond)).toBe("watch");
  });

  it("data are stale where fewer measurers than agreed have new ones, and silence is too", () => {
    const stale = wire({ measurers: 2, stale: { days: 90, level: "alert" } });
    const both = told(...months("borealis", "10"), ...months("aster", "10", "10", "10", "10"));
    expect(level(stale, both, { nowMs: Date.parse("2026-04-15T00:00:00Z") })).toBe("quiet");
    expect(level(stale, both, { nowMs: Date.parse("2026-05-01T00:00:00Z") })).toBe("alert");
    const boundSince = new Map([["cedar", Date.parse("2026-03-15T00:00:00Z")]]);
    expect(level(stale, noMeasurements, { boundSince })).toBeUndefined();
    const later = { boundSince, nowMs: Date.parse("2026-06-14T00:00:00Z") };
    expect(level(stale, noMeasurements, later)).toBe("alert");
    expect(level(wire(), noMeasurements, later)).toBeUndefined();
  });

  it("a share of code never trips alone", () => {
    const code = { indicator: "ai-line-share", watch: "0.5", alert: "0.8", trip: "0.95" } as const;
    expect(() => wire(code)).toThrow("a share of code never trips alone");
    const withOther = wire({ ...code, id: "code", together: ["horizon"] });
    const share: Saying = ["aster", body("0.99", 1, { indicator: "ai-line-share" })];
    const levels = (horizon: string) =>
      at([wire(), withOther], told(...months("aster", horizon), share)).get("code");
    expect(levels("150")).toBe("alert");
    expect(levels("250")).toBe("tripped");
  });

  it("refuses lines out of order, and none at all", () => {
    expect(() => wire({ watch: "500" })).toThrow("one after the other");
    expect(() => wire({ watch: undefined, alert: undefined, trip: undefined })).toThrow("got none");
  });

  it("more can only raise the level, whatever the series", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        (values, more, inARow) => {
          const one = wire({ inARow });
          const raised = values.map((value, i) => String(value + (more[i] as number)));
          expect(rank(level(one, own(...raised)))).toBeGreaterThanOrEqual(
            rank(level(one, own(...values.map(String)))),
          );
        },
      ),
      { numRuns: scaled(1000) },
    );
  });
});

describe("what is held of measurements", () => {
  it("a period measured again by the same measurer replaces the first", () => {
    const state = told(["aster", body("500", 1)], ["aster", body("50", 1)]);
    expect(measuredOnRecord(state).map(({ index }) => index)).toEqual([1]);
  });

  it("is bounded for each measurer, so that nobody floods the others", () => {
    const days = Array.from({ length: MOST_PERIODS + 30 }, (_, i): Saying => {
      const day = (i % 28) + 1;
      return ["dune", body("1", Math.floor(i / 28) + 1, { days: [day, day] })];
    });
    const state = told(...months("borealis", "500"), ...days);
    expect(measuredOnRecord(state)).toHaveLength(MOST_PERIODS + 1);
    expect(level(wire(), state)).toBe("tripped");
  });

  it("is of a party or the world, and of what is over", () => {
    const refusal = (its: Saying[1]) => {
      const statement = { issuer: "aster", issuedAt: "2026-03-01T00:00:00.000Z" };
      const next = indicatorMeasure.reduce({ indicators: noMeasurements, agreement: { terms } }, {
        id: "s",
        index: 0,
        statement,
        body: its,
      } as never);
      return isRefusal(next) ? next.refused : undefined;
    };
    expect(refusal(body("1", 2))).toBeUndefined();
    expect(refusal(body("1", 2, { subject: "world" }))).toBeUndefined();
    expect(refusal(body("1", 2, { subject: "zephyr" }))).toBe("not-declared");
    expect(refusal(body("1", 3))).toBe("malformed-body");
  });

  it("of published data the newest by the keeper or by who is independent counts, not a party's own", () => {
    const published = (issuer: string, index: number) => ({
      id: `s${index}`,
      index,
      statement: { issuer },
      body: { indicator: "training-compute" },
    });
    const state = ["secretariat", "cedar", "aster"].reduce((indicators, issuer, index) => {
      const before = { indicators, agreement: { terms } };
      const next = indicatorMeasure.reduce(before, published(issuer, index) as never);
      if (isRefusal(next)) throw new Error(next.message);
      return next.indicators;
    }, noMeasurements);
    expect(newestPublished(terms, state)?.issuer).toBe("cedar");
  });
});
