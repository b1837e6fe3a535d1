import {
  type Case,
  type CaseState,
  calendarOf,
  deadlinesOf,
  noCases,
  type ProcedureSteps,
  reduceAnswer,
  reduceOpen,
  reduceStep,
  ruledIn,
  stepsOf,
} from "@standstill/adjudication";
import { isRefusal, type Refusal } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const HOUR = 3_600_000;
const START = Date.parse("2026-06-01T00:00:00Z");
const steps: ProcedureSteps = [
  { id: "clarify", title: "Clarified.", by: "accused", withinHours: 120, ifSilent: "it goes on" },
  {
    id: "inspect",
    title: "Inspected.",
    by: "inspectors",
    withinHours: 240,
    ifSilent: "it goes on",
  },
  { id: "rule", title: "Ruled.", by: "panel", withinHours: 336, ifSilent: "no violation" },
];
const ROLES: Record<string, string> = {
  aster: "party",
  borealis: "party",
  keeper: "keeper",
  inspectors: "inspector",
  panel: "adjudicator",
};
const roleOf = (issuer: string) => ROLES[issuer];
const said = (issuer: string, index: number, body: object) =>
  ({ id: `s${index}`, index, statement: { issuer }, body }) as never;

const opened = (): CaseState => {
  const body = { case: "one", party: "aster", verdict: "v", findings: ["c"], question: "Why?" };
  const judged = () => ({ party: "aster", findings: ["c"] });
  return reduceOpen(noCases, said("keeper", 1, body), judged, START) as CaseState;
};
type Act = readonly [what: "answer" | "inspect" | "clarify" | "rule", issuer: string];
const play = (state: CaseState, [what, issuer]: Act, index: number, at: number) => {
  if (what === "answer")
    return reduceAnswer(state, said(issuer, index, { case: "one", answer: "Because." }), steps, at);
  if (what === "rule") return ruledIn(state, said(issuer, index, { case: "one" }), steps, at);
  const body = { case: "one", step: what, text: "Done.", evidence: null };
  return reduceStep(state, said(issuer, index, body), steps, at, roleOf);
};
const standings = (state: CaseState, at: number, its = steps) =>
  stepsOf(state.cases.get("one") as Case, its, at).map(({ standing }) => standing);
const code = (result: CaseState | Refusal) => (isRefusal(result) ? result.refused : undefined);

