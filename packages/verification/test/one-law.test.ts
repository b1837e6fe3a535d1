import { type DutyPiece, dutiesIfBound, type Mode } from "@standstill/agreement";
import type { Run } from "@standstill/evidence";
import { randomFrom } from "@standstill/statistics";
import {
  dutiesInForce,
  judge,
  type Subject,
  spansOf,
  verdictBody,
  verdictPublish,
} from "@standstill/verification";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundTo, madeSubject, terms } from "./subjects.ts";

type Agreed = Subject["terms"];
type Limit = Extract<Agreed["obligations"][number], { readonly kind: "training-run-limit" }>;

// Eight nodes train together for an hour: 70e9 parameters and 300e6 tokens, which is 1.26e20 FLOP.
const MINUTE = 60_000;
const random = randomFrom("one law");
const series = Array.from({ length: 8 }, () =>
  Array.from({ length: 900 }, () => 5000 + random.below(300_000) / 1000),
);
const training = {
  ...madeSubject(series, {
    activity: "training",
    nodesTogether: true,
    work: { basis: "tokens", parameters: "70000000000 parameters", tokens: "300000000 tokens" },
  }),
  party: "aster",
  // No evasions are played, which is not what is asked here.
  terms: { ...terms, goals: { ...terms.goals, evasions: [] } },
};
const [run] = training.runs as readonly [Run];
const flop = (digits: number) => `1${"0".repeat(digits)} FLOP`;

function limit(id: string, amount: string, more: Partial<Limit> = {}): Limit {
  return { id, kind: "training-run-limit", title: id, mode: "cap", limit: amount, ...more };
}

/** The example's terms with these limits on a run. */
function agreed(limits: readonly Limit[], more: Partial<Agreed> = {}): Agreed {
  const others = terms.obligations.filter(({ kind }) => kind !== "training-run-limit");
  return {
    ...training.terms,
    obligations: [...limits, ...others],
    exemptions: [],
    ...more,
  };
}

/** The verdict on each duty by its id, and the checks that found it broken. */
function judged(subject: Subject): Record<string, string> {
  const { duties } = judge(subject);
  return Object.fromEntries(
    duties.map(({ id, verdict, findings }) => [
      id,
      [verdict, ...findings.map(({ check, duty }) => `${check} ${duty}`)].join(": "),
    ]),
  );
}

const under = (limits: readonly Limit[], more: Partial<Agreed> = {}, mode: Mode = "cap") =>
  boundTo(training, agreed(limits, more), mode);

/** Pieces one after the other, each from a minute on and under its own terms; `null` where nothing binds. */
function inPieces(
  subject: Subject,
  plan: readonly (readonly [fromMinute: number, agreed: Agreed | null, mode?: Mode])[],
): Subject {
  const { party, period } = subject;
  const duties = plan.flatMap(([from, agreement, mode = "cap"], i): DutyPiece[] => {
    const startMs = period.startMs + from * MINUTE;
    const next = plan[i + 1];
    const endMs = next === undefined ? period.endMs : period.startMs + next[0] * MINUTE;
    if (agreement !== null) return dutiesIfBound(agreement, party, mode, startMs, endMs);
    return [{ startMs, endMs, mode: null, basis: null, terms: null, pause: null, duties: [] }];
  });
  return { ...subject, duties };
}

