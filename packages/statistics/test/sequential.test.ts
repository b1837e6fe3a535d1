import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomFrom } from "../src/random/random.ts";
import { balanceCovariance, unaccounted } from "../src/sequential/balance.ts";
import { leastDetectable, limitsFor } from "../src/sequential/design/limits.ts";
import {
  alarmProbability,
  averageRunLength,
  limitForHorizon,
} from "../src/sequential/design/page-design.ts";
import { differenceStatistic } from "../src/sequential/difference.ts";
import { testPeriods } from "../src/sequential/judge.ts";
import { pageStatistics } from "../src/sequential/page.ts";
import { cumulatedBalances, independentResiduals } from "../src/sequential/sitmuf.ts";

describe("material balances (IAEA's sign: book less physical)", () => {
  it("100 + 50 - 40 against 108 found: 2 unaccounted for, two standard deviations of one", () => {
    const balance = { begin: 100, increases: 50, decreases: 40, end: 108 };
    const half = { begin: 0.5, increases: 0.5, decreases: 0.5, end: 0.5 };
    expect(unaccounted(balance)).toBe(2);
    const covariance = balanceCovariance([half]);
    expect(covariance).toEqual([Float64Array.of(1)]);
    expect([...cumulatedBalances([2], covariance)]).toEqual([2]);
  });

  it("the inventory between two periods stands in both with opposite signs", () => {
    const errors = { begin: 3, increases: 0, decreases: 0, end: 3 };
    expect(balanceCovariance([errors, errors, errors]).map((row) => [...row])).toEqual([
      [18, -9, 0],
      [-9, 18, -9],
      [0, -9, 18],
    ]);
  });
});

