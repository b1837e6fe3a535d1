import {
  type Case,
  type CasePart,
  type CaseState,
  calendarOf,
  caseAnswer,
  caseAppeal,
  caseExtend,
  caseOpen,
  caseProgress,
  caseRemedy,
  caseRule,
  caseStep,
  caseVote,
  caseWithdraw,
  deadlinesOf,
  noCases,
  type ProcedureSteps,
  panelSigning,
  reliabilityOf,
  stepsOf,
  timelineOf,
} from "@standstill/adjudication";
import type { Terms, UnderTerms } from "@standstill/agreement";
import { type ClockPart, isRefusal, noMarks, type Refusal } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-06-01T00:00:00Z");
const STANDARD = "More likely than not.";
const step = (
  id: string,
  by: ProcedureSteps[number]["by"],
  withinHours: number,
  more: Partial<ProcedureSteps[number]> = {},
): ProcedureSteps[number] => ({
  id,
  title: `${id}.`,
  by,
  withinHours,
  ifSilent: "it goes on",
  ...more,
});
const usual: ProcedureSteps = [
  step("clarify", "accused", 120, { extension: { by: "keeper", hours: 72 } }),
  step("inspect", "inspectors", 240),
  step("rule", "panel", 336),
];
const PARTIES = ["aster", "borealis", "cedar", "dune"];
const TASKS = { inspectors: "inspector", panel: "adjudicator", others: "adjudicator" };
const ISSUERS = [...PARTIES, "keeper", ...Object.keys(TASKS)];
/** What a case is judged by, besides the cases. */
type Context = ClockPart &
  UnderTerms<"adjudication" | "keeper" | "obligations" | "parties" | "reporting" | "roles">;
const context = (at: number, steps = usual, more: object = {}): Context => ({
  clock: { ...noMarks, at },
  agreement: { terms: termsOf(steps, more) },
});
const termsOf = (steps: ProcedureSteps, more: object) =>
  ({
    keeper: { id: "keeper", name: "Keeper" },
    parties: PARTIES.map((id) => ({ id, name: id, kind: "lab" })),
    roles: Object.entries(TASKS).map(([id, task]) => ({ id, name: id, task, holders: [] })),
    obligations: [
      { id: "article-3", kind: "accelerators-registered", title: "Registered.", mode: "cap" },
    ],
    adjudication: {
      panel: "panel",
      quorum: "0.66",
      majority: "0.66",
      standard: STANDARD,
      steps,
      appealWithinDays: 30,
      opensPerYear: 3,
      ...more,
    },
  }) as unknown as Terms;
const said = (issuer: string, index: number, body: object) =>
  ({ id: `s${index}`, index, statement: { issuer }, body }) as never;

const open = (more: object = {}) => ({
  case: "one",
  party: "aster",
  verdict: "v",
  findings: ["c"],
  question: "Why?",
  ...more,
});
/** Every verdict is one on Aster with the finding c. */
const judged = { body: { party: "aster", duties: [{ findings: [{ check: "c" }] }] } };
const verdicts = { reportOf: { get: (id: string) => id }, verdicts: { get: () => judged } };
const casesOf = (next: CasePart | Refusal) => (isRefusal(next) ? next : next.cases);
const opening = (cases: CaseState, issuer: string, index: number, body: object, its: Context) =>
  casesOf(caseOpen.reduce({ ...its, cases, verdicts }, said(issuer, index, body)));
const opened = (its = context(START)) => opening(noCases, "borealis", 1, open(), its) as CaseState;
/** Any word in a case. */
const speak = (
  definition: unknown,
  cases: CaseState,
  its: Context,
  issuer: string,
  index: number,
  body: object,
) =>
  casesOf((definition as typeof caseAnswer).reduce({ ...its, cases }, said(issuer, index, body)));

