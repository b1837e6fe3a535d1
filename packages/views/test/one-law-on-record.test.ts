import { dutiesOver, type Terms } from "@standstill/agreement";
import { decide, Ledger, parseRequest } from "@standstill/gate";
import { DAY_MS } from "@standstill/record";
import { gateRulesOf, roundOf } from "@standstill/views";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { START, Story } from "../../replay/test/story.ts";
import { terms } from "../../replay/test/world.ts";
import { agreed, iso, judge, site } from "./judged-periods.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** A run of training of so many FLOP. */
const run = (name: string, flop: bigint, startMs: number, endMs: number) => ({
  run: name,
  site: "aster/one",
  activity: "training",
  model: name,
  precision: "bf16",
  work: { basis: "tokens", parameters: "1 parameters", tokens: `${flop / 6n} tokens` },
  nodes: ["node-01"],
  nodesTogether: true,
  period: { start: iso(startMs), end: iso(endMs) },
});

const declared = (first: Terms = agreed) => new Story(first).say("aster", "site/declare", site);
/** A mark of the keeper, so long after the start. */
const mark = (story: Story, ms: number) =>
  story.say(terms.keeper.id, "time/mark", { time: iso(START + ms) });
const always = { kind: "all", of: [] };
const pledge = (story: Story, ...parties: readonly string[]) => {
  for (const party of parties) story.say(party, "pledge/make", { mode: "cap", while: always });
  return story;
};

describe("who was not bound is not judged", () => {
  it("a verdict on it moves no condition, and leaves what was known before", () => {
    const story = declared();
    mark(story, 2 * HOUR);
    const verdict = judge(story, START, START + HOUR, () => 9000);
    expect(verdict).toMatchObject({ verdict: null, duties: [] });
    expect(verdict.notJudged).toContain("aster was bound in no part of this period");
    expect(story.state.agreement.coalition.facts.verdicts.size).toBe(0);
    pledge(story, "aster");
    story.say("borealis", "pledge/make", { mode: "cap", while: { kind: "clear", party: "aster" } });
    expect(story.bound).toEqual(["aster", "borealis"]);
    const [party] = roundOf(story.state).parties;
    expect(party).toMatchObject({ id: "aster", verdict: "unverified", findings: [] });
    expect(party?.verdicts[0]).toMatchObject({ verdict: null });
  });

  it("with an agreed instant it accounts for the time before, and the verdict says on what that rests", () => {
    const from = iso(START - 10 * HOUR);
    const story = pledge(declared({ ...agreed, accounts: { from } }), "aster", "borealis");
    const verdict = judge(story, START - 11 * HOUR, START - 9 * HOUR, () => 9000);
    expect(verdict.pieces.map(({ end, mode, basis }) => [end, mode, basis])).toEqual([
      [from, null, null],
      [iso(START - 9 * HOUR), "cap", "accounts"],
    ]);
    expect(verdict.verdict).toBe("anomalous");
    expect(verdict.notJudged).toContain(`${iso(START - 11 * HOUR)} to ${from}`);
  });
});

describe("a party bound for three minutes of a period", () => {
  /** Bound by a mark in the middle of the hour, and let go three minutes later. */
  const story = () => {
    const made = mark(pledge(mark(declared(), 30 * MINUTE), "aster", "borealis"), 33 * MINUTE);
    made.say("aster", "pledge/suspend", { suspended: true, reason: "A test." });
    return mark(made, 2 * HOUR);
  };
  const worksIn = (from: number, to: number) => (at: number) =>
    at >= START + from * MINUTE && at < START + to * MINUTE ? 9000 : 2400;

  it("is judged for these three minutes", () => {
    const verdict = judge(story(), START, START + HOUR, worksIn(30, 33));
    expect(verdict.pieces.map(({ mode }) => mode)).toEqual([null, "cap", null]);
    expect(verdict.verdict).toBe("anomalous");
    const others = judge(story(), START, START + HOUR, (at) =>
      worksIn(30, 33)(at) > 3000 ? 2400 : 9000,
    );
    expect(others.correct).toBe("consistent");
  });
});

