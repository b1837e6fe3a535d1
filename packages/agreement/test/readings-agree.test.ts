import {
  type Candidate,
  type Circumstances,
  CONDITION_KINDS,
  type Condition,
  canUndo,
  conditionSchema,
  type Draft,
  explainCondition,
  isMet,
  isMetSupposing,
  minimalMissing,
  NOTHING_ASKED,
  noFacts,
  type Powers,
  parseDraft,
  powersOf,
  rulesOf,
  settle,
} from "@standstill/agreement";
import { canonicalJson, DAY_MS } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { condition, facts, mode, PARTIES, party, roll, simple } from "./conditions.ts";
import { full } from "./full-agreement.ts";

/** The conditions that ask for the past, inside a condition. */
function heldIn(one: Condition): Condition[] {
  switch (one.kind) {
    case "all":
    case "any":
    case "at-least":
      return one.of.flatMap(heldIn);
    case "not":
      return heldIn(one.that);
    case "held":
      return [one, ...heldIn(one.that)];
    default:
      return [];
  }
}

const KINDS = ["Ratification", "Accession"];

/** A condition under any circumstances, with a past of its own. */
const judged: fc.Arbitrary<readonly [Condition, Circumstances]> = fc
  .record({
    condition,
    facts,
    days: fc.integer({ min: 0, max: 40 }),
    bound: fc.dictionary(party, mode),
    instruments: fc.dictionary(party, fc.constantFrom(...KINDS)),
    past: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 4, maxLength: 4 }),
  })
  .map((one) => {
    const at = one.days * DAY_MS;
    const held = heldIn(one.condition).map((asked, i): [string, number] => [
      JSON.stringify(asked),
      at - (one.past[i % one.past.length] ?? 0) * DAY_MS,
    ]);
    const given: Circumstances = {
      at,
      facts: one.facts,
      roll,
      held: new Map(held),
      bound: new Map(Object.entries(one.bound)),
      instruments: new Map(Object.entries(one.instruments)),
    };
    return [one.condition, given] as const;
  });

/** Whether the circuit lets somebody outside stay under a condition while exactly those bound stay. */
function isMetInCircuit(asked: Condition, given: Circumstances): boolean {
  const candidates = new Map<string, Candidate>();
  for (const [one, own] of given.bound)
    candidates.set(one, {
      mode: own,
      while: NOTHING_ASKED,
      instrument: given.instruments.get(one),
      staysAnyway: true,
    });
  candidates.set("outsider", { mode: "cap", while: asked });
  return settle(candidates, given).bound.has("outsider");
}

describe("a condition means one thing, however it is read", () => {
  it("as yes or no, as gates of the circuit, explained part by part, and by what is missing", () => {
    fc.assert(
      fc.property(judged, ([asked, given]) => {
        const met = isMet(asked, given);
        expect(isMetInCircuit(asked, given)).toBe(met);
        expect(explainCondition(asked, given).met).toBe(met);
        expect(minimalMissing(asked, given).length === 0).toBe(met);
        expect(isMetSupposing(asked, [], given)).toBe(met);
      }),
      { numRuns: 2000 },
    );
  });

  it("each part that is explained is met as it would be by itself", () => {
    fc.assert(
      fc.property(judged, ([asked, given]) => {
        const check = (part: ReturnType<typeof explainCondition>): void => {
          expect(part.met).toBe(isMet(part.condition, given));
          part.parts.forEach(check);
        };
        check(explainCondition(asked, given));
      }),
      { numRuns: 300 },
    );
  });

  it("the circuit refuses who is bound under not, rather than answer", () => {
    const asked: Condition = { kind: "not", that: { kind: "bound", party: "a", mode: "cap" } };
    const all = new Map([
      ["a", { mode: "cap", while: NOTHING_ASKED } as const],
      ["b", { mode: "cap", while: asked } as const],
    ]);
    const world = { at: 0, facts: noFacts, roll, held: new Map() };
    expect(() => settle(all, world)).toThrow(/expected facts under not/);
  });
});

const everyKind: fc.Arbitrary<Condition> = fc.oneof(condition, ...Object.values(simple));

