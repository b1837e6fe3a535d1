import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { midRanks, ordinalRanks } from "../src/ranks.ts";

const values = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });

describe("ranks", () => {
  it("scipy's rankdata of 0, 2, 3, 2 less one: ordinal 0, 1, 3, 2; mid-ranks 0, 1.5, 3, 1.5", () => {
    expect(ordinalRanks([0, 2, 3, 2])).toEqual([0, 1, 3, 2]);
    expect(midRanks([0, 2, 3, 2])).toEqual([0, 1.5, 3, 1.5]);
  });

  it("mid-ranks of a series that stands still are all one, where ordinal ranks make a ramp of it", () => {
    expect(new Set(midRanks(Array<number>(50).fill(7))).size).toBe(1);
    expect(ordinalRanks(Array<number>(50).fill(7))).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
  });

  it("are the number of smaller values, and half of the other equal ones", () => {
    fc.assert(
      fc.property(values, (list) => {
        const expected = list.map(
          (value) =>
            list.filter((other) => other < value).length +
            (list.filter((other) => other === value).length - 1) / 2,
        );
        expect(midRanks(list)).toEqual(expected);
      }),
    );
  });

  it("both sum to the same, and without ties are one", () => {
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    fc.assert(
      fc.property(values, (list) => {
        expect(sum(midRanks(list))).toBe(sum(ordinalRanks(list)));
        const distinct = [...new Set(list)];
        expect(midRanks(distinct)).toEqual(ordinalRanks(distinct));
      }),
    );
  });

  it("mid-ranks turn with the series: the order in time of ties does not tell", () => {
    fc.assert(
      fc.property(values, (list) => {
        expect(midRanks([...list].reverse())).toEqual(midRanks(list).reverse());
      }),
    );
  });
});