describe("a case goes on by what is said and by time alone", () => {
  it("answer, inspection, ruling: each step begins when the one before is done", () => {
    let state = opened();
    const acts: [Act, number][] = [
      [["answer", "aster"], 10],
      [["inspect", "inspectors"], 100],
      [["rule", "panel"], 200],
    ];
    expect(standings(state, START)).toEqual(["due", "to-come", "to-come"]);
    for (const [i, [act, hours]] of acts.entries())
      state = play(state, act, i + 2, START + hours * HOUR) as CaseState;
    expect(standings(state, START + 200 * HOUR)).toEqual(["done", "done", "done"]);
    const [, inspect] = stepsOf(state.cases.get("one") as Case, steps, START);
    expect(inspect).toMatchObject({ startsAt: START + 10 * HOUR, dueAt: START + 250 * HOUR });
  });

  it("silence passes at its hour, not before, and what comes late changes nothing that it settled", () => {
    const state = opened();
    expect(standings(state, START + 120 * HOUR)).toEqual(["due", "to-come", "to-come"]);
    const later = START + 120 * HOUR + 1;
    expect(standings(state, later)).toEqual(["silent", "due", "to-come"]);
    const answered = play(state, ["answer", "aster"], 9, later) as CaseState;
    expect(standings(answered, later)).toEqual(["late", "due", "to-come"]);
    const [, inspect] = stepsOf(answered.cases.get("one") as Case, steps, later);
    expect(inspect?.startsAt).toBe(START + 120 * HOUR);
    expect(standings(state, START + 10_000 * HOUR)).toEqual(["silent", "silent", "silent"]);
  });

  it("too early, twice, by the wrong one and in a case that is not there are refused", () => {
    const state = opened();
    expect(code(play(state, ["inspect", "inspectors"], 2, START))).toBe("issued-out-of-order");
    expect(code(play(state, ["rule", "panel"], 2, START))).toBe("issued-out-of-order");
    expect(code(play(state, ["clarify", "borealis"], 2, START))).toBe("not-its-own");
    const answered = play(state, ["answer", "aster"], 2, START) as CaseState;
    expect(code(play(answered, ["answer", "aster"], 3, START))).toBe("already-said");
    expect(code(play(answered, ["clarify", "aster"], 3, START))).toBe("already-said");
    expect(code(play(answered, ["inspect", "aster"], 3, START))).toBe("not-its-own");
    expect(code(play(answered, ["inspect", "borealis"], 3, START))).toBe("not-its-own");
    expect(code(play(noCases, ["inspect", "inspectors"], 3, START))).toBe("not-declared");
  });

  it("whatever is said and however time passes, no illegal state is reached", () => {
    const act = fc.record({
      act: fc.tuple(
        fc.constantFrom<Act[0]>("answer", "inspect", "clarify", "rule"),
        fc.constantFrom(...Object.keys(ROLES)),
      ),
      waitHours: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), (acts) => {
        let [state, at] = [opened(), START];
        let before = stepsOf(state.cases.get("one") as Case, steps, at);
        for (const [i, { act: one, waitHours }] of acts.entries()) {
          at += waitHours * HOUR;
          const next = play(state, one, i + 2, at);
          if (!isRefusal(next)) state = next;
          const now = stepsOf(state.cases.get("one") as Case, steps, at);
          // Nothing follows what is due; everything before it is settled.
          expect(now.map(({ standing }) => standing).join(" ")).toMatch(
            /^(?:(?:done|late|silent) ?)*(?:due ?)?(?:to-come ?)*$/,
          );
          for (const [k, step] of now.entries()) {
            const allowed = steps[k]?.withinHours as number;
            if (step.dueAt !== null)
              expect(step.dueAt - (step.startsAt as number)).toBe(allowed * HOUR);
            // What is settled stays so; only a late word may be added to a silence.
            const was = before[k]?.standing;
            if (was === "done" || was === "late") expect(step.standing).toBe(was);
            if (was === "silent") expect(["silent", "late"]).toContain(step.standing);
            if (before[k]?.startsAt !== null) expect(step.startsAt).toBe(before[k]?.startsAt);
          }
          const taken = state.cases.get("one")?.acts ?? [];
          expect(new Set(taken.map(({ step }) => step)).size).toBe(taken.length);
          for (const { step, issuer } of taken) {
            if (step === "clarify") expect(issuer).toBe("aster");
            if (step === "inspect") expect(issuer).toBe("inspectors");
            if (step === "rule") expect(issuer).not.toBe("aster");
          }
          before = now;
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Longest time of a procedure in which nobody ever speaks, in hours. */
const silentHours = (its: ProcedureSteps) => {
  const all = stepsOf({ openedAt: 0, acts: [] }, its, Number.MAX_SAFE_INTEGER);
  return (all.at(-1)?.dueAt as number) / HOUR;
};
const step = (id: string, by: ProcedureSteps[number]["by"], withinHours: number) => ({
  ...{ id, title: `${id}.`, by, withinHours, ifSilent: "it goes on" },
});

describe("procedures of real agreements run as data", () => {
  it("clarification in the draft agreement of MIRI (2025): 36 hours to acknowledge, 120 to clarify", () => {
    const miri = [step("acknowledge", "accused", 36), step("clarify", "accused", 120)];
    expect(silentHours(miri)).toBe(156);
    const [first, second] = stepsOf(
      { openedAt: 0, acts: [{ step: "acknowledge", index: 2, issuer: "a", at: 12 * HOUR }] },
      miri,
      20 * HOUR,
    );
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
      (stepsOf({ openedAt: 0, acts: [] }, arrival, Number.MAX_SAFE_INTEGER).find(
        (one) => one.id === id,
      )?.dueAt as number) / HOUR;
    expect(at("perimeter-agreed")).toBe(108);
    expect(at("preliminary-findings") - at("perimeter-agreed")).toBe(72);
    expect(silentHours(arrival)).toBe(108 + 72 + 30 * 24);
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
    const one = opened().cases.get("one") as Case;
    const acts = [{ step: "clarify", index: 3, issuer: "aster", at: START + HOUR }];
    return [{ ...one, name: "two", acts }, one];
  };

  it("are those that run, the soonest first; what is silent or done is none", () => {
    const due = deadlinesOf(two(), steps, START + 2 * HOUR);
    expect(due.map(({ case: name, step: id }) => [name, id])).toEqual([
      ["one", "clarify"],
      ["two", "inspect"],
    ]);
    expect(deadlinesOf(two(), steps, START + 10_000 * HOUR)).toEqual([]);
    expect(deadlinesOf(two(), undefined, START)).toEqual([]);
  });

  it("as a calendar of RFC 5545: lines of at most 75 bytes, signs escaped, times in UTC", () => {
    const [first] = deadlinesOf(two(), steps, START);
    const odd = { ...(first as NonNullable<typeof first>), title: `Ärger; ${"lang, ".repeat(20)}` };
    const calendar = calendarOf([odd], "log.example", START);
    expect(calendar).toContain("DTSTART:20260606T000000Z\r\n");
    expect(calendar).toContain("Ärger\\; lang\\, ");
    for (const line of calendar.split("\r\n"))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    const unfolded = calendar.replace(/\r\n /g, "");
    expect(unfolded).toContain("If silent: it goes on.");
    expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });
});