const WORDS = {
  answer: [caseAnswer, { answer: "Because." }],
  clarify: [caseStep, { step: "clarify", text: "Done.", evidence: null }],
  inspect: [caseStep, { step: "inspect", text: "Done.", evidence: null }],
  "rule-as-step": [caseStep, { step: "rule", text: "Done.", evidence: null }],
  extend: [caseExtend, { step: "clarify", reasons: "Holidays." }],
  found: [caseRule, { party: "aster", violation: "found", standard: STANDARD, reasons: "Shown." }],
  "found-with-remedy": [
    caseRule,
    {
      party: "aster",
      violation: "found",
      standard: STANDARD,
      remedy: { text: "Switch it off.", withinHours: 48 },
    },
  ],
  "not-found": [caseRule, { party: "aster", violation: "not-found", standard: STANDARD }],
  remedied: [caseRule, { party: "aster", violation: "remedied", standard: STANDARD }],
  appeal: [caseAppeal, { grounds: "Not heard.", evidence: null }],
  remedy: [caseRemedy, { text: "It is off.", evidence: null }],
  withdraw: [caseWithdraw, { reasons: "A mistake." }],
  "vote-for": [caseVote, { step: "vote", ballot: "for" }],
  "vote-against": [caseVote, { step: "vote", ballot: "against" }],
} as const;
type Word = keyof typeof WORDS;
type Act = readonly [word: Word, issuer: string, hours: number];

const play = (state: CaseState, [word, issuer, hours]: Act, index: number, steps = usual) => {
  const [definition, body] = WORDS[word];
  const its = context(START + hours * HOUR, steps);
  return speak(definition, state, its, issuer, index, { case: "one", ...body });
};
const after = (acts: readonly Act[], steps = usual): CaseState =>
  acts.reduce(
    (state, act, i) => {
      const next = play(state, act, i + 2, steps);
      if (isRefusal(next)) throw new Error(`${act.join(" ")}: ${next.message}`);
      return next;
    },
    opened(context(START, steps)),
  );
const one = (state: CaseState) => state.cases.get("one") as Case;
const standings = (state: CaseState, hours: number) =>
  stepsOf(one(state), START + hours * HOUR).map(({ standing }) => standing);
const at = (state: CaseState, hours: number) => {
  const { phase, outcome, due } = caseProgress(one(state), START + hours * HOUR);
  return [phase, outcome, ...due.map(({ step: id }) => id)];
};
const code = (result: CaseState | Refusal) => (isRefusal(result) ? result.refused : undefined);
const refused = (acts: readonly Act[], act: Act, steps = usual) =>
  code(play(after(acts, steps), act, acts.length + 2, steps));
const answered: Act = ["answer", "aster", 10];
const inspected: Act = ["inspect", "inspectors", 100];

describe("a case goes on by what is said and by time alone", () => {
  it("answer, inspection, ruling: each step begins when the one before is done", () => {
    const acts: Act[] = [answered, inspected, ["not-found", "panel", 200]];
    expect(standings(opened(), 0)).toEqual(["due", "to-come", "to-come"]);
    const state = after(acts);
    expect(standings(state, 200)).toEqual(["done", "done", "done"]);
    const [, inspect] = stepsOf(one(state), START);
    expect(inspect).toMatchObject({ startsAt: START + 10 * HOUR, dueAt: START + 250 * HOUR });
  });

  it("silence passes at its hour, not before, and what comes late changes nothing that it settled", () => {
    const state = opened();
    expect(standings(state, 120)).toEqual(["due", "to-come", "to-come"]);
    expect(standings(state, 121)).toEqual(["silent", "due", "to-come"]);
    const late = after([["answer", "aster", 121]]);
    expect(standings(late, 121)).toEqual(["late", "due", "to-come"]);
    const [, inspect] = stepsOf(one(late), START + 121 * HOUR);
    expect(inspect?.startsAt).toBe(START + 120 * HOUR);
    expect(standings(state, 10_000)).toEqual(["silent", "silent", "silent"]);
    expect(at(state, 10_000)).toEqual(["closed", "lapsed"]);
  });

  it("an answer that comes before its step does not start the next one early", () => {
    const steps = [
      step("ask", "keeper", 24),
      step("clarify", "accused", 48),
      step("rule", "panel", 72),
    ];
    const state = after([["answer", "aster", 1]], steps);
    expect(standings(state, 1)).toEqual(["due", "to-come", "to-come"]);
    expect(standings(state, 30)).toEqual(["silent", "done", "due"]);
    const [, , rule] = stepsOf(one(state), START + 30 * HOUR);
    expect(rule?.startsAt).toBe(START + 24 * HOUR);
  });

  it("more time is given once, before it is out, by whom the agreement names", () => {
    const state = after([["extend", "keeper", 100]]);
    expect(standings(state, 190)).toEqual(["due", "to-come", "to-come"]);
    expect(standings(state, 193)).toEqual(["silent", "due", "to-come"]);
    expect(refused([], ["extend", "aster", 100])).toBe("not-its-own");
    expect(refused([], ["extend", "keeper", 121])).toBe("issued-out-of-order");
    expect(refused([["extend", "keeper", 100]], ["extend", "keeper", 101])).toBe("already-said");
  });

  it("too early, twice, by the wrong one and in a case that is not there are refused", () => {
    expect(refused([], ["inspect", "inspectors", 0])).toBe("issued-out-of-order");
    expect(refused([], ["clarify", "borealis", 0])).toBe("not-its-own");
    expect(refused([answered], ["answer", "aster", 11])).toBe("already-said");
    expect(refused([answered], ["clarify", "aster", 11])).toBe("already-said");
    expect(refused([answered], ["inspect", "aster", 11])).toBe("not-its-own");
    expect(refused([answered], ["inspect", "borealis", 11])).toBe("not-its-own");
    expect(code(play(noCases, inspected, 3))).toBe("not-declared");
  });
});