describe("a verdict judges the duties in force, by their ids", () => {
  const groups = [
    { id: "minors", title: "Minors.", parties: ["borealis"] },
    { id: "majors", title: "Majors.", parties: ["aster"] },
  ];

  it("a limit that binds another group accuses nobody else", () => {
    const small = limit("small", flop(19), { binds: "minors" });
    const subject = under([small], { groups });
    expect(Object.keys(judged(subject))).not.toContain("small");
    expect(judge(subject).correct).toBe("consistent");
    expect(judged({ ...subject, ...boundTo({ ...subject, party: "borealis" }) }).small).toBe(
      "anomalous: run-limit small",
    );
  });

  it("of two limits of one kind only the broken one is anomalous", () => {
    const limits = [
      limit("small", flop(19), { binds: "minors" }),
      limit("large", flop(24), { binds: "majors" }),
    ];
    expect(judged(under(limits, { groups }))).toMatchObject({ large: "unverified" });
    const both = [limit("small", flop(19)), limit("large", flop(24))];
    expect(judged(under(both))).toMatchObject({
      small: "anomalous: run-limit small",
      large: "unverified",
    });
  });

  it("a limit tapered to 1e19 FLOP is a finding at 1.26e20, and before its day is not", () => {
    const falls = (afterDays: number) => [
      limit("falling", flop(24), { taper: [{ afterDays, limit: flop(19) }] }),
    ];
    expect(judged(under(falls(0), {}, "taper")).falling).toBe("anomalous: run-limit falling");
    expect(judged(under(falls(1), {}, "taper")).falling).toBe("unverified");
    expect(judged(under(falls(0), {}, "cap")).falling).toBe("unverified");
  });

  it("in a pause a limit on training is nothing at all", () => {
    const subject = under([limit("article-1", flop(24))], {}, "pause");
    const [finding] = judge(subject).duties[0]?.findings ?? [];
    expect(finding).toMatchObject({ check: "run-limit", duty: "article-1", about: "made/run" });
    expect(finding?.numbers.limit).toBe("0 FLOP");
  });

  it("a kind of obligation that no check serves is never verified", () => {
    const conduct = { id: "conduct", kind: "conduct", title: "Behave.", mode: "cap" } as const;
    const obligations = [{ ...conduct, text: "Behave." }];
    const [duty] = judge(boundTo(training, { ...training.terms, obligations })).duties;
    expect(duty).toMatchObject({ verdict: "unverified", gaps: [{ code: "not-checked" }] });
  });

  it("an id that amended terms give to another kind is another duty", () => {
    const other = { ...training.terms, obligations: [limit("article-3", flop(24))] };
    const subject = inPieces(training, [
      [0, agreed([])],
      [30, other],
    ]);
    const same = judge(subject).duties.filter(({ id }) => id === "article-3");
    expect(same.map(({ kind }) => kind)).toEqual(["accelerators-registered", "training-run-limit"]);
  });
});

describe("who was not bound is not judged, and the verdict says so", () => {
  it("in no part of the period: no verdict, nothing contradicted, nothing shown, and why", () => {
    const body = verdictBody(inPieces(training, [[0, null]]), "00".repeat(32));
    expect(body).toMatchObject({
      verdict: null,
      correct: null,
      complete: null,
      duties: [],
      assurance: [],
      notJudged: expect.stringContaining("aster was bound in no part of this period"),
      pieces: [{ mode: null, basis: null, terms: null }],
    });
    expect(verdictPublish.body.safeParse(body).success).toBe(true);
  });

  it("bound, with no duty for it: no verdict either", () => {
    const groups = [{ id: "others", title: "Others.", parties: ["borealis"] }];
    const alone = {
      ...training.terms,
      groups,
      obligations: [limit("a", flop(1), { binds: "others" })],
    };
    const { verdict, notJudged } = judge(boundTo(training, alone));
    expect([verdict, notJudged]).toEqual([
      null,
      expect.stringContaining("No duty of the agreement was in force for aster"),
    ]);
  });

  it("in a part of it: the verdict names the time that it leaves out", () => {
    const { notJudged, verdict } = judge(
      inPieces(training, [
        [0, agreed([])],
        [20, null],
        [40, agreed([])],
      ]),
    );
    expect(verdict).toBe("unverified");
    expect(notJudged).toContain("1970-01-01T00:20:00.000Z to 1970-01-01T00:40:00.000Z");
  });
});

