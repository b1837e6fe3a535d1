import type { MeasuredTripwire } from "@standstill/agreement";
import {
  type ClaimOnRecord,
  disagreements,
  indicatorClaim,
  indicatorMeasure,
  judgeClaims,
  levelsOf,
  type MeasuredIndicator,
  type MeasuredOnRecord,
  measuredLevel,
  noMeasurements,
} from "@standstill/indicators";
import fc from "fast-check";
import { List } from "immutable";
import { describe, expect, it } from "vitest";
import { measuredTripwireSchema } from "../../agreement/src/terms/tripwires.ts";

const ROOT = "ab".repeat(32);
const body = (value: string | null, month: number, more: object = {}): MeasuredIndicator => {
  const result =
    value === null
      ? { cannotSay: "nothing is attested" }
      : { value, low: null, high: null, isBeyondInstrument: false, ...more };
  const at = (day: number) =>
    `2026-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const made = {
    ...{ indicator: "task-horizon-p50", evidenceClass: "measurer", subject: "aster" },
    ...{ period: { from: at(1), to: at(28) }, method: { name: "metr-task-horizon", version: 1 } },
    ...{ parameters: { penalty: "0" }, commitment: ROOT, rows: 100, result },
  };
  const parsed = indicatorMeasure.body.safeParse(made);
  if (!parsed.success || parsed.data.indicator === "training-compute") throw parsed.error;
  return parsed.data;
};
const place = (index: number, issuer = "aster") => ({ id: `s${index}`, index, issuer });
const series = (...values: (string | null)[]): MeasuredOnRecord[] =>
  values.map((value, i) => ({ ...place(i), body: body(value, i + 1) }));
const wire = (more: Partial<MeasuredTripwire> = {}): MeasuredTripwire =>
  measuredTripwireSchema.parse({
    ...{ id: "horizon", indicator: "task-horizon-p50", worse: "above", by: "estimate" },
    ...{ watch: "100", alert: "200", trip: "400", inARow: 1, measurers: 1, source: "Agreed." },
    ...more,
  });
const DAY = Date.parse("2026-06-01T00:00:00Z");

describe("tripwires on measured indicators", () => {
  it("the level is that of the highest line that is crossed", () => {
    for (const [value, level] of [
      ["100", "quiet"],
      ["100.000000001", "watch"],
      ["201", "alert"],
      ["401", "tripped"],
    ] as const)
      expect(measuredLevel(wire(), series(value), DAY)).toBe(level);
    expect(measuredLevel(wire(), [], DAY)).toBeUndefined();
    const below = wire({ worse: "below", watch: "95", alert: "80", trip: "50" });
    expect(measuredLevel(below, series("79"), DAY)).toBe("alert");
  });

  it("by the interval, noise alone does not trip", () => {
    const one = (low: string | null) => [
      { ...place(1), body: body("500", 1, { low, high: "900" }) },
    ];
    const strict = wire({ by: "interval" });
    expect(measuredLevel(strict, one("300"), DAY)).toBe("alert");
    expect(measuredLevel(strict, one("401"), DAY)).toBe("tripped");
    expect(measuredLevel(strict, one(null), DAY)).toBe("quiet");
  });

  it("persistence and confirmation: so many in a row, so many measurers", () => {
    const twice = wire({ inARow: 2 });
    expect(measuredLevel(twice, series("50", "500"), DAY)).toBe("quiet");
    expect(measuredLevel(twice, series("250", "500"), DAY)).toBe("alert");
    expect(measuredLevel(twice, series("500", "500"), DAY)).toBe("tripped");
    const two = wire({ measurers: 2 });
    expect(measuredLevel(two, series("500", "500", "500"), DAY)).toBe("quiet");
    const other = { ...place(3, "borealis"), body: body("450", 3) };
    expect(measuredLevel(two, [...series("500", "500"), other], DAY)).toBe("tripped");
  });

  it("what has tripped is left only when two in a row have come back by a tenth", () => {
    expect(measuredLevel(wire(), series("500", "390"), DAY)).toBe("tripped");
    expect(measuredLevel(wire(), series("500", "350"), DAY)).toBe("tripped");
    expect(measuredLevel(wire(), series("500", "350", "350"), DAY)).toBe("alert");
    expect(measuredLevel(wire(), series("500", "350", null, "350"), DAY)).toBe("tripped");
  });

  it("each lab is judged by its own measurements; the highest counts", () => {
    const of = (subject: string, value: string, index: number) => ({
      ...place(index, "keeper"),
      body: { ...body(value, 5), subject },
    });
    const twice = wire({ inARow: 2 });
    expect(measuredLevel(twice, [of("a", "500", 1), of("b", "500", 2)], DAY)).toBe("quiet");
    const all = [of("a", "500", 1), of("b", "250", 2), of("a", "500", 3), of("b", "250", 4)];
    expect(measuredLevel(twice, all, DAY)).toBe("tripped");
  });

  it("stale data trip of their own, and an exhausted instrument is watched", () => {
    const stale = wire({ stale: { days: 90, level: "tripped" } });
    const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
    expect(measuredLevel(stale, series("10"), at("2026-04-01"))).toBe("quiet");
    expect(measuredLevel(stale, series("10"), at("2026-05-01"))).toBe("tripped");
    const beyond = [{ ...place(1), body: body("10", 1, { isBeyondInstrument: true }) }];
    expect(measuredLevel(wire(), beyond, DAY)).toBe("watch");
  });

  it("a share of code never trips alone", () => {
    const code = { indicator: "ai-line-share", watch: "0.5", alert: "0.8", trip: "0.95" } as const;
    expect(() => wire(code)).toThrow("a share of code never trips alone");
    const withOther = wire({ ...code, id: "code", together: ["horizon"] });
    const share = {
      ...place(9),
      body: { ...body("0.99", 1), indicator: "ai-line-share" as const },
    };
    const levels = (horizon: string) =>
      levelsOf(
        [wire(), withOther],
        { ...noMeasurements, measured: List([...series(horizon), share]) },
        DAY,
      ).get("code");
    expect(levels("150")).toBe("alert");
    expect(levels("250")).toBe("tripped");
  });

  it("refuses lines out of order, and none at all", () => {
    expect(() => wire({ watch: "500" })).toThrow("one after the other");
    expect(() => wire({ watch: undefined, alert: undefined, trip: undefined })).toThrow("got none");
  });

  it("more can only raise the level, whatever the series", () => {
    const rank = ["quiet", "watch", "alert", "tripped"];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 3 }),
        (values, more, inARow) => {
          const level = (by: number) =>
            rank.indexOf(
              measuredLevel(
                wire({ inARow }),
                series(...values.map((one) => String(one + by))),
                DAY,
              ) as string,
            );
          expect(level(more)).toBeGreaterThanOrEqual(level(0));
        },
      ),
    );
  });
});

describe("claims", () => {
  const claim = (says: string, value: string): ClaimOnRecord => ({
    ...place(0),
    body: indicatorClaim.body.parse({
      ...{ indicator: "task-horizon-p50", period: { from: "2026-05-01", to: "2026-05-31" } },
      ...{ says, value, method: null, words: "We do long tasks.", source: "a post" },
    }),
  });
  const found = (value: string, issuer: string, more: object = {}) => ({
    ...place(5, issuer),
    body: body(value, 5, more),
  });
  const standing = (one: ClaimOnRecord, ...measured: MeasuredOnRecord[]) =>
    judgeClaims({ ...noMeasurements, claims: List([one]), measured: List(measured) })[0]?.standing;

  it("are unsupported until somebody else has measured", () => {
    expect(standing(claim("exactly", "80"))).toBe("unsupported");
    expect(standing(claim("exactly", "80"), found("80", "aster"))).toBe("unsupported");
    const elsewhere = { ...found("80", "keeper"), body: { ...body("80", 9) } };
    expect(standing(claim("exactly", "80"), elsewhere)).toBe("unsupported");
  });

  it("are reproduced, contradicted or disputed by others' intervals", () => {
    const inside = found("70", "borealis", { low: "60", high: "85" });
    const outside = found("40", "cygnus", { low: "30", high: "50" });
    expect(standing(claim("exactly", "80"), inside)).toBe("reproduced");
    expect(standing(claim("exactly", "80"), outside)).toBe("contradicted");
    expect(standing(claim("exactly", "80"), inside, outside)).toBe("disputed");
    expect(standing(claim("at-least", "80"), outside)).toBe("contradicted");
    expect(standing(claim("at-most", "80"), outside)).toBe("reproduced");
  });

  it("without an interval, hold to as many digits as were claimed", () => {
    expect(standing(claim("exactly", "80"), found("80.4", "borealis"))).toBe("reproduced");
    expect(standing(claim("exactly", "80.0"), found("80.4", "borealis"))).toBe("contradicted");
  });

  it("measurers that contradict each other are told", () => {
    const of = (...measured: MeasuredOnRecord[]) =>
      disagreements({ ...noMeasurements, measured: List(measured) }).map(({ kind }) => kind);
    const one = found("80", "aster");
    expect(of(one, found("80", "borealis"))).toEqual([]);
    expect(of(one, found("81", "borealis"))).toEqual(["same-input"]);
    const other = {
      ...found("81", "borealis"),
      body: { ...body("81", 5), commitment: "cd".repeat(32) },
    };
    expect(of(one, other)).toEqual(["apart"]);
    expect(of(one, found("81", "aster"))).toEqual([]);
  });
});
