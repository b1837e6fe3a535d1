import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIRST_HASH, hashWith } from "../src/hash.ts";
import { randomFrom } from "../src/random/random.ts";
import { findRepeat } from "../src/repeats.ts";
import { Union } from "../src/union.ts";

describe("groups that are joined (Tarjan 1975)", () => {
  it("are those that a walk along the joins reaches", () => {
    const joins = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 });
    fc.assert(
      fc.property(joins, (pairs) => {
        const union = new Union(20);
        for (const [a, b] of pairs) union.join(a, b);
        const reached = new Set([0]);
        for (let before = 0; before < reached.size; ) {
          before = reached.size;
          for (const [a, b] of pairs) {
            if (reached.has(a)) reached.add(b);
            if (reached.has(b)) reached.add(a);
          }
        }
        const group = Array.from({ length: 20 }, (_, i) => i).filter((i) => union.root(i) === 0);
        expect(group).toEqual([...reached].sort((a, b) => a - b));
        expect(union.grouped(Array.from({ length: 20 }, (_, i) => i))[0]).toEqual(group);
      }),
    );
  });
});

describe("the hash of Fowler, Noll and Vo (FNV-1a, 32 bits)", () => {
  it.each([
    ["", 0x811c9dc5],
    ["a", 0xe40c292c],
    ["foobar", 0xbf9cf968],
  ])("of %j byte by byte is the published one", (text, expected) => {
    let hash = FIRST_HASH;
    for (const byte of new TextEncoder().encode(text)) hash = hashWith(hash, byte);
    expect(hash >>> 0).toBe(expected);
  });
});

describe("values that return to the last digit", () => {
  const tableOf = (rows: readonly number[][]) => ({
    count: rows[0]?.length ?? 0,
    readings: new Uint16Array(rows.flat().length).fill(1),
    values: Float64Array.from(rows.flat()),
  });
  const noise = (seed: string, levels: number) => {
    const random = randomFrom(seed);
    return Array.from({ length: 400 }, () => 1 + random.below(levels));
  };

  it("a stretch that was recorded is found where it stands, with its length", () => {
    const [one, other] = [noise("one", 100_000), noise("other", 100_000)];
    other.splice(300, 40, ...one.slice(50, 90));
    const found = findRepeat(tableOf([one, other]), 0.001);
    expect(found).toMatchObject({ row: 1, first: 300, length: 40, from: { row: 0, first: 50 } });
  });

  it("two rows that are the same at the same time are another matter, and so is noise", () => {
    const one = noise("same", 100_000);
    expect(findRepeat(tableOf([one, one]), 0.001)).toBeUndefined();
    for (let i = 0; i < 50; i++)
      expect(
        findRepeat(tableOf([noise(`a ${i}`, 30), noise(`b ${i}`, 30)]), 0.001),
      ).toBeUndefined();
  });

  it("a stretch with a window that has no reading is none", () => {
    const one = noise("gap", 100_000);
    one.splice(200, 12, ...one.slice(20, 32));
    const table = tableOf([one]);
    expect(findRepeat(table, 0.5)).toMatchObject({ first: 200, length: 12 });
    table.readings[205] = 0;
    expect(findRepeat(table, 0.5)).toBeUndefined();
  });
});