it("a case runs by the rules and the number of voters that it was opened under, whatever the terms become", () => {
  const vote = step("vote", "party", 96, { light: { rule: "green-light", majority: "0.5" } });
  const steps = [vote, step("rule", "panel", 336)];
  let state = opened(context(START, steps));
  // By the new terms there is nothing to vote on, another panel rules by another standard, and more parties are there.
  const its = context(START + HOUR, usual, { panel: "others", standard: "None." });
  const { terms } = its.agreement;
  const parties = ["aster", "borealis", "cedar", "dune", "ember", "fern", "gale"];
  const more = parties.map((id) => ({ id, name: id, kind: "lab" as const }));
  const amended: Context = { ...its, agreement: { terms: { ...terms, parties: more } } };
  const say = (definition: unknown, issuer: string, index: number, body: object) => {
    const next = speak(definition, state, amended, issuer, index, { case: "one", ...body });
    if (!isRefusal(next)) state = next;
    return code(next);
  };
  const ballot = { step: "vote", ballot: "for" };
  expect(say(caseStep, "inspectors", 2, WORDS.inspect[1])).toBe("not-declared");
  expect(say(caseVote, "borealis", 3, ballot)).toBeUndefined();
  expect(standings(state, 1)).toEqual(["due", "to-come"]);
  expect(say(caseVote, "cedar", 4, ballot)).toBeUndefined();
  expect(standings(state, 1)).toEqual(["done", "due"]);
  const found = { party: "aster", violation: "found", reasons: "Shown." };
  expect(say(caseRule, "others", 5, { ...found, standard: "None." })).toBe("not-its-own");
  expect(say(caseRule, "panel", 6, { ...found, standard: STANDARD })).toBeUndefined();
});

