import {
  type Candidate,
  type Condition,
  isMet,
  isMetSupposing,
  MODES,
  type Mode,
  minimalMissing,
  nonMonotonePath,
  settle,
  type World,
} from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { condition, facts, mode, party, roll } from "./conditions.ts";

const given: fc.Arbitrary<World> = fc
  .record({ days: fc.integer({ min: 0, max: 40 }), facts })
  .map(({ days, facts: known }) => ({ at: days * DAY_MS, facts: known, roll, held: new Map() }));

/** One party ratified, one acceded, the others said nothing of it. */
const instruments = new Map([
  ["a", "Ratification"],
  ["b", "Accession"],
]);

const candidates = fc
  .uniqueArray(fc.tuple(party, mode, condition), { selector: ([name]) => name, maxLength: 5 })
  .map(
    (rows) =>
      new Map(
        rows.map(([name, m, c]): [string, Candidate] => [
          name,
          { mode: m, while: c, instrument: instruments.get(name) },
        ]),
      ),
  );

function subsets(all: ReadonlyMap<string, Candidate>): Map<string, Mode>[] {
  const names = [...all.keys()];
  return Array.from(
    { length: 1 << names.length },
    (_, bits) =>
      new Map(
        names
          .filter((_name, i) => bits & (1 << i))
          .map((name) => [name, (all.get(name) as Candidate).mode]),
      ),
  );
}

function isFixed(
  bound: ReadonlyMap<string, Mode>,
  all: ReadonlyMap<string, Candidate>,
  known: World,
): boolean {
  return [...bound.keys()].every((name) =>
    isMet((all.get(name) as Candidate).while, { ...known, bound, instruments }),
  );
}

describe("the greatest fixed point (Knaster and Tarski)", () => {
  it("is self-consistent, and holds every other self-consistent set", () => {
    fc.assert(
      fc.property(candidates, given, (all, known) => {
        const greatest = settle(all, known).bound;
        expect(isFixed(greatest, all, known)).toBe(true);
        for (const set of subsets(all)) {
          if (!isFixed(set, all, known)) continue;
          expect([...set.keys()].every((name) => greatest.has(name))).toBe(true);
        }
      }),
      { numRuns: scaled(500) },
    );
  });

  it("does not depend on the order of the pledges", () => {
    fc.assert(
      fc.property(candidates, given, (all, known) => {
        const reversed = new Map([...all].reverse());
        expect(new Map([...settle(reversed, known).bound].sort())).toEqual(
          new Map([...settle(all, known).bound].sort()),
        );
      }),
    );
  });

  it("those who leave, leave round by round: each because of the rounds before, and not sooner", () => {
    fc.assert(
      fc.property(candidates, given, (all, known) => {
        const bound = new Map([...all].map(([name, one]) => [name, one.mode]));
        for (const round of settle(all, known).rounds) {
          const failing = [...bound.keys()].filter(
            (name) => !isMet((all.get(name) as Candidate).while, { ...known, bound, instruments }),
          );
          expect([...round].sort()).toEqual(failing.sort());
          for (const name of round) bound.delete(name);
        }
      }),
    );
  });

  it("every condition is monotone: more parties bound, or more strictly, never unmeets it", () => {
    fc.assert(
      fc.property(
        condition,
        fc.dictionary(party, mode),
        fc.dictionary(party, mode),
        given,
        (c, some, extra, known) => {
          const small = new Map(Object.entries(some));
          const large = new Map(small);
          for (const [name, stricter] of Object.entries(extra)) {
            const before = large.get(name);
            if (before === undefined || MODES.indexOf(stricter) > MODES.indexOf(before))
              large.set(name, stricter);
          }
          if (isMet(c, { ...known, bound: small, instruments }))
            expect(isMet(c, { ...known, bound: large, instruments })).toBe(true);
        },
      ),
      { numRuns: scaled(500) },
    );
  });
});

describe("a pledge that is not monotone is refused with the offending path", () => {
  it.each([
    [{ kind: "not", that: { kind: "bound", party: "a", mode: "cap" } }, "that"],
    [
      { kind: "not", that: { kind: "not", that: { kind: "bound", party: "a", mode: "cap" } } },
      "that.that",
    ],
    [
      {
        kind: "all",
        of: [
          { kind: "clear", party: "a" },
          {
            kind: "not",
            that: {
              kind: "any",
              of: [
                { kind: "clear", party: "b" },
                { kind: "count", atLeast: 2 },
              ],
            },
          },
        ],
      },
      "of.1.that.of.1",
    ],
    [
      {
        kind: "held",
        that: {
          kind: "at-least",
          number: 1,
          of: [{ kind: "not", that: { kind: "share", atLeast: "0.5", weights: "w" } }],
        },
        withinDays: 1,
      },
      "that.of.0.that",
    ],
  ] as [Condition, string][])("%j at %s", (bad, path) => {
    expect(nonMonotonePath(bad)).toBe(path);
  });

  it.each([
    { kind: "not", that: { kind: "clear", party: "a" } },
    { kind: "not", that: { kind: "not", that: { kind: "clear", party: "a" } } },
    {
      kind: "not",
      that: {
        kind: "all",
        of: [
          { kind: "tripped", tripwire: "x" },
          { kind: "from", day: "2026-01-01" },
        ],
      },
    },
  ] as Condition[])("%j is monotone", (good) => {
    expect(nonMonotonePath(good)).toBeUndefined();
  });

  it("no generated monotone condition is refused", () => {
    fc.assert(
      fc.property(condition, (c) => {
        expect(nonMonotonePath(c)).toBeUndefined();
      }),
    );
  });

  it("whatever changes from met to unmet by one more party bound is refused", () => {
    const any: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        condition,
        fc.record({ kind: fc.constant("not" as const), that: tie("node") }),
        fc.record({
          kind: fc.constant("all" as const),
          of: fc.array(tie("node"), { maxLength: 2 }),
        }),
      ),
    })).node;
    fc.assert(
      fc.property(
        any,
        fc.dictionary(party, mode),
        party,
        mode,
        given,
        (c, some, name, m, known) => {
          const small = new Map(Object.entries(some));
          if (small.has(name)) return;
          const large = new Map(small).set(name, m);
          const met = (bound: ReadonlyMap<string, Mode>) =>
            isMet(c, { ...known, bound, instruments });
          if (met(small) && !met(large)) expect(nonMonotonePath(c)).toBeDefined();
        },
      ),
      { numRuns: scaled(1000) },
    );
  });
});

describe("what is missing", () => {
  it("would be enough, and nothing of it can be spared", () => {
    fc.assert(
      fc.property(condition, fc.dictionary(party, mode), given, (c, some, known) => {
        const all = { ...known, bound: new Map(Object.entries(some)), instruments };
        const missing = minimalMissing(c, all);
        if (isMet(c, all)) expect(missing).toEqual([]);
        else if (isMetSupposing(c, missing, all)) {
          for (const one of missing) {
            const fewer = missing.filter((other) => other !== one);
            expect(isMetSupposing(c, fewer, all)).toBe(false);
          }
        } else expect(hasNoWay(c)).toBe(true);
      }),
      { numRuns: scaled(1000) },
    );
  });

  /** Conditions that nothing could meet: a fact and its contrary. What asks for more than there is stands for itself. */
  function hasNoWay(c: Condition): boolean {
    return JSON.stringify(c).includes('"kind":"not"');
  }
});
