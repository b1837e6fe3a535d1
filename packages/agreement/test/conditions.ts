import {
  type Condition,
  type Facts,
  MODES,
  type Mode,
  noFacts,
  type Roll,
  type VerdictFact,
} from "@standstill/agreement";
import fc from "fast-check";

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

/** Conditions on facts. */
export const factCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ clear: party }),
  fc.record({ verified: party }),
  fc.record({ tripped: fc.constantFrom("wire", "other-wire") }),
  fc.record({ accepted: fc.constant("safeguard") }),
  fc.record({ ruled: fc.constant("question") }),
  fc.record({ from: fc.constantFrom("1970-01-03", "1970-01-10", "1970-02-01") }),
);

/** Conditions on who is bound. */
const boundCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ bound: party, mode }),
  fc.record({
    count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant("all" as const)),
    of: fc.constantFrom("few", undefined),
    mode: optionalMode,
  }),
  fc.record({ share, weight: fc.constant("flop"), mode: optionalMode }),
);

/** Any monotone condition, `held` and negated facts among them. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    boundCondition,
    factCondition,
    fc.record({ not: factCondition }),
    fc.record({ all: fc.array(tie("node"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      atLeast: fc.integer({ min: 1, max: 3 }),
      of: fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ held: tie("node"), withinDays: fc.integer({ min: 1, max: 9 }) }),
  ),
})).node;

/** Any facts that these conditions read. */
export const facts: fc.Arbitrary<Facts> = fc
  .record({
    accused: fc.uniqueArray(party, { maxLength: 3 }),
    verified: fc.uniqueArray(party, { maxLength: 3 }),
    tripped: fc.boolean(),
    accepted: fc.boolean(),
    ruled: fc.boolean(),
  })
  .map(({ accused, verified, tripped, accepted, ruled }) => ({
    ...noFacts,
    verdicts: new Map<string, VerdictFact>([
      ...verified.map((one): [string, VerdictFact] => [
        one,
        { verdict: "verified", assurance: [] },
      ]),
      ...accused.map((one): [string, VerdictFact] => [
        one,
        { verdict: "anomalous", assurance: [] },
      ]),
    ]),
    tripwires: new Map([["wire", tripped ? "tripped" : "watch"]]),
    safeguards: new Set(accepted ? ["safeguard"] : []),
    rulings: new Map([["question", ruled]]),
  }));
