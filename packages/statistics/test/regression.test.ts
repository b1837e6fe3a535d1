import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { designOf, leastSquares } from "../src/regression/least-squares.ts";
import { lineThrough } from "../src/regression/line.ts";
import { inverseOf, solved } from "../src/regression/linear.ts";
import { fitLogistic, partedAt } from "../src/regression/logistic.ts";

/** NIST StRD, linear regression, data set Norris (calibration of ozone monitors): y and x. */
const NORRIS = [
  [0.1, 0.2],
  [338.8, 337.4],
  [118.1, 118.2],
  [888.0, 884.6],
  [9.2, 10.1],
  [228.1, 226.5],
  [668.5, 666.3],
  [998.5, 996.3],
  [449.1, 448.6],
  [778.9, 777.0],
  [559.2, 558.2],
  [0.3, 0.4],
  [0.1, 0.6],
  [778.1, 775.5],
  [668.8, 666.9],
  [339.3, 338.0],
  [448.9, 447.5],
  [10.8, 11.6],
  [557.7, 556.0],
  [228.3, 228.1],
  [998.0, 995.8],
  [888.8, 887.6],
  [119.6, 120.2],
  [0.3, 0.3],
  [0.6, 0.3],
  [557.6, 556.8],
  [339.3, 339.1],
  [888.0, 887.2],
  [998.5, 999.0],
  [778.9, 779.0],
  [10.2, 11.1],
  [117.6, 118.3],
  [228.9, 229.2],
  [668.4, 669.1],
  [449.2, 448.9],
  [0.2, 0.5],
] as const;

describe("the line through NIST's Norris", () => {
  const xs = NORRIS.map(([, x]) => x);
  const ys = NORRIS.map(([y]) => y);
  const line = lineThrough(xs, ys);

  it("has the certified values", () => {
    expect(line?.slope).toBeCloseTo(1.00211681802045, 12);
    expect(line?.at(0)).toBeCloseTo(-0.262323073774029, 10);
    expect(line?.slopeError).toBeCloseTo(0.000429796848199937, 12);
    expect(line?.scatter).toBeCloseTo(0.884796396144373, 11);
    expect(line?.explained).toBeCloseTo(0.999993745883712, 12);
  });

  it("is that of two columns, whose errors are certified too", () => {
    const design = designOf([xs.map(() => 1), xs]);
    const fit = design && leastSquares(design, Float64Array.from(ys));
    expect(fit?.coefficients[0]).toBeCloseTo(-0.262323073774029, 9);
    expect(fit?.coefficients[1]).toBeCloseTo(1.00211681802045, 11);
    expect(fit?.standardErrors[0]).toBeCloseTo(0.232818234301152, 10);
    expect(fit?.standardErrors[1]).toBeCloseTo(0.000429796848199937, 12);
  });
});

describe("lines", () => {
  it("through points of one place there is none, and two points are met", () => {
    expect(lineThrough([3, 3, 3], [1, 2, 3])).toBeUndefined();
    expect(lineThrough([], [])).toBeUndefined();
    expect(lineThrough([0, 2], [1, 5])).toMatchObject({ slope: 2, scatter: Number.NaN });
  });
});

const columns = fc
  .array(
    fc.tuple(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: -99, max: 99 }),
    ),
    { minLength: 4, maxLength: 12 },
  )
  .map((rows) => [
    rows.map(() => 1),
    rows.map(([a]) => a),
    rows.map(([, b]) => b),
    rows.map(([, , y]) => y),
  ]);

describe("least squares", () => {
  it("leave a rest that is at right angles to every column", () => {
    fc.assert(
      fc.property(columns, ([one = [], a = [], b = [], y = []]) => {
        const design = designOf([one, a, b]);
        if (design === undefined) return;
        const { coefficients } = leastSquares(design, Float64Array.from(y));
        const rest = y.map(
          (value, i) =>
            value -
            [one, a, b].reduce(
              (sum, column, k) => sum + (coefficients[k] ?? 0) * (column[i] ?? 0),
              0,
            ),
        );
        for (const column of [one, a, b])
          expect(
            Math.abs(rest.reduce((sum, value, i) => sum + value * (column[i] ?? 0), 0)),
          ).toBeLessThan(1e-4);
      }),
    );
  });

  it("columns of which one follows from the others determine nothing", () => {
    expect(
      designOf([
        [1, 1, 1],
        [1, 2, 3],
        [2, 3, 4],
      ]),
    ).toBeUndefined();
  });

  it("the inverse solves: a matrix times it is the identity", () => {
    const matrix = [
      [0, 2, 1],
      [1, 0, 3],
      [2, 1, 0],
    ];
    const inverse = inverseOf(matrix);
    for (const [i, row] of matrix.entries())
      for (let k = 0; k < 3; k++)
        expect(
          row.reduce((sum, value, j) => sum + value * (inverse?.[j]?.[k] ?? 0), 0),
        ).toBeCloseTo(Number(i === k), 12);
    expect(solved([[2]], [[6, 8]])).toEqual([Float64Array.of(3, 4)]);
    expect(solved([[0]], [[1]])).toBeUndefined();
  });
});

describe("the logistic curve", () => {
  const outcomes = fc
    .array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.nat(4), fc.nat(4)), {
      minLength: 2,
      maxLength: 10,
    })
    .map((rows) => ({
      count: rows.length,
      xs: Float64Array.from(rows, ([x]) => x),
      success: Float64Array.from(rows, ([, hits]) => hits),
      failure: Float64Array.from(rows, ([, , misses]) => misses),
    }));

  it("is where neither height nor slope can be bettered", () => {
    fc.assert(
      fc.property(outcomes, ({ count, xs, success, failure }) => {
        const its = { count, xs, success, failure };
        fc.pre(success.some((one) => one > 0) && failure.some((one) => one > 0));
        const penalty = 0.1;
        const { intercept, slope } = fitLogistic(its, penalty);
        let [height, tilt] = [0, penalty * slope];
        for (let i = 0; i < count; i++) {
          const [x, hits, misses] = [xs[i] ?? 0, success[i] ?? 0, failure[i] ?? 0];
          const error = (hits + misses) / (1 + Math.exp(-(intercept + slope * x))) - hits;
          height += error;
          tilt += error * x;
        }
        expect(Math.abs(height)).toBeLessThan(1e-8);
        expect(Math.abs(tilt)).toBeLessThan(1e-8);
      }),
    );
  });

  it("has no finite slope where a place parts success from failure", () => {
    const steps = {
      count: 4,
      xs: Float64Array.of(1, 2, 5, 6),
      success: Float64Array.of(3, 1, 0, 0),
      failure: Float64Array.of(0, 0, 2, 2),
    };
    expect(partedAt(steps)).toEqual({ isParted: true, falls: true, below: 2, above: 5 });
    const mixed = {
      ...steps,
      failure: Float64Array.of(1, 0, 2, 2),
      success: Float64Array.of(3, 1, 1, 0),
    };
    expect(partedAt(mixed).isParted).toBe(false);
  });
});