describe("what is written is what is read", () => {
  it("every kind there is is tried here", () => {
    const tried = new Set(
      fc.sample(condition, 3000).flatMap(function kinds(one): string[] {
        return [one.kind, ...partsOf(one).flatMap(kinds)];
      }),
    );
    expect([...tried].sort()).toEqual([...CONDITION_KINDS].sort());
  });

  it("as canonical JSON, on record", () => {
    fc.assert(
      fc.property(everyKind, (asked) => {
        const written = canonicalJson(JSON.parse(JSON.stringify(asked)));
        const read = conditionSchema.parse(JSON.parse(written));
        expect(canonicalJson(JSON.parse(JSON.stringify(read)))).toBe(written);
      }),
      { numRuns: 500 },
    );
  });

  it("as YAML, in terms", () => {
    const { entry, ...rest } = full;
    fc.assert(
      fc.property(everyKind, (when) => {
        const draft = {
          ...rest,
          parties: [...rest.parties, ...PARTIES.map((id) => ({ id, name: id }))],
          groups: [...(rest.groups ?? []), { id: "few", title: "Few.", parties: ["a"] }],
          weights: (rest.weights ?? []).map((table) => ({ ...table, id: "flop" })),
          tripwires: [
            ...(rest.tripwires ?? []),
            ...(["other-wire"] as const).map((id) => ({
              id,
              indicator: "training-compute",
              watchBelowDays: 2,
              tripBelowDays: 1,
              source: "S.",
            })),
          ],
          safeguards: [
            { id: "evaluations", title: "E." },
            { id: "safeguard", title: "S." },
          ],
          adopted: undefined,
          entry: { ...entry, when },
        };
        const text = stringify(JSON.parse(JSON.stringify(draft)));
        expect(parseDraft(text).entry?.when).toEqual(JSON.parse(JSON.stringify(when)));
      }),
      { numRuns: 100 },
    );
  });

  it.each(CONDITION_KINDS)("%s with a field that it does not have is refused", (kind) => {
    expect(conditionSchema.safeParse({ kind, stranger: 1 }).success).toBe(false);
  });

  it("a kind from the future is refused, and the kinds that there are are named", () => {
    const { error } = conditionSchema.safeParse({ kind: "moon-phase", full: true });
    expect(error?.issues[0]?.message).toMatch(/all, any, at-least, .*vote, got "moon-phase"/);
  });
});

function partsOf(one: Condition): readonly Condition[] {
  if (one.kind === "not" || one.kind === "held") return [one.that];
  return "of" in one ? one.of : [];
}

describe("what one alone can undo", () => {
  const powers: Powers = {
    keeper: "keeper",
    rules: ["a"],
    assesses: () => [],
    measures: () => ["b"],
  };
  const can = (who: string, asked: Condition) => canUndo(asked, who, powers, roll);
  const clear = (one: string): Condition => ({ kind: "clear", party: one });
  const ruled: Condition = { kind: "ruled", question: "q" };

  it.each<[string, Condition, boolean]>([
    ["its own standing", clear("a"), true],
    ["not another's", clear("b"), false],
    ["a ruling that it signs alone", ruled, true],
    ["nor that it does not hold", { kind: "not", that: ruled }, true],
    ["not who is bound", { kind: "count", atLeast: "all" }, false],
    ["not the day", { kind: "from", day: "2030-01-01" }, false],
    ["one part of all", { kind: "all", of: [clear("a"), clear("b")] }, true],
    ["not one part of any", { kind: "any", of: [clear("a"), clear("b")] }, false],
    [
      "a vote in which one no is enough",
      { kind: "vote", question: "q", rule: "red-light", majority: "0.20", withinDays: 1 },
      true,
    ],
    [
      "not a vote that asks for more",
      {
        kind: "vote",
        question: "q",
        rule: "green-light",
        quorum: "0.60",
        majority: "0.50",
      },
      false,
    ],
  ])("%s", (_name, asked, expected) => {
    expect(can("a", asked)).toBe(expected);
  });

  it("is read from the terms: who signs alone, and without whom too few measure", () => {
    const accepted: Condition = { kind: "accepted", safeguard: "evaluations" };
    const tripped: Condition = { kind: "tripped", tripwire: "code" };
    const panel = { id: "panel", name: "Panel", task: "adjudicator" as const };
    const under = (signatures: number, reporters: string[]): Draft => ({
      ...full,
      roles: [{ ...panel, holders: ["north", "south"], signatures }],
      yardsticks: { ...full.yardsticks, reporters },
    });
    const holds = (terms: Draft, who: string, asked: Condition) =>
      canUndo(asked, who, powersOf(terms), rulesOf(terms).roll);
    expect(holds(under(1, []), "north", accepted)).toBe(true);
    expect(holds(under(1, []), "east", accepted)).toBe(false);
    expect(holds(under(2, []), "north", accepted)).toBe(false);
    expect(holds(under(2, ["north", "east"]), "north", tripped)).toBe(true);
    expect(holds(under(2, ["north", "east", "south"]), "north", tripped)).toBe(false);
  });

  it("twice not is nothing, all is any and any is all under not", () => {
    const not = (that: Condition): Condition => ({ kind: "not", that });
    fc.assert(
      fc.property(fc.array(everyKind, { minLength: 1, maxLength: 3 }), party, (of, who) => {
        const all: Condition = { kind: "all", of };
        expect(can(who, not(not(all)))).toBe(can(who, all));
        expect(can(who, not({ kind: "any", of: of.map(not) }))).toBe(can(who, all));
        expect(can(who, all)).toBe(of.some((one) => can(who, one)));
      }),
    );
  });
});
