import {
  horizonsOf,
  MetrRuns,
  parseInspectLog,
  RunColumns,
  takeInspectLog,
} from "@standstill/indicators";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { columnsOf, type MadeRun, madeRuns } from "./made-runs.ts";

const method = { penalty: 0, weights: "invsqrt" } as const;
const read = (rows: readonly object[]) => {
  const reader = new MetrRuns("score_binarized");
  for (const row of rows) reader.line(JSON.stringify(row));
  return reader.end();
};
const row = (task: number, minutes: number, score: number, more: object = {}) => ({
  alias: "m",
  task_id: `t${task}`,
  task_family: `f${task}`,
  human_minutes: minutes,
  score_binarized: score,
  ...more,
});
/** Ten tasks of one to 512 minutes, of which the shorter ones succeed more often. */
const falling = () =>
  Array.from({ length: 10 }, (_, i) =>
    Array.from({ length: 10 }, (_unused, run) => row(i, 2 ** i, run < 9.5 - i ? 1 : 0)),
  ).flat();
const only = (rows: readonly object[], more: object = {}) =>
  horizonsOf(read(rows), { ...method, ...more })[0];

describe("task horizons (METR 2025)", () => {
  it("known horizons are recovered, and 95 % intervals hold them about as often as they say", () => {
    const models = [
      { alias: "short", p50: 3, slope: -0.7 },
      { alias: "long", p50: 120, slope: -0.6 },
    ];
    let [inside, all] = [0, 0];
    const errors: number[] = [];
    for (let seed = 1; seed <= 120; seed++) {
      const runs = columnsOf(
        madeRuns({ seed, families: 50, tasksPerFamily: 4, runsPerTask: 4, models }),
      );
      const bootstrap = { replicates: 300, seed };
      for (const [i, one] of horizonsOf(runs, { ...method, bootstrap }).entries()) {
        const truth = models[i]?.p50 as number;
        errors.push(Math.log((one.p50Minutes as number) / truth));
        if ((one.interval?.low ?? 0) <= truth && truth <= (one.interval?.high ?? 0)) inside++;
        all++;
      }
    }
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    // Resampling families, tasks and runs counts the luck of runs more than once, so that intervals are rather too wide.
    expect(inside / all).toBeGreaterThan(0.92);
    expect(inside / all).toBeLessThan(0.999);
  }, 60_000);

  it("the same seed gives the same intervals, another one others", () => {
    const bounds = (seed: number) => only(falling(), { bootstrap: { replicates: 100, seed } });
    expect(bounds(1)).toEqual(bounds(1));
    expect(bounds(1)?.interval).not.toEqual(bounds(2)?.interval);
  });

  it("longer tasks for the same outcomes mean a horizon longer by as much", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1000 }), (times) => {
        const rows = falling();
        const longer = rows.map((one) => ({ ...one, human_minutes: one.human_minutes * times }));
        const [a, b] = [only(rows)?.p50Minutes as number, only(longer)?.p50Minutes as number];
        expect(b / a / times).toBeCloseTo(1, 9);
      }),
      { numRuns: scaled(20) },
    );
  });

  it("the penalty of January 2026 flattens the curve", () => {
    const [without, withIt] = [only(falling()), only(falling(), { penalty: 0.1 })];
    expect(Math.abs(withIt?.slope as number)).toBeLessThan(Math.abs(without?.slope as number));
  });

  it("a horizon beyond the tasks that were tried is marked", () => {
    const short = falling().filter(({ human_minutes }) => human_minutes <= 16);
    expect(only(short)?.extrapolated).toEqual({ p50: true, p80: false });
    expect(only(falling())?.extrapolated).toEqual({ p50: false, p80: false });
  });
});

describe("what cannot be said is not said", () => {
  it.each([
    ["only failures", falling().map((one) => ({ ...one, score_binarized: 0 })), "no-success"],
    ["only successes", falling().map((one) => ({ ...one, score_binarized: 1 })), "no-failure"],
    ["one length", falling().map((one) => ({ ...one, human_minutes: 5 })), "one-length"],
    [
      "success that rises with length",
      falling().map((one) => ({ ...one, score_binarized: 1 - one.score_binarized })),
      "does-not-fall",
    ],
  ])("%s", (_name, rows, reason) => {
    expect(only(rows)).toMatchObject({ p50Minutes: null, p80Minutes: null, reason });
  });

  it("success that turns to failure at once has no curve; the horizon lies between", () => {
    const rows = [1, 2, 4, 8, 16, 32].map((minutes, i) => row(i, minutes, minutes <= 4 ? 1 : 0));
    expect(only(rows)).toMatchObject({ p50Minutes: null, reason: "parted" });
    expect(only(rows)?.between?.low).toBeCloseTo(4, 9);
    expect(only(rows)?.between?.high).toBeCloseTo(8, 9);
    expect(only(rows, { penalty: 0.1 })?.reason).toBeNull();
  });
});

