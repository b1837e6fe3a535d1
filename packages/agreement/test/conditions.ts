import {
  BALLOTS,
  type Condition,
  type ConditionKind,
  type ConditionOf,
  type Facts,
  MODES,
  type Mode,
  noFacts,
  type Roll,
  TRIPWIRE_LEVELS,
} from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import fc from "fast-check";

const VERDICTS = ["violation", "anomalous", "unverified", "verified"] as const;

/** Parties of generated agreements. */
export const PARTIES = ["a", "b", "c", "d", "e"];
/** A party. */
export const party = fc.constantFrom(...PARTIES);
/** A mode. */
export const mode: fc.Arbitrary<Mode> = fc.constantFrom(...MODES);

/** What conditions look up: a group, and a table of weights whose total is more than its parts. */
export const roll: Roll = {
  counted: new Set(["a", "b", "c", "d"]),
  parties: new Set(PARTIES),
  groups: new Map([["few", new Set(["a", "b", "e"])]]),
  weights: new Map([
    [
      "flop",
      {
        total: 100n,
        of: new Map([40n, 30n, 15n, 5n, 50n].map((w, i) => [PARTIES[i] as string, w])),
      },
    ],
  ]),
};

const share = fc.constantFrom("0.05", "0.40", "0.55", "0.90");
const optionalMode = fc.option(mode, { nil: undefined });
const kind = <Kind extends ConditionKind>(one: Kind) => fc.constant(one);

type Simple = Exclude<ConditionKind, "all" | "any" | "at-least" | "not" | "held">;

/** Conditions without others inside, kind by kind: the compiler asks for a new one here. */
export const simple: { readonly [Kind in Simple]: fc.Arbitrary<ConditionOf<Kind>> } = {
  bound: fc.record({ kind: kind("bound"), party, mode }),
  count: fc.record({
    kind: kind("count"),
    atLeast: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant("all" as const)),
    group: fc.constantFrom("few", undefined),
    besides: fc.constantFrom("few", undefined),
    mode: optionalMode,
    instruments: fc.constantFrom(["Ratification"], ["Accession", "Ratification"], undefined),
  }),
  share: fc.record({
    kind: kind("share"),
    atLeast: share,
    weights: fc.constant("flop"),
    mode: optionalMode,
  }),
  clear: fc.record({ kind: kind("clear"), party }),
  verified: fc.record({ kind: kind("verified"), party }),
  assurance: fc.record({
    kind: kind("assurance"),
    party,
    atLeast: share,
    evasions: fc.constantFrom(["undeclared-run"], ["undeclared-run", "training-as-inference"]),
    adversary: fc.constant("leaves-meters-alone"),
  }),
  coverage: fc.record({ kind: kind("coverage"), atLeast: share }),
  tripped: fc.record({
    kind: kind("tripped"),
    tripwire: fc.constantFrom("wire", "other-wire"),
  }),
  accepted: fc.record({ kind: kind("accepted"), safeguard: fc.constant("safeguard") }),
  from: fc.record({
    kind: kind("from"),
    day: fc.constantFrom("1970-01-03", "1970-01-10", "1970-02-01"),
  }),
  ruled: fc.record({ kind: kind("ruled"), question: fc.constant("question") }),
  vote: fc.record({
    kind: kind("vote"),
    question: fc.constantFrom("lift", "other"),
    rule: fc.constantFrom("green-light", "red-light"),
    group: fc.constantFrom("few", undefined),
    quorum: fc.option(share, { nil: undefined }),
    majority: share,
    withinDays: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  }),
};

const { bound, count, share: shareOf, ...onFacts } = simple;

/** Conditions on facts. */
export const factCondition: fc.Arbitrary<Condition> = fc.oneof(...Object.values(onFacts));

/** Conditions of facts with a form of their own inside each other. */
const within = (node: fc.Arbitrary<Condition>): fc.Arbitrary<Condition>[] => [
  fc.record({ kind: kind("all"), of: fc.array(node, { maxLength: 3 }) }),
  fc.record({ kind: kind("any"), of: fc.array(node, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    kind: kind("at-least"),
    number: fc.integer({ min: 1, max: 3 }),
    of: fc.array(node, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: kind("held"), that: node, withinDays: fc.integer({ min: 1, max: 9 }) }),
];

/** Any condition that facts alone decide, `not` at any depth among them. */
export const anyOnFacts: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    factCondition,
    fc.record({ kind: kind("not"), that: tie("node") }),
    ...within(tie("node")),
  ),
})).node;

/** Any monotone condition, `held` and negated facts among them. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.oneof(bound, count, shareOf),
    factCondition,
    fc.record({ kind: kind("not"), that: anyOnFacts }),
    ...within(tie("node")),
  ),
})).node;

const assurances = fc.array(
  fc.record({
    evasion: fc.constantFrom("undeclared-run", "training-as-inference"),
    adversary: fc.constant("leaves-meters-alone"),
    lowTenThousandths: fc.integer({ min: 0, max: 10_000 }),
  }),
  { maxLength: 3 },
);

/** Any facts that these conditions read. */
export const facts: fc.Arbitrary<Facts> = fc
  .record({
    verdicts: fc.dictionary(
      party,
      fc.record({ verdict: fc.constantFrom(...VERDICTS), assurance: assurances }),
    ),
    coverage: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
    level: fc.constantFrom(...TRIPWIRE_LEVELS),
    accepted: fc.boolean(),
    ruled: fc.boolean(),
    openedAt: fc.integer({ min: 0, max: 20 }).map((days) => days * DAY_MS),
    ballots: fc.dictionary(party, fc.constantFrom(...BALLOTS)),
  })
  .map(({ verdicts, coverage, level, accepted, ruled, openedAt, ballots }) => ({
    ...noFacts,
    verdicts: new Map(Object.entries(verdicts)),
    coverageTenThousandths: coverage,
    tripwires: new Map([["wire", level]]),
    safeguards: new Set(accepted ? ["safeguard"] : []),
    rulings: new Map([["question", ruled]]),
    votes: new Map([["lift", { openedAt, ballots: new Map(Object.entries(ballots)) }]]),
  }));
