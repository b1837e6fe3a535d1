import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialAtLeast } from "../src/distributions/binomial.ts";
import { BinomialTables, drawFrom } from "../src/random/binomial-table.ts";
import { sampled, shuffled } from "../src/random/draw.ts";
import { randomFrom } from "../src/random/random.ts";
import { Xoshiro128 } from "../src/random/xoshiro.ts";

describe("the one generator", () => {
  it("xoshiro128** 1.1: the words that the authors' program gives from the state 1, 2, 3, 4", () => {
    const words = new Xoshiro128(1, 2, 3, 4);
    expect(Array.from({ length: 10 }, () => words.next())).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883, 1_637_235_492, 1_287_239_034, 3_734_860_849,
      3_729_100_597, 4_258_142_804,
    ]);
    expect(() => new Xoshiro128(0, 0, 0, 0)).toThrow(RangeError);
  });

  it("a seed tells all that is drawn; a number is the seed that its text is", () => {
    const draws = (seed: string | number) => {
      const random = randomFrom(seed);
      return Array.from({ length: 20 }, () => [
        random.below(1000),
        random.share(),
        random.normal(),
      ]);
    };
    expect(draws("a")).toEqual(draws("a"));
    expect(draws("a")).not.toEqual(draws("b"));
    expect(draws(12)).toEqual(draws("12"));
  });

  it("the text of SHA-256's example, abc, is the start of a state: ba7816bf 8f01cfea 414140de 5dae2223", () => {
    const words = new Xoshiro128(0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223);
    const random = randomFrom("abc");
    for (let i = 0; i < 20; i++) expect(random.below(2 ** 32)).toBe(words.next());
  });

  it("whole numbers are even, and below their bound", () => {
    const random = randomFrom("even");
    const counts = new Map<number, number>();
    for (let i = 0; i < 100_000; i++) {
      const k = random.below(10);
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
    expect(Math.max(...counts.keys())).toBe(9);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThan(800);
  });

  it("a bound that is none is refused, and not drawn for ever", () => {
    for (const bound of [0, -1, 0.5, 2 ** 32 + 1, Number.NaN])
      expect(() => randomFrom("x").below(bound)).toThrow(RangeError);
  });

  it("numbers of the normal distribution have its moments", () => {
    const random = randomFrom(7);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const moment = (power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  it("shuffling keeps the values and makes every order as likely", () => {
    const random = randomFrom("orders");
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled([1, 2, 3], random).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
        const before = [...values];
        expect([...shuffled(values, random)].sort()).toEqual([...values].sort());
        expect(values).toEqual(before);
      }),
    );
  });

  it("a sample is in the order of the list, without what was drawn before, each as likely", () => {
    const random = randomFrom("sample");
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const sample = sampled([0, 1, 2, 3], 2, random);
      expect([...new Set(sample)].sort()).toEqual(sample);
      expect(sample).toHaveLength(2);
      for (const one of sample) counts[one] = (counts[one] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(150);
    expect(sampled([1, 2], 5, random)).toEqual([1, 2]);
  });
});

describe("binomial numbers from a table", () => {
  it("has the probabilities of the binomial distribution, up to a thousand trials", () => {
    for (const [trials, successes] of [
      [10, 3],
      [50, 49],
      [1000, 500],
    ] as const) {
      const table = new BinomialTables().of(trials, successes);
      for (const [k, probability] of table.entries())
        expect(probability).toBeCloseTo(1 - binomialAtLeast(k + 1, trials, successes / trials), 11);
    }
    expect([...new BinomialTables().of(2, 0)]).toEqual([1, 1, 1]);
    expect([...new BinomialTables().of(2, 2)]).toEqual([0, 0, 1]);
  });

  it("draws the number on whose place the share falls", () => {
    const table = Float64Array.of(0.25, 0.75, 1);
    expect([0, 0.2, 0.25, 0.7, 0.75, 0.99].map((share) => drawFrom(table, share))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });
});