describe("runs as METR publishes them", () => {
  it.each([
    ["a missing score", { ...row(1, 2, 1), score_binarized: undefined }, "missing-column"],
    ["a missing family", { ...row(1, 2, 1), task_family: undefined }, "missing-column"],
    ["a task of no time", row(1, 0, 1), "out-of-range"],
    ["a negative time", row(1, -2, 1), "out-of-range"],
    ["a score above one", row(1, 2, 2), "out-of-range"],
    ["a score that is text", { ...row(1, 2, 1), score_binarized: "yes" }, "malformed-data"],
    ["a task of two families", { ...row(0, 1, 1), task_family: "other" }, "malformed-data"],
  ])("refuses %s, with its line", (_name, bad, code) => {
    expect(() => read([...falling(), bad])).toThrow(
      expect.objectContaining({ code, place: "line 101" }),
    );
  });

  it("refuses what is no JSON, no runs at all, and two runs of one name that differ", () => {
    const reader = new MetrRuns("score_binarized");
    expect(() => reader.line("{")).toThrow(expect.objectContaining({ code: "malformed-data" }));
    expect(() => read([])).toThrow(expect.objectContaining({ code: "too-few-points" }));
    const twice = [row(1, 2, 1, { run_id: 7 }), row(1, 2, 0, { run_id: 7 })];
    expect(() => read(twice)).toThrow(expect.objectContaining({ code: "malformed-data" }));
  });

  it("reads a file that begins with a byte order mark", () => {
    const reader = new MetrRuns("score_binarized");
    for (const [i, one] of falling().entries())
      reader.line(`${i === 0 ? "\uFEFF" : ""}${JSON.stringify(one)}`);
    expect(reader.end().count).toBe(100);
  });

  it("a run that stands there twice counts once", () => {
    const rows = falling().map((one, i) => ({ ...one, run_id: `r${i}` }));
    const runs = read([...rows, ...rows.slice(0, 30)]);
    expect([runs.count, runs.duplicates]).toEqual([100, 30]);
    expect(horizonsOf(runs, method)).toEqual(horizonsOf(read(rows), method));
  });

  it("reward hacking without a policy is refused; with one it counts as failure, not at all, or as scored", () => {
    const rows = falling().map((one, i) => ({ ...one, reward_hacking: i % 10 === 0 && i > 50 }));
    expect(() => only(rows)).toThrow(expect.objectContaining({ code: "policy-missing" }));
    const p50 = (rewardHacking: string) => only(rows, { rewardHacking })?.p50Minutes as number;
    expect(p50("fail")).toBeLessThan(p50("drop"));
    expect(p50("drop")).toBeLessThan(p50("count"));
    expect(p50("count")).toBe(only(falling())?.p50Minutes);
  });
});

describe("Inspect logs", () => {
  const log = (samples: readonly object[], more: object = {}) =>
    JSON.stringify({
      version: 2,
      status: "success",
      samples,
      eval: { model: "maker/model", task: "suite", run_id: "r" },
      ...more,
    });
  const sample = (one: MadeRun, epoch: number) => ({
    id: one.task_id,
    epoch,
    metadata: one,
    scores: { check: { value: one.score_binarized === 1 ? "C" : "I" } },
  });

  it("give what the same runs give line by line", () => {
    const models = [{ alias: "maker/model", p50: 20, slope: -0.6 }];
    const runs = madeRuns({ seed: 3, families: 20, tasksPerFamily: 3, runsPerTask: 3, models });
    const columns = new RunColumns();
    const text = log(runs.map((one) => sample(one, Number(one.run_id.split("/").at(-1)) + 1)));
    takeInspectLog(parseInspectLog(text, "log.json"), columns, "log.json");
    expect(horizonsOf(columns.end(), method)).toEqual(horizonsOf(columnsOf(runs), method));
  });

  it.each([
    ["not finished", log([], { status: "error" }), "malformed-data"],
    ["without minutes", log([{ id: "a", scores: { check: { value: "C" } } }]), "missing-column"],
    [
      "with two scorers",
      log([
        { id: "a", metadata: { human_minutes: 3 }, scores: { a: { value: 1 }, b: { value: 0 } } },
      ]),
      "missing-column",
    ],
    ["no JSON", "PK", "malformed-data"],
  ])("refuses one that is %s", (_name, text, code) => {
    const take = () =>
      takeInspectLog(parseInspectLog(text, "log.json"), new RunColumns(), "log.json");
    expect(take).toThrow(expect.objectContaining({ code }));
  });
});
