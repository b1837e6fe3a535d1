import {
  type Candidate,
  type Circumstances,
  type Condition,
  conditionSchema,
  isMet,
  isMetSupposing,
  MODES,
  type Mode,
  minimalMissing,
  nonMonotonePath,
  settle,
} from "@standstill/agreement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { condition, facts, mode, party, roll } from "./conditions.ts";

const given = facts.chain((known) =>
  fc.integer({ min: 0, max: 40 }).map((days) => ({
    at: days * 86_400_000,
    facts: known,
    roll,
    held: new Map<string, number>(),
  })),
);

const candidates = fc
  .uniqueArray(fc.tuple(party, mode, condition), { selector: ([name]) => name, maxLength: 5 })
  .map(
    (rows) =>
      new Map(rows.map(([name, m, c]): [string, Candidate] => [name, { mode: m, while: c }])),
  );

type Given = Omit<Circumstances, "bound" | "instruments">;
const instruments = new Map<string, string>();

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
  known: Given,
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
    [{ not: { bound: "a", mode: "cap" } }, "not"],
    [
      { all: [{ clear: "a" }, { not: { any: [{ clear: "b" }, { count: 2 }] } }] },
      "all.1.not.any.1",
    ],
    [
      { held: { atLeast: 1, of: [{ not: { share: "0.5", weight: "w" } }] }, withinDays: 1 },
      "held.of.0.not",
    ],
  ] as [Condition, string][])("%j at %s", (bad, path) => {
    expect(nonMonotonePath(bad)).toBe(path);
  });

  it.each([
    { not: { clear: "a" } },
    { not: { not: { bound: "a", mode: "cap" } } },
    { not: { all: [{ tripped: "x" }, { from: "2026-01-01" }] } },
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
        fc.record({ not: tie("node") }),
        fc.record({ all: fc.array(tie("node"), { maxLength: 2 }) }),
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

  /** Conditions that nothing could meet: more asked of a list or a group than it has, or a fact and its contrary. */
  function hasNoWay(c: Condition): boolean {
    return /atLeast|count|share|not/.test(JSON.stringify(c));
  }
});

it("the schema reads back every condition", () => {
  fc.assert(
    fc.property(condition, (c) => {
      const written: unknown = JSON.parse(JSON.stringify(c));
      expect(conditionSchema.parse(written)).toEqual(written);
    }),
  );
});
