import {
  advance,
  type Coalition,
  type CoalitionRules,
  emptyCoalition,
  noFacts,
  type Pledge,
  settle,
  whatIf,
} from "@standstill/agreement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const NAMES = ["a", "b", "c", "d", "e", "f"];
const someone = fc.constantFrom(...NAMES);
const DAY = 86_400_000;
const roll = {
  counted: new Set(NAMES),
  parties: new Set(NAMES),
  groups: new Map(),
  weights: new Map(),
};
const rules: CoalitionRules = {
  roll,
  entry: {
    condition: { kind: "all", of: [] },
    delayMs: 0,
    notBefore: undefined,
    latches: false,
    askedAgain: false,
    laterJoiners: { after: "entry", delayMs: 0 },
  },
  withdrawal: { noticeMs: 90 * DAY, notBeforeMs: 0, heldBackWhile: undefined },
  duration: { endsAt: 1000 * DAY, lengthMs: undefined, extension: undefined },
  triggers: [
    {
      id: "wire",
      when: { kind: "tripped", tripwire: "wire" },
      mode: "pause",
      lasts: "until-lifted",
    },
  ],
  lift: undefined,
};
const made = (all: Pledge["while"], graceMs = 0): Pledge => ({
  mode: "cap",
  while: all,
  graceMs,
  noticeMs: 0,
});
const pledge = fc
  .array(
    fc.oneof(
      someone.map((party) => ({ kind: "bound", party, mode: "cap" }) as const),
      someone.map((party) => ({ kind: "clear", party }) as const),
    ),
    { maxLength: 3 },
  )
  .map((of) => made({ kind: "all", of }));
const coalitionOf = (pledges: readonly Pledge[]): Coalition =>
  advance(rules, emptyCoalition, {
    at: 0,
    acts: pledges.map((one, i) => ({ act: "pledge", party: NAMES[i] as string, pledge: one })),
  });
const coalition = fc.array(pledge, { minLength: 6, maxLength: 6 }).map(coalitionOf);
const some = fc.uniqueArray(someone, { maxLength: 2 });
const chain = (graceMs = 0) =>
  coalitionOf(
    NAMES.map((_, i) =>
      made(
        i === 0
          ? { kind: "clear", party: "a" }
          : { kind: "bound", party: NAMES[i - 1] as string, mode: "cap" },
        graceMs,
      ),
    ),
  );

describe("what if", () => {
  it("ends where the record's own rule would end", () => {
    fc.assert(
      fc.property(coalition, some, (before, findings) => {
        const { bound } = whatIf(rules, before, { findings });
        const accused = findings.map(
          (one) => [one, { verdict: "anomalous", assurance: [] }] as const,
        );
        const facts = { ...noFacts, verdicts: new Map(accused) };
        const candidates = new Map(
          [...before.bound].map(([name, mode]) => [
            name,
            { mode, while: (before.pledges.get(name) as Pledge).while },
          ]),
        );
        const settled = settle(candidates, {
          at: 0,
          facts: facts as unknown as typeof noFacts,
          roll,
          held: new Map(),
        });
        expect(new Map([...bound].sort())).toEqual(new Map([...settled.bound].sort()));
      }),
    );
  });

  it("names everybody who drops out, once, in some round", () => {
    fc.assert(
      fc.property(coalition, some, some, (before, findings, gone) => {
        const { rounds, bound } = whatIf(rules, before, { findings, gone });
        const out = rounds.flat();
        expect(new Set(out).size).toBe(out.length);
        expect(new Set([...out, ...bound.keys()])).toEqual(new Set(before.bound.keys()));
      }),
    );
  });

  it("nothing supposed, nothing changes that would not change anyway", () => {
    fc.assert(
      fc.property(coalition, (before) => {
        expect(whatIf(rules, before, {})).toEqual({
          rounds: [],
          changes: [],
          later: [],
          bound: before.bound,
        });
      }),
    );
  });

  it("a chain falls one by one, in order", () => {
    const { rounds } = whatIf(rules, chain(), { findings: ["a"] });
    expect(rounds).toEqual(NAMES.map((name) => [name]));
  });

  it("with grace of five days each, it falls every five days", () => {
    const { rounds, changes, later } = whatIf(rules, chain(5 * DAY), { findings: ["a"] });
    expect(rounds).toEqual([]);
    // None of it happens at once, so all of it is told as coming later.
    expect(later.filter(({ status }) => status === "dropped")).toHaveLength(NAMES.length);
    expect(changes.filter(({ status }) => status === "dropped")).toEqual(
      NAMES.map((party, i) => expect.objectContaining({ party, at: (i + 1) * 5 * DAY })),
    );
  });

  it("a tripwire that trips raises everybody bound", () => {
    const { bound, changes } = whatIf(rules, chain(), { tripped: ["wire"] });
    expect(new Set(bound.values())).toEqual(new Set(["pause"]));
    expect(changes[0]).toMatchObject({ status: "triggered", trigger: "wire", mode: "pause" });
  });
});