describe("SITMUF (Burr and Hamada 2013)", () => {
  const series = fc
    .array(
      fc.tuple(
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
      ),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((periods) => ({
      balances: periods.map(([, balance]) => balance),
      covariance: balanceCovariance(
        periods.map(([sigma]) => ({ begin: 0.3, increases: sigma, decreases: 0.1, end: 0.3 })),
        0.4,
      ),
    }));

  it("the sum of squares is the balance's quadratic form in the inverse covariance", () => {
    fc.assert(
      fc.property(series, ({ balances, covariance }) => {
        const squares = independentResiduals(balances, covariance).reduce(
          (sum, z) => sum + z * z,
          0,
        );
        const inverse = solved(covariance, balances);
        const form = balances.reduce((sum, x, i) => sum + x * (inverse[i] as number), 0);
        expect(Math.abs(squares - form)).toBeLessThan(1e-9 * (1 + Math.abs(form)));
      }),
    );
  });

  it("of the identity it is the balances themselves, and the past does not change with what comes", () => {
    const identity = [0, 1, 2].map((i) => Float64Array.from([0, 1, 2], (k) => Number(i === k)));
    expect([...independentResiduals([1, -2, 3], identity)]).toEqual([1, -2, 3]);
    fc.assert(
      fc.property(series, ({ balances, covariance }) => {
        const fewer = balances.length - 1;
        const part = covariance.slice(0, fewer).map((row) => row.slice(0, fewer));
        const all = [...independentResiduals(balances, covariance)].slice(0, fewer);
        expect([...independentResiduals(balances.slice(0, fewer), part)]).toEqual(all);
      }),
    );
  });

  it("what is no covariance is refused", () => {
    for (const wrong of [
      [Float64Array.of(0)],
      [Float64Array.of(-1)],
      [Float64Array.of(1, 2)],
      [],
    ]) {
      expect(() => independentResiduals([1], wrong)).toThrow(RangeError);
    }
    const asymmetric = [Float64Array.of(1, 0.5), Float64Array.of(0.2, 1)];
    expect(() => independentResiduals([1, 1], asymmetric)).toThrow(/symmetric/);
  });
});

describe("Page's test (NIST/SEMATECH e-Handbook 6.3.2.3.1)", () => {
  it("sums what exceeds the reference, and never falls below nought", () => {
    const test = { reference: 0.5, limit: 4 };
    expect([...pageStatistics([1, 2, -9, 1.5], test)]).toEqual([0.5, 2, 0, 1]);
    expect([...pageStatistics([0], test, 2)]).toEqual([1.5]);
  });

  it.each([
    [4, [335.37, 77.08, 26.68, 8.38, 4.75, 3.34, 2.19]],
    [5, [930.89, 141.69, 38.01, 10.38, 5.75, 4.01, 2.57]],
  ])(
    "mean periods to an alarm with k = 0.5 and h = %i, at shifts from 0 to 3",
    (limit, expected) => {
      for (const [i, shift] of [0, 0.25, 0.5, 1, 1.5, 2, 3].entries()) {
        const found = averageRunLength({ reference: 0.5, limit }, shift);
        expect(Math.abs(found / (expected[i] as number) - 1), `shift ${shift}`).toBeLessThan(0.005);
      }
    },
  );

  it.each([
    [0.25, 8.01, 370.33],
    [0.5, 4.77, 368.56],
    [0.75, 3.34, 370.57],
    [1, 2.52, 372.82],
  ])("two-sided designs of about 370 periods: k = %f, h = %f", (reference, limit, expected) => {
    const oneSided = averageRunLength({ reference, limit }, 0);
    expect(Math.abs(oneSided / 2 / expected - 1)).toBeLessThan(0.005);
  });

  it.each([
    [12, 3.37, 0.898, 0.398],
    [26, 4.22, 0.992, 0.587],
    [52, 4.97, 1, 0.772],
  ])(
    "false alarms of 5 %% over %i periods: h, and what is detected of one and half a standard deviation a period",
    (periods, limit, one, half) => {
      const found = limitForHorizon(0.5, periods, 0.05);
      expect(Math.abs(found - limit)).toBeLessThan(0.02);
      const test = { reference: 0.5, limit: found };
      expect(Math.abs(alarmProbability(test, 1, periods) - one)).toBeLessThan(0.003);
      expect(Math.abs(alarmProbability(test, 0.5, periods) - half)).toBeLessThan(0.003);
    },
  );
});

describe("the difference statistic (Burr et al. 2016)", () => {
  it("100 items, 10 read twice, random errors of 1 and systematic ones of 0.1: a standard deviation of 46.904", () => {
    const errors = {
      operatorRandom: 1,
      inspectorRandom: 1,
      operatorSystematic: 0.1,
      inspectorSystematic: 0.1,
    };
    const sample = Array.from({ length: 10 }, () => ({ operator: 5, inspector: 3 }));
    const { difference, sigma } = differenceStatistic(sample, 100, errors);
    expect(difference).toBe(200);
    expect(sigma * sigma).toBeCloseTo(2200, 9);
    expect(sigma).toBeCloseTo(46.904, 3);
    // What is systematic stays however many are read.
    const all = Array.from({ length: 100 }, () => ({ operator: 5, inspector: 3 }));
    const rest = differenceStatistic(all, 100, {
      ...errors,
      operatorRandom: 0,
      inspectorRandom: 0,
    });
    expect(rest.sigma * rest.sigma).toBeCloseTo(200, 9);
    expect(() => differenceStatistic([], 100, errors)).toThrow(RangeError);
  });
});

describe("both tests under one budget", () => {
  const errors = { begin: 0, increases: 1, decreases: 0, end: 0 };
  const covariance = balanceCovariance(Array.from({ length: 12 }, () => errors));
  const limits = limitsFor(12, 0.05);
  const random = randomFrom("both tests");
  const alarmed = (loss: (period: number) => number) => {
    let count = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const balances = Array.from({ length: 12 }, (_, i) => random.normal() + loss(i));
      const tests = testPeriods(balances, covariance, limits);
      if (tests.some(({ alarms }) => alarms.length > 0)) count++;
    }
    return count / 4000;
  };

  it("honest sites are accused within the budget over the whole time", () => {
    const share = alarmed(() => 0);
    expect(share).toBeLessThan(0.055);
    expect(share).toBeGreaterThan(0.01);
  });

  it("a loss of one standard deviation a period, and one of five at once, are noticed", () => {
    expect(alarmed(() => 1)).toBeGreaterThan(0.8);
    expect(alarmed((period) => (period === 3 ? 6 : 0))).toBeGreaterThan(0.9);
  });

  it("what is detectable: 1.645 twice for 5 % and 95 %", () => {
    expect(leastDetectable(10, 0.05, 0.95)).toBeCloseTo(32.897, 3);
    expect(() => limitsFor(0, 0.05)).toThrow(RangeError);
    expect(() => limitsFor(3, 1)).toThrow(RangeError);
  });
});

/** Solution of a covariance's equations, by elimination: another way than the one that is tested. */
function solved(matrix: readonly Float64Array[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  for (const [i, row] of rows.entries()) {
    for (const other of rows.slice(i + 1)) {
      const factor = (other[i] as number) / (row[i] as number);
      for (let k = i; k < other.length; k++)
        other[k] = (other[k] as number) - factor * (row[k] as number);
    }
  }
  const found = new Array<number>(rows.length).fill(0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] as number[];
    let rest = row.at(-1) as number;
    for (let k = i + 1; k < rows.length; k++) rest -= (row[k] as number) * (found[k] as number);
    found[i] = rest / (row[i] as number);
  }
  return found;
}
