import {
  type Coalition,
  emptyCoalition,
  type Pledge,
  settle,
  whatIf,
  withPledge,
} from "@standstill/agreement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const NAMES = ["a", "b", "c", "d", "e", "f"];
const someone = fc.constantFrom(...NAMES);
const pledge = fc
  .array(
    fc.oneof(
      fc.record({ bound: someone, mode: fc.constant("cap" as const) }),
      fc.record({ clear: someone }),
    ),
    { maxLength: 3 },
  )
  .map((all): Pledge => ({ mode: "cap", while: { all }, index: 0 }));
const coalition = fc.array(pledge, { minLength: 6, maxLength: 6 }).map((pledges): Coalition => {
  const made = pledges.reduce((c, p, i) => withPledge(c, NAMES[i] as string, p), emptyCoalition);
  return settle(made, new Set(), 0);
});
const some = fc.uniqueArray(someone, { maxLength: 2 }).map((names) => new Set(names));

describe("what if", () => {
  it("ends where the record's own rule would end", () => {
    fc.assert(
      fc.property(coalition, some, (before, accused) => {
        const { bound } = whatIf(before, { accused, gone: new Set() });
        expect(new Map([...bound].sort())).toEqual(
          new Map([...settle(before, accused, 1).bound].sort()),
        );
      }),
    );
  });

  it("names everybody who drops out, once, in some round", () => {
    fc.assert(
      fc.property(coalition, some, some, (before, accused, gone) => {
        const { rounds, bound } = whatIf(before, { accused, gone });
        const out = rounds.flat();
        expect(new Set(out).size).toBe(out.length);
        expect(new Set([...out, ...bound.keys()])).toEqual(new Set(before.bound.keys()));
      }),
    );
  });

  it("nothing supposed, nothing changes", () => {
    fc.assert(
      fc.property(coalition, (before) => {
        expect(whatIf(before, { accused: new Set(), gone: new Set() })).toEqual({
          rounds: [],
          bound: before.bound,
        });
      }),
    );
  });

  it("a chain falls one by one, in order", () => {
    const chain = NAMES.reduce(
      (c, name, i) =>
        withPledge(c, name, {
          mode: "cap",
          while: {
            all: i === 0 ? [{ clear: "a" }] : [{ bound: NAMES[i - 1] as string, mode: "cap" }],
          },
          index: i,
        }),
      emptyCoalition,
    );
    const { rounds } = whatIf(settle(chain, new Set(), 0), {
      accused: new Set(["a"]),
      gone: new Set(),
    });
    expect(rounds).toEqual(NAMES.map((name) => [name]));
  });
});