describe("a party bound for three minutes of a period is judged for these three minutes", () => {
  const strict = agreed([limit("article-1", flop(24))]);
  const bound = (subject: Subject, from = 30) =>
    inPieces(subject, [
      [0, null],
      [from, strict],
      [from + 3, null],
    ]);
  // It works all the time and has declared nothing: energy and idling tell.
  const undeclared = { ...training, runs: [] };
  /** Works in some minutes and idles in the others. */
  const working = (from: number, to: number): Subject => {
    const rows = series.map((row) =>
      row.map((watts, w) => (w / 15 >= from && w / 15 < to ? watts : watts - 2800)),
    );
    return { ...madeSubject(rows), party: "aster", terms: training.terms, runs: [] };
  };

  it("what it did outside of them accuses it of nothing", () => {
    expect(judge(bound(working(0, 30))).correct).toBe("consistent");
    expect(judge(bound(working(33, 60))).correct).toBe("consistent");
    expect(judged(bound(undeclared))["article-2"]).toContain("anomalous");
  });

  it("what it did in them does", () => {
    const { duties } = judge(bound(working(30, 33)));
    const findings = duties.flatMap((duty) => duty.findings);
    expect(findings.map(({ check }) => check)).toContain("idle-is-idle");
    for (const { where } of findings) {
      expect(where?.startMs).toBeGreaterThanOrEqual(30 * MINUTE);
      expect(where?.endMs).toBeLessThanOrEqual(33 * MINUTE);
    }
  });

  it("runs that ended before, or began after, are not held to the limit", () => {
    const none = agreed([limit("article-1", "0 FLOP")]);
    const of = (start: number, end: number): Subject => {
      const period = {
        start: new Date(start * MINUTE).toISOString(),
        end: new Date(end * MINUTE).toISOString(),
      };
      return inPieces({ ...training, runs: [{ ...run, period }] }, [
        [0, null],
        [30, none],
        [33, null],
      ]);
    };
    expect(judged(of(0, 30))["article-1"]).toBe("unverified");
    expect(judged(of(33, 60))["article-1"]).toBe("unverified");
    expect(judged(of(29, 31))["article-1"]).toBe("anomalous: run-limit article-1");
  });

  it("less than a window of readings shows nothing, and the gap says so", () => {
    const short = { ...training, duties: bound(training).duties.map((one) => ({ ...one })) };
    const duties = dutiesIfBound(strict, "aster", "cap", 1000, 3500);
    const { duties: told, verdict } = judge({ ...short, duties });
    expect(verdict).toBe("unverified");
    for (const { gaps } of told) expect(gaps.map(({ code }) => code)).toContain("time-too-short");
  });
});

describe("terms that change in the middle of a period are judged on both sides", () => {
  const sides = (before: string, after: string) =>
    inPieces(training, [
      [0, agreed([limit("before", before)])],
      [30, agreed([limit("after", after)])],
    ]);

  it("each by its own duties", () => {
    expect(judged(sides(flop(19), flop(24)))).toMatchObject({
      before: "anomalous: run-limit before",
      after: "unverified",
    });
    expect(judged(sides(flop(24), flop(19)))).toMatchObject({
      before: "unverified",
      after: "anomalous: run-limit after",
    });
  });

  it("what counts in a piece is what was done until its end: half of the run is under a limit of 1e20, all of it is not", () => {
    expect(judged(sides(flop(20), flop(24))).before).toBe("unverified");
    expect(judged(sides(flop(24), flop(20))).after).toBe("anomalous: run-limit after");
  });

  it("a limit that falls after a run has ended does not fall on it", () => {
    const period = { ...run.period, end: new Date(30 * MINUTE).toISOString() };
    const ended = { ...training, runs: [{ ...run, period }] };
    const falling = inPieces(ended, [
      [0, agreed([limit("article-1", flop(24))])],
      [30, agreed([limit("article-1", "0 FLOP")])],
    ]);
    expect(judged(falling)["article-1"]).toBe("unverified");
    expect(judge(falling).duties[0]?.limits).toEqual([flop(24), "0 FLOP"]);
  });
});