describe("rulings", () => {
  it("come when it is the panel's turn: not before, not after its time, and only as rulings", () => {
    expect(refused([], ["found", "panel", 0])).toBe("issued-out-of-order");
    expect(refused([answered], ["found", "panel", 11])).toBe("issued-out-of-order");
    expect(refused([answered, inspected], ["rule-as-step", "panel", 101])).toBe("malformed-body");
    expect(refused([answered, inspected], ["found", "panel", 100 + 337])).toBe(
      "issued-out-of-order",
    );
    expect(refused([answered, inspected], ["found", "panel", 100 + 336])).toBeUndefined();
    expect(refused([answered, inspected], ["remedied", "panel", 101])).toBe("issued-out-of-order");
  });

  it("are by the panel that the agreement names, about the accused, by its standard, in a case", () => {
    const state = after([answered, inspected]);
    const rule = (body: object, issuer = "panel") =>
      code(
        speak(caseRule, state, context(START + 101 * HOUR), issuer, 9, {
          case: "one",
          party: "aster",
          violation: "found",
          standard: STANDARD,
          ...body,
        }),
      );
    expect(rule({})).toBeUndefined();
    expect(rule({ party: "cedar" })).toBe("malformed-body");
    expect(rule({ standard: "We think so." })).toBe("malformed-body");
    expect(rule({ standard: undefined })).toBe("malformed-body");
    expect(rule({ case: "nothing" })).toBe("not-declared");
    expect(rule({}, "others")).toBe("not-its-own");
    // An answer of another role would be the one ruling that a case has.
    const answer = { violation: undefined, party: undefined, question: "q", answer: true };
    expect(rule(answer, "others")).toBe("not-its-own");
    expect(rule({ ...answer, case: "nothing" }, "others")).toBeUndefined();
    expect(rule({ violation: "not-found", remedy: { text: "x", withinHours: 1 } })).toBe(
      "malformed-body",
    );
  });

  it("leave out members who are accused, who opened the case, or who say so", () => {
    const holders = ["aster", "borealis", "cedar", "dune", "ember"];
    const roles: Terms["roles"] = [
      { id: "panel", name: "Panel", task: "adjudicator", signatures: 2, holders },
    ];
    const terms = { roles, adjudication: termsOf(usual, {}).adjudication };
    const { procedure } = one(opened());
    const signing = (openedBy: string, declared: string[]) => {
      const its = panelSigning(terms, { party: "aster", openedBy, procedure }, declared, "panel");
      return [[...its.recused], its.needed];
    };
    expect(signing("borealis", [])).toEqual([["aster", "borealis"], 2]);
    expect(panelSigning(terms, undefined, [], "panel").needed).toBe(4);
    expect(signing("keeper", [])).toEqual([["aster"], 3]);
    // A ruling that declares others recused needs as many signatures as before, or two could rule for five.
    expect(signing("keeper", ["cedar"])).toEqual([["aster", "cedar"], 3]);
    expect(signing("keeper", ["cedar", "dune", "ember"])[1]).toBe(3);
    // However few are left, never fewer than the role asks.
    expect(signing("borealis", ["cedar", "dune"])[1]).toBe(2);
  });

  it("can be appealed against once, by whom they concern, within the agreed days", () => {
    const ruled: Act[] = [answered, inspected, ["found", "panel", 200]];
    expect(at(after(ruled), 200)).toEqual(["appeal-open", "found"]);
    expect(refused(ruled, ["appeal", "cedar", 201])).toBe("not-its-own");
    expect(refused(ruled, ["appeal", "aster", 200 + 30 * 24 + 1])).toBe("issued-out-of-order");
    expect(refused(ruled, ["not-found", "panel", 201])).toBe("already-said");
    const appealed: Act[] = [...ruled, ["appeal", "aster", 300]];
    expect(at(after(appealed), 301)).toEqual(["appealed", "found", "appeal"]);
    expect(refused(appealed, ["appeal", "borealis", 301])).toBe("already-said");
    const reversed: Act[] = [...appealed, ["not-found", "panel", 400]];
    expect(at(after(reversed), 400)).toEqual(["closed", "not-found"]);
    expect(refused(reversed, ["found", "panel", 401])).toBe("already-said");
    // A panel that is silent on an appeal lets the ruling stand.
    expect(at(after(appealed), 300 + 337)).toEqual(["closed", "found"]);
    expect(refused(appealed, ["not-found", "panel", 300 + 337])).toBe("already-said");
  });

  it("ask for a remedy, which the panel confirms or does not", () => {
    const ruled: Act[] = [answered, inspected, ["found-with-remedy", "panel", 200]];
    expect(at(after(ruled), 201)).toEqual(["remedy", "found", "remedy"]);
    expect(at(after(ruled), 249)).toEqual(["appeal-open", "unremedied"]);
    expect(refused(ruled, ["remedy", "cedar", 210])).toBe("not-its-own");
    const done: Act[] = [...ruled, ["remedy", "aster", 210]];
    expect(at(after(done), 211)).toEqual(["confirmation", "found", "confirmation"]);
    expect(refused(done, ["remedy", "aster", 212])).toBe("already-said");
    // Nor where no remedy was asked, or the panel is silent on it: one word waits for another.
    expect(refused(done, ["remedy", "aster", 210 + 340])).toBe("already-said");
    const unasked: Act[] = [answered, inspected, ["found", "panel", 200], ["remedy", "aster", 210]];
    expect(refused(unasked, ["remedy", "aster", 211])).toBe("already-said");
    const confirmed = after([...done, ["remedied", "panel", 220]]);
    expect(at(confirmed, 220)).toEqual(["closed", "remedied"]);
    expect(at(after(done), 210 + 337)).toEqual(["appeal-open", "unremedied"]);
    // Late, but it is remedied all the same.
    expect(refused(ruled, ["remedied", "panel", 2000])).toBeUndefined();
  });
});

