import {
  type Coalition,
  type Condition,
  emptyCoalition,
  greatestFixedPoint,
  isMet,
  MODES,
  type Mode,
  type Pledge,
  settle,
  withPledge,
} from "@standstill/agreement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const PARTIES = ["a", "b", "c", "d", "e"];
const party = fc.constantFrom(...PARTIES);
const mode = fc.constantFrom(...MODES);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.record({ bound: party, mode }),
    fc.record({ clear: party }),
    fc.record({ all: fc.array(tie("node"), { maxLength: 3 }) }),
    fc.record({
      atLeast: fc.integer({ min: 1, max: 3 }),
      of: fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).node;

const pledges = fc
  .uniqueArray(fc.tuple(party, mode, condition), { selector: ([name]) => name, maxLength: 5 })
  .map(
    (rows) =>
      new Map(
        rows.map(([name, m, c]): [string, Pledge] => [name, { mode: m, while: c, index: 0 }]),
      ),
  );
const accused = fc.uniqueArray(party, { maxLength: 3 }).map((names) => new Set(names));

function subsets(all: ReadonlyMap<string, Pledge>): Map<string, Mode>[] {
  const names = [...all.keys()];
  return Array.from(
    { length: 1 << names.length },
    (_, bits) =>
      new Map(
        names
          .filter((_name, i) => bits & (1 << i))
          .map((name) => [name, (all.get(name) as Pledge).mode]),
      ),
  );
}

function isFixed(
  bound: ReadonlyMap<string, Mode>,
  all: ReadonlyMap<string, Pledge>,
  bad: ReadonlySet<string>,
): boolean {
  return [...bound.keys()].every((name) =>
    isMet((all.get(name) as Pledge).while, { bound, accused: bad }),
  );
}

describe("the greatest fixed point (Knaster and Tarski)", () => {
  it("is self-consistent, and holds every other self-consistent set", () => {
    fc.assert(
      fc.property(pledges, accused, (all, bad) => {
        const greatest = greatestFixedPoint(all, bad);
        expect(isFixed(greatest, all, bad)).toBe(true);
        for (const set of subsets(all)) {
          if (!isFixed(set, all, bad)) continue;
          expect([...set.keys()].every((name) => greatest.has(name))).toBe(true);
        }
      }),
    );
  });

  it("does not depend on the order of the pledges", () => {
    fc.assert(
      fc.property(pledges, accused, (all, bad) => {
        const reversed = new Map([...all].reverse());
        expect(new Map([...greatestFixedPoint(reversed, bad)].sort())).toEqual(
          new Map([...greatestFixedPoint(all, bad)].sort()),
        );
      }),
    );
  });

  it("only shrinks when one more party is accused", () => {
    fc.assert(
      fc.property(pledges, accused, party, (all, bad, more) => {
        const before = greatestFixedPoint(all, bad);
        const after = greatestFixedPoint(all, new Set([...bad, more]));
        expect([...after.keys()].every((name) => before.has(name))).toBe(true);
      }),
    );
  });

  it("every condition is monotone: more parties bound, or more strictly, never unmeets it", () => {
    fc.assert(
      fc.property(
        condition,
        fc.dictionary(party, mode),
        fc.dictionary(party, mode),
        accused,
        (c, some, extra, bad) => {
          const small = new Map(Object.entries(some));
          const large = new Map(small);
          for (const [name, stricter] of Object.entries(extra)) {
            const before = large.get(name);
            if (before === undefined || MODES.indexOf(stricter) > MODES.indexOf(before))
              large.set(name, stricter);
          }
          if (isMet(c, { bound: small, accused: bad }))
            expect(isMet(c, { bound: large, accused: bad })).toBe(true);
        },
      ),
    );
  });
});

describe("a coalition over time", () => {
  const ring = (size: number): [string, Pledge][] =>
    Array.from({ length: size }, (_, i) => [
      `p${i}`,
      {
        mode: "cap",
        while: {
          all: [{ bound: `p${(i + 1) % size}`, mode: "cap" }, { clear: `p${(i + 1) % size}` }],
        },
        index: i,
      },
    ]);
  const pledgeAll = (rows: readonly [string, Pledge][]): Coalition =>
    rows.reduce(
      (c, [name, p]) => settle(withPledge(c, name, p), new Set(), p.index),
      emptyCoalition,
    );

  it.each([1, 2, 3, 17, 200])(
    "mutual pledges of a ring of %i enter together, with the last pledge",
    (size) => {
      const { bound, history } = pledgeAll(ring(size));
      expect(bound.size).toBe(size);
      expect(history.map(({ index }) => index)).toEqual(Array(size).fill(size - 1));
    },
  );

  it("one accused member of a ring takes the whole ring down, and nobody else", () => {
    const outside: [string, Pledge] = ["outside", { mode: "cap", while: { all: [] }, index: 5 }];
    const before = pledgeAll([...ring(5), outside]);
    const after = settle(before, new Set(["p2"]), 6);
    expect([...after.bound.keys()]).toEqual(["outside"]);
    expect(after.dropped.size).toBe(5);
  });

  it("a party that dropped stays out when the cause is gone, until it pledges anew", () => {
    const rows = ring(2);
    const down = settle(pledgeAll(rows), new Set(["p0"]), 2);
    const cleared = settle(down, new Set(), 3);
    expect(cleared.bound.size).toBe(0);
    const one = settle(withPledge(cleared, "p0", rows[0]?.[1] as Pledge), new Set(), 4);
    expect(one.bound.size).toBe(0);
    const both = settle(withPledge(one, "p1", rows[1]?.[1] as Pledge), new Set(), 5);
    expect(both.bound.size).toBe(2);
  });
});