describe("terms that change in the middle of a period", () => {
  it("are judged on both sides, each side by its own duties", () => {
    const limit = { kind: "training-run-limit", title: "A limit.", mode: "cap" } as const;
    const others = agreed.obligations.filter(({ kind }) => kind !== "training-run-limit");
    const small = `6${"0".repeat(15)} FLOP`;
    const amended: Terms = {
      ...agreed,
      version: 2,
      exemptions: [],
      obligations: [{ ...limit, id: "new", limit: small }, ...others],
    };
    const story = pledge(declared(), "aster", "borealis", "cedar", "dune");
    story.say("aster", "run/declare", run("aster/run", 12n * 10n ** 15n, START, START + HOUR));
    mark(story, 30 * MINUTE);
    story.say("aster", "agreement/amend", { terms: amended });
    const [hash] = [...story.state.agreement.amendments.keys()];
    for (const party of ["aster", "borealis", "cedar", "dune"])
      story.say(party, "agreement/consent", { terms: hash });
    mark(story, 2 * HOUR);
    const verdict = judge(story, START, START + HOUR);
    expect(verdict.pieces.map((piece) => piece.terms)).toEqual([
      story.state.agreement.versions[0]?.hash,
      hash,
    ]);
    expect(verdict.terms).toBe(hash);
    const told = new Map(verdict.duties.map((duty) => [duty.id, duty]));
    expect(told.get("article-1")?.verdict).toBe("unverified");
    expect(told.get("new")).toMatchObject({ verdict: "anomalous", limits: [small] });
    expect(told.get("new")?.findings[0]?.where?.start).toBe(iso(START + 30 * MINUTE));
  });
});

describe("gate and verdict are one law", () => {
  const changing: Terms = {
    ...agreed,
    groups: [{ id: "few", title: "Few.", parties: ["aster", "cedar"] }],
    obligations: [
      ...agreed.obligations,
      {
        id: "few-only",
        kind: "training-run-limit",
        title: "A limit for few.",
        mode: "taper",
        binds: "few",
        limit: "1000000000000000000 FLOP",
        taper: [{ afterDays: 3, limit: "100000000000000000 FLOP" }],
      },
    ],
    triggers: [
      {
        id: "falls",
        title: "Falls.",
        mode: "taper",
        lasts: "while-met",
        when: { kind: "ruled", question: "fall" },
      },
      {
        id: "stops",
        title: "Stops.",
        mode: "pause",
        lasts: "while-met",
        when: { kind: "ruled", question: "stop" },
      },
    ],
  };
  const three = ["panel.aster", "panel.cedar", "panel.dune"];
  const happening = fc.oneof(
    fc.constantFrom(...["aster", "borealis", "cedar"]).map((party) => ({ party })),
    fc.constantFrom("aster", "cedar").map((suspends) => ({ suspends })),
    fc
      .record({ question: fc.constantFrom("fall", "stop"), answer: fc.boolean() })
      .map((ruling) => ({ ruling })),
  );

  it("for any history, the limits that the gate asks for now are those that a verdict on now judges", () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 8 }), (happenings) => {
        const story = declared(changing);
        for (const [i, what] of happenings.entries()) {
          if ("party" in what) story.try(what.party, "pledge/make", { mode: "cap", while: always });
          else if ("suspends" in what)
            story.try(what.suspends, "pledge/suspend", { suspended: true, reason: "A test." });
          else {
            const ruling = { case: `case-${i}`, ...what.ruling, reasons: "Seen." };
            story.try("panel", "case/rule", ruling, {}, three);
          }
          mark(story, (i + 1) * DAY_MS);
          const { at } = story.state.agreement.coalition;
          for (const party of ["aster", "borealis", "cedar"]) {
            const rules = gateRulesOf(story.state, party, `${party}/one`);
            const [piece] = dutiesOver(story.state.agreement, party, at, at + 1);
            expect(piece?.duties).toEqual(rules.duties);
            expect(piece?.mode).toBe(rules.mode);
          }
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it("a run that the gate refuses for its limit is a finding by the same duty once it is declared, and one that it lets in is none", () => {
    const sizes = fc.bigInt({ min: 1n, max: 4n * 10n ** 21n });
    const when = fc.constantFrom(
      { question: undefined, limit: "cap" },
      { question: "fall", limit: "taper" },
      { question: "stop", limit: "pause" },
    );
    fc.assert(
      fc.property(sizes, when, (size, { question, limit }) => {
        const story = pledge(declared(changing), "aster", "borealis");
        if (question !== undefined) {
          const ruling = { case: "case", question, answer: true, reasons: "Seen." };
          story.say("panel", "case/rule", ruling, {}, three);
        }
        mark(story, 5 * DAY_MS);
        const flop = size - (size % 6n) + 6n;
        const begins = START + 5 * DAY_MS;
        story.say("aster", "run/declare", run("aster/run", flop, begins, begins + HOUR));
        const rules = gateRulesOf(story.state, "aster", "aster/one");
        expect(rules.mode).toBe(limit);
        const asked = parseRequest({ job: "1", accelerators: 1, seconds: 1, run: "aster/run" });
        // A job that would do exactly what the run is declared to be.
        const { objections } = decide(
          { ...rules, speeds: new Map([["h100-sxm5", flop]]) },
          new Ledger(),
          asked,
          begins,
        );
        const refused = objections.map(({ clause }) => clause).filter((one) => one !== "article-2");
        mark(story, 6 * DAY_MS);
        const { duties } = judge(story, begins, begins + HOUR);
        const found = duties
          .filter(({ findings }) => findings.some(({ check }) => check === "run-limit"))
          .map(({ id }) => id);
        expect(found.sort()).toEqual(refused.sort());
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