it("what was said in a case is one timeline, in the order of the record", () => {
  const acts: Act[] = [
    ["extend", "keeper", 5],
    answered,
    inspected,
    ["found-with-remedy", "panel", 200],
    ["appeal", "aster", 210],
    ["remedy", "aster", 211],
  ];
  expect(timelineOf(one(after(acts))).map(({ issuer, deed }) => `${issuer} ${deed}`)).toEqual([
    ...["borealis opened", "keeper extended", "aster answered", "inspectors took"],
    ...["panel ruled", "aster appealed", "aster remedied"],
  ]);
});

describe("who doubts", () => {
  const openAs = (state: CaseState, issuer: string, body: object, hours = 0, index = 50) =>
    opening(state, issuer, index, open(body), context(START + hours * HOUR));

  it("names a verdict or a clause, once, and not of itself", () => {
    const clause = { verdict: undefined, findings: [], clause: "article-3" };
    expect(code(openAs(opened(), "borealis", { case: "two" }))).toBe("already-said");
    expect(code(openAs(opened(), "cedar", { case: "two" }))).toBeUndefined();
    expect(code(openAs(opened(), "cedar", { case: "two", ...clause }))).toBeUndefined();
    expect(code(openAs(opened(), "cedar", { case: "two", ...clause, clause: "article-9" }))).toBe(
      "not-declared",
    );
    expect(code(openAs(opened(), "cedar", { case: "two", ...clause, party: "zephyr" }))).toBe(
      "not-declared",
    );
    expect(code(openAs(opened(), "aster", { case: "two", ...clause }))).toBe("not-its-own");
  });

  it("may do so a number of times in a year that come to nothing; the keeper is not limited", () => {
    let state: CaseState = noCases;
    const ask = (name: string, hours: number, issuer = "cedar") =>
      opening(state, issuer, 7, open({ case: name, verdict: name }), context(START + hours * HOUR));
    for (const name of ["a", "b", "c"]) state = ask(name, 0) as CaseState;
    expect(code(ask("d", 1))).toBe("over-quota");
    expect(code(ask("d", 1, "keeper"))).toBeUndefined();
    expect(code(ask("d", 366 * 24))).toBeUndefined();
    expect(reliabilityOf(state.cases.values(), START + 2000 * HOUR).get("cedar")).toEqual({
      opened: 3,
      open: 0,
      found: 0,
      unfounded: 3,
    });
  });

  it("can take it back before a ruling, and it stays on record", () => {
    const state = after([["withdraw", "borealis", 5]]);
    expect(at(state, 6)).toEqual(["closed", "withdrawn"]);
    expect(refused([], ["withdraw", "cedar", 5])).toBe("not-its-own");
    expect(refused([["withdraw", "borealis", 5]], ["clarify", "aster", 6])).toBe(
      "issued-out-of-order",
    );
  });
});