describe("an exemption frees, and only whom and how long it says", () => {
  const broken = [limit("article-1", flop(19))];
  const exempting = (more: object, subject: Subject = training) => {
    const exemption = { id: "relief", title: "Relief.", from: ["article-1"], ...more };
    const groups = [{ id: "free", title: "Free.", parties: ["aster"] }];
    return boundTo(subject, agreed(broken, { groups, exemptions: [exemption] }));
  };
  const using = (use: string | undefined, work: Partial<Run> = {}) => ({
    ...training,
    runs: [{ ...run, ...work, ...(use === undefined ? {} : { use }) }],
  });

  it("a group, and nobody else", () => {
    const { duties } = judge(exempting({ group: "free" }));
    expect(duties[0]).toMatchObject({ id: "article-1", verdict: null, freedBy: ["relief"] });
    const other = exempting({ group: "free" }, { ...training, party: "borealis" });
    expect(judged(other)["article-1"]).toBe("anomalous: run-limit article-1");
  });

  it("until its day", () => {
    // The period lies in the first hour of 1970.
    expect(judge(exempting({ group: "free", until: "1970-01-01" })).duties[0]?.verdict).toBeNull();
    const over = judge(exempting({ group: "free", until: "1969-12-31" }));
    expect(over.duties[0]?.verdict).toBe("anomalous");
  });

  it("small actors, by all accelerators that they have on record", () => {
    expect(judge(exempting({ belowH100e: 65 })).duties[0]?.verdict).toBeNull();
    expect(judge(exempting({ belowH100e: 64 })).duties[0]?.verdict).toBe("anomalous");
    const more = { ...training.site, site: "aster/other" };
    const larger = { ...training, beside: { ...training.beside, sites: [training.site, more] } };
    expect(judge(exempting({ belowH100e: 65 }, larger)).duties[0]?.verdict).toBe("anomalous");
  });

  it("work of its uses, as far as the allowance goes", () => {
    const relief = { uses: ["safety"], limit: "130000000000000000000 FLOP", perDays: 90 };
    expect(judged(exempting(relief, using("safety")))["article-1"]).toBe("unverified");
    expect(judged(exempting(relief, using("fun")))["article-1"]).toContain("anomalous");
    expect(judged(exempting(relief, using(undefined)))["article-1"]).toContain("anomalous");
    const small = { ...relief, limit: "120000000000000000000 FLOP" };
    expect(judged(exempting(small, using("safety")))["article-1"]).toContain("anomalous");
    // Two runs of one use share an allowance.
    const two = {
      ...using("safety"),
      runs: ["one", "two"].map((name) => ({ ...run, run: name, use: "safety" })),
    };
    expect(judged(exempting(relief, two))["article-1"]).toContain("anomalous");
  });
});

it("every finding and gap of a verdict is of a duty that was in force, whatever the pieces are", () => {
  const modes = fc.constantFrom<Mode | null>("cap", "taper", "pause", null);
  const plan = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 59 }), modes), {
    minLength: 1,
    maxLength: 5,
    selector: ([minute]) => minute,
  });
  const strict = agreed([
    limit("article-1", flop(19)),
    limit("tapered", flop(19), { mode: "taper" }),
  ]);
  fc.assert(
    fc.property(plan, (drawn) => {
      const ordered = drawn
        .sort(([a], [b]) => a - b)
        .map(([, mode], i) => [i === 0 ? 0 : (drawn[i]?.[0] ?? 0), mode] as const);
      const subject = inPieces(
        { ...training, runs: [] },
        ordered.map(([minute, mode]) => [minute, mode === null ? null : strict, mode ?? "cap"]),
      );
      const owed = new Map(dutiesInForce(subject).map((duty) => [duty.id, spansOf(duty)]));
      const { duties, verdict } = judge(subject);
      expect(verdict === null).toBe(subject.duties.every((piece) => piece.duties.length === 0));
      for (const { id, findings, gaps } of duties) {
        const spans = owed.get(id) ?? [];
        for (const { duty } of [...findings, ...gaps]) expect(duty).toBe(id);
        for (const { where } of findings) {
          if (where === undefined) continue;
          expect(
            spans.some(({ startMs, endMs }) => where.startMs < endMs && startMs < where.endMs),
          ).toBe(true);
        }
      }
    }),
    { numRuns: 30 },
  );
}, 60_000);
