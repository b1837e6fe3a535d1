import {
  type Condition,
  type ConditionOf,
  type Facts,
  isMet,
  isMetSupposing,
  type Mode,
  minimalMissing,
  noFacts,
  type Roll,
  settle,
  type VerdictFact,
  withRuling,
} from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import { describe, expect, it } from "vitest";

const roll: Roll = {
  counted: new Set(["a", "b", "c", "d"]),
  parties: new Set(["a", "b", "c", "d"]),
  groups: new Map([["council", new Set(["a", "b"])]]),
  weights: new Map(),
};

const met = (condition: Condition, facts: Partial<Facts>, day = 0): boolean =>
  isMet(condition, {
    at: day * DAY_MS,
    bound: new Map(),
    instruments: new Map(),
    facts: { ...noFacts, ...facts },
    roll,
    held: new Map(),
  });

describe("assurance", () => {
  const known = (...rows: [string, string, number][]): Partial<Facts> => ({
    verdicts: new Map<string, VerdictFact>([
      [
        "a",
        {
          verdict: "unverified",
          assurance: rows.map(([evasion, adversary, lowTenThousandths]) => ({
            evasion,
            adversary,
            lowTenThousandths,
          })),
        },
      ],
    ]),
  });
  const asked: Condition = {
    kind: "assurance",
    party: "a",
    atLeast: "0.90",
    evasions: ["undeclared-run", "training-as-inference"],
    adversary: "leaves-meters-alone",
  };

  it.each([
    [
      "every evasion reaches it",
      [
        ["undeclared-run", "leaves-meters-alone", 9000],
        ["training-as-inference", "leaves-meters-alone", 9400],
      ],
      true,
    ],
    [
      "one falls short by a ten-thousandth",
      [
        ["undeclared-run", "leaves-meters-alone", 8999],
        ["training-as-inference", "leaves-meters-alone", 9400],
      ],
      false,
    ],
    ["one was not played", [["undeclared-run", "leaves-meters-alone", 9900]], false],
    [
      "it was reached against a weaker adversary only",
      [
        ["undeclared-run", "leaves-meters-alone", 9900],
        ["training-as-inference", "writes-own-readings", 9900],
      ],
      false,
    ],
  ] as [string, [string, string, number][], boolean][])("%s", (_name, rows, expected) => {
    expect(met(asked, known(...rows))).toBe(expected);
  });

  it("of a party without a verdict is none", () => {
    expect(met(asked, {})).toBe(false);
  });
});

describe("shares and what is missing", () => {
  const given = (bound: Record<string, Mode>, total: bigint) => ({
    at: 0,
    bound: new Map(Object.entries(bound)),
    instruments: new Map<string, string>(),
    facts: noFacts,
    roll: {
      ...roll,
      weights: new Map([
        [
          "w",
          {
            total,
            of: new Map([
              ["a", 1n],
              ["b", 2n],
            ]),
          },
        ],
      ]),
    },
    held: new Map<string, number>(),
  });

  it("a share is reached only by the whole amount, never by less rounded up", () => {
    // Half of three is one and a half: one is less, two is enough.
    const half: Condition = { kind: "share", atLeast: "0.50", weights: "w" };
    expect(isMet(half, given({ a: "cap" }, 3n))).toBe(false);
    expect(isMet(half, given({ b: "cap" }, 3n))).toBe(true);
    const candidates = (party: string) => new Map([[party, { mode: "cap", while: half } as const]]);
    expect(settle(candidates("a"), given({}, 3n)).bound.size).toBe(0);
    expect(settle(candidates("b"), given({}, 3n)).bound.size).toBe(1);
  });

  it("one party missing at two modes is missing at the stricter alone", () => {
    const condition: Condition = {
      kind: "all",
      of: [
        { kind: "bound", party: "a", mode: "pause" },
        { kind: "bound", party: "a", mode: "cap" },
        { kind: "count", atLeast: 1, mode: "pause" },
      ],
    };
    expect(minimalMissing(condition, given({}, 3n))).toEqual([
      { kind: "bound", party: "a", mode: "pause" },
    ]);
    // Supposed at both, it is bound at the stricter, in whatever order they are named.
    const both: Condition[] = [
      { kind: "bound", party: "a", mode: "pause" },
      { kind: "bound", party: "a", mode: "cap" },
    ];
    expect(isMetSupposing(condition, both, given({}, 3n))).toBe(true);
  });
});

describe("votes", () => {
  const vote = (ballots: Record<string, "yes" | "no" | "abstain">): Partial<Facts> => ({
    votes: new Map([["q", { openedAt: 0, ballots: new Map(Object.entries(ballots)) }]]),
  });
  const green: ConditionOf<"vote"> = {
    kind: "vote",
    question: "q",
    rule: "green-light",
    quorum: "0.75",
    majority: "0.66",
  };
  const red: Condition = {
    kind: "vote",
    question: "q",
    rule: "red-light",
    majority: "0.75",
    withinDays: 5,
  };

  it("a green light needs the quorum and the majority of yes among yes and no", () => {
    expect(met(green, {})).toBe(false);
    expect(met(green, vote({ a: "yes", b: "yes" }))).toBe(false);
    expect(met(green, vote({ a: "yes", b: "yes", c: "no" }))).toBe(true);
    expect(met(green, vote({ a: "yes", b: "no", c: "no" }))).toBe(false);
    expect(met(green, vote({ a: "yes", b: "abstain", c: "abstain" }))).toBe(true);
    expect(met(green, vote({ a: "abstain", b: "abstain", c: "abstain" }))).toBe(false);
  });

  it("a red light stops it only in numbers, and only in time", () => {
    expect(met(red, vote({}), 4)).toBe(false);
    expect(met(red, vote({}), 5)).toBe(true);
    expect(met(red, vote({ a: "no", b: "no" }), 5)).toBe(true);
    expect(met(red, vote({ a: "no", b: "no", c: "no" }), 5)).toBe(false);
    expect(met(red, {}, 5)).toBe(false);
  });

  it("ballots of those who may not vote do not count", () => {
    const council: Condition = { ...green, group: "council" };
    expect(met(council, vote({ c: "yes", d: "yes" }))).toBe(false);
    expect(met(council, vote({ a: "yes", b: "yes", c: "no", d: "no" }))).toBe(true);
  });
});

describe("standing", () => {
  const verdict = (value: VerdictFact["verdict"]): Facts => ({
    ...noFacts,
    verdicts: new Map([["a", { verdict: value, assurance: [] }]]),
  });

  it("clear is everything from unverified on, verified only itself; a party never judged is clear", () => {
    const values = ["violation", "anomalous", "unverified", "verified"] as const;
    expect(values.map((one) => met({ kind: "clear", party: "a" }, verdict(one)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(values.map((one) => met({ kind: "verified", party: "a" }, verdict(one)))).toEqual([
      ...[false, false, false, true],
    ]);
    expect(met({ kind: "clear", party: "a" }, {})).toBe(true);
    expect(met({ kind: "verified", party: "a" }, {})).toBe(false);
  });

  it("an open ruling of violation stands whatever the verdicts, until each case is remedied", () => {
    const found = { party: "a", violation: "found" as const };
    const twice = withRuling(withRuling(verdict("verified"), "one", found), "two", found);
    expect(met({ kind: "clear", party: "a" }, twice)).toBe(false);
    const once = withRuling(twice, "one", { party: "a", violation: "remedied" });
    expect(met({ kind: "verified", party: "a" }, once)).toBe(false);
    const none = withRuling(once, "two", { party: "a", violation: "remedied" });
    expect(met({ kind: "verified", party: "a" }, none)).toBe(true);
  });
});