describe("whatever is said and however time passes", () => {
  const procedures: ProcedureSteps[] = [
    usual,
    [step("ask", "keeper", 24), ...usual],
    [
      step("clarify", "accused", 120),
      step("vote", "party", 96, { light: { rule: "green-light", majority: "0.5" } }),
      step("inspect", "inspectors", 240, { onlyIf: "vote" }),
      step("rule", "panel", 336),
    ],
  ];
  const act = fc.tuple(
    fc.constantFrom(...(Object.keys(WORDS) as Word[])),
    fc.constantFrom(...ISSUERS),
    fc.integer({ min: 0, max: 300 }),
  );

  it("no illegal state is reached", () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 24 }),
        fc.constantFrom(...procedures),
        (acts, steps) => {
          let [state, hours] = [opened(context(START, steps)), 0];
          let before = stepsOf(one(state), START);
          let wasClosed = false;
          for (const [i, [word, issuer, wait]] of acts.entries()) {
            hours += wait;
            const next = play(state, [word, issuer, hours], i + 2, steps);
            if (!isRefusal(next)) state = next;
            const its = one(state);
            const now = stepsOf(its, START + hours * HOUR);
            // Nothing follows what is due; everything before it is settled.
            expect(now.map(({ standing }) => standing).join(" ")).toMatch(
              /^(?:(?:done|late|silent|stopped|skipped) ?)*(?:due ?)?(?:to-come ?)*$/,
            );
            for (const [k, one] of now.entries()) {
              // What is settled stays so; only a late word may be added to a silence, and time passes backwards nowhere.
              const was = before[k]?.standing;
              if (was === "silent") expect(["silent", "late"]).toContain(one.standing);
              else if (was !== "due" && was !== "to-come") expect(one.standing).toBe(was);
              if (before[k]?.startsAt !== null) expect(one.startsAt).toBe(before[k]?.startsAt);
              if (k > 0 && one.startsAt !== null)
                expect(one.startsAt).toBeGreaterThanOrEqual(now[k - 1]?.startsAt as number);
            }
            const taken = its.acts.map((done) => done.step);
            expect(new Set(taken).size).toBe(taken.length);
            for (const { step: id, issuer: by } of its.acts) {
              if (id === "clarify") expect(by).toBe("aster");
              if (id === "inspect") expect(by).toBe("inspectors");
              if (id === "rule") expect(by).toBe("panel");
            }
            expect(its.ballots.every(({ issuer: by }) => by !== "aster")).toBe(true);
            // One ruling, one on an appeal, and any number that say it is remedied, which comes after a violation only.
            const rulings = its.rulings.map(({ violation }) => violation);
            const decided = rulings.filter((violation) => violation !== "remedied");
            expect(decided.length).toBeLessThanOrEqual(1 + its.appeals.length);
            expect(rulings[0]).not.toBe("remedied");
            const { phase, outcome, due } = caseProgress(its, START + hours * HOUR);
            if (phase === "closed") expect(due).toEqual([]);
            if (wasClosed) expect(phase).toBe(outcome === "remedied" ? "closed" : phase);
            if (outcome === "withdrawn" || outcome === "lapsed" || outcome === "stopped")
              expect(rulings).toEqual([]);
            wasClosed = phase === "closed";
            before = now;
          }
        },
      ),
      { numRuns: scaled(1000) },
    );
  });
});

/** Longest time of a procedure in which nobody ever speaks, in hours. */
const ballots = (ballot: "for" | "against", count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    step: "vote",
    ballot,
    index: i,
    issuer: `p${i}`,
    at: from + (i + 1) * 60_000,
    text: ballot,
  }));
const taken = (id: string, hours: number) => ({
  step: id,
  index: 3,
  issuer: "aster",
  at: hours * HOUR,
  text: "Done.",
});
const nothingSaid = { openedAt: 0, acts: [], extended: [], ballots: [] };
/** A case that runs by these steps, with so many parties besides the accused. */
const by = (steps: ProcedureSteps, voters = 1) => ({
  ...nothingSaid,
  procedure: { rules: termsOf(steps, {}).adjudication ?? null, voters },
});
const inSilence = (steps: ProcedureSteps) => stepsOf(by(steps), Number.MAX_SAFE_INTEGER);
const silentHours = (steps: ProcedureSteps) => (inSilence(steps).at(-1)?.dueAt as number) / HOUR;

describe("procedures of real agreements run as data", () => {
  it("clarification in the draft agreement of MIRI (2025): 36 hours to acknowledge, 120 to clarify", () => {
    const miri = [step("acknowledge", "accused", 36), step("clarify", "accused", 120)];
    expect(silentHours(miri)).toBe(156);
    const [first, second] = stepsOf({ ...by(miri), acts: [taken("acknowledge", 12)] }, 20 * HOUR);
    expect([first?.standing, second?.standing]).toEqual(["done", "due"]);
    expect(second?.dueAt).toBe(132 * HOUR);
  });

  it("challenge inspection of the Chemical Weapons Convention (Annex, part X): access within 108 hours of arrival", () => {
    const arrival = [
      step("perimeter", "accused", 36),
      step("perimeter-agreed", "accused", 72),
      step("preliminary-findings", "inspectors", 72),
      step("draft-report", "inspectors", 480),
      step("comments-and-final-report", "inspectors", 240),
    ];
    const at = (id: string) =>
      (inSilence(arrival).find((its) => its.id === id)?.dueAt as number) / HOUR;
    expect(at("perimeter-agreed")).toBe(108);
    expect(at("preliminary-findings") - at("perimeter-agreed")).toBe(72);
    expect(silentHours(arrival)).toBe(108 + 72 + 30 * 24);
  });

  it("the red light of the Chemical Weapons Convention (article IX, 17): 12 hours, three quarters of 41 stop it", () => {
    const cwc = [
      step("vote", "party", 12, { light: { rule: "red-light", majority: "0.75" } }),
      step("inspect", "inspectors", 84, { onlyIf: "vote" }),
    ];
    const standing = (against: number, hours: number) =>
      stepsOf({ ...by(cwc, 41), ballots: ballots("against", against) }, hours * HOUR).map(
        (its) => its.standing,
      );
    expect(standing(30, 12)).toEqual(["due", "to-come"]);
    expect(standing(30, 13)).toEqual(["done", "due"]);
    expect(standing(31, 2)).toEqual(["stopped", "skipped"]);
  });

  it("the green light of the Comprehensive Test-Ban Treaty (article IV, 46): 30 of 51 within 96 hours", () => {
    const ctbt = [
      step("vote", "party", 96, { light: { rule: "green-light", majority: "0.588235" } }),
      step("inspect", "inspectors", 6 * 24, { onlyIf: "vote" }),
    ];
    const steps = (yes: number, hours: number) =>
      stepsOf({ ...by(ctbt, 51), ballots: ballots("for", yes) }, hours * HOUR);
    const standing = (yes: number, hours: number) => steps(yes, hours).map((its) => its.standing);
    expect(standing(29, 96)).toEqual(["due", "to-come"]);
    expect(standing(29, 97)).toEqual(["stopped", "skipped"]);
    expect(standing(30, 2)).toEqual(["done", "due"]);
    // The inspection begins with the deciding vote, the thirtieth, not with the end of the time to vote.
    expect(steps(40, 50)[1]?.startsAt).toBe(30 * 60_000);
    const late = { ...by(ctbt, 51), ballots: ballots("for", 30, 97 * HOUR) };
    const [vote] = stepsOf(late, 98 * HOUR);
    expect(vote?.standing).toBe("stopped");
  });

  it("the access clock of the JCPOA: 14, 7 and 3 days are 24", () => {
    const jcpoa = [
      step("talk", "accused", 336),
      step("commission", "panel", 168),
      step("comply", "accused", 72),
    ];
    expect(silentHours(jcpoa)).toBe(24 * 24);
  });
});

describe("deadlines", () => {
  const two = () => {
    const first = one(opened());
    const acts = [{ ...taken("clarify", 1), at: START + HOUR }];
    return [{ ...first, name: "two", acts }, first];
  };

  it("are those that run, the soonest first; what is silent or done is none", () => {
    const due = deadlinesOf(two(), START + 2 * HOUR);
    expect(due.map(({ case: name, step: id }) => [name, id])).toEqual([
      ["one", "clarify"],
      ["two", "inspect"],
    ]);
    expect(deadlinesOf(two(), START + 10_000 * HOUR)).toEqual([]);
  });

  it("as a calendar of RFC 5545: lines of at most 75 bytes, signs escaped, times in UTC", () => {
    const [first] = deadlinesOf(two(), START);
    const odd = { ...(first as NonNullable<typeof first>), title: `Ärger; ${"lang, ".repeat(20)}` };
    const report = {
      report: "periods",
      kind: "periodic" as const,
      title: "Readings.",
      begins: START,
      about: START,
      dueAt: START + 168 * HOUR,
    };
    const calendar = calendarOf([odd], [report], "log.example", START);
    expect(calendar).toContain("DTSTART:20260606T000000Z\r\n");
    expect(calendar).toContain("Ärger\\; lang\\, ");
    for (const line of calendar.split("\r\n"))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    const unfolded = calendar.replace(/\r\n /g, "");
    expect(unfolded).toContain("If silent: it goes on.");
    expect(unfolded).toContain("SUMMARY:Due from everybody bound: Readings.");
    expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  });
});
