import {
  agentMeasures,
  amdahl,
  labourNeeded,
  likeForLike,
  loopClosure,
  nextStepWins,
  overallProgress,
  oversightOf,
  parseAgentRuns,
  parseNextSteps,
  parsePullRequests,
  parseSpeedups,
  parseStageItems,
  STAGES,
  upliftsByKind,
} from "@standstill/indicators";
import { describe, expect, it } from "vitest";
import { shares } from "./made-runs.ts";

const jsonl = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
const CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>";

describe("oversight from pull requests, as gh prints them", () => {
  const at = (hour: number, minute = 0) =>
    `2026-05-04T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z`;
  const pull = (number: number, more: object = {}) => ({
    number,
    additions: 100,
    createdAt: at(8),
    mergedAt: at(20),
    author: { login: "ada" },
    mergedBy: { login: "bob" },
    reviews: [],
    commits: [{ messageBody: CLAUDE }],
    ...more,
  });
  const review = (login: string, state = "APPROVED", submittedAt = at(10)) => ({
    author: { login },
    state,
    submittedAt,
  });
  const of = (...pulls: object[]) => oversightOf(parsePullRequests(jsonl(pulls)));

  it("counts what a human approved who is neither author nor committer, before the merge", () => {
    const cases: [object, number][] = [
      [{ reviews: [review("bob")] }, 1],
      [{ reviews: [review("ada")] }, 0],
      [{ reviews: [review("bob", "COMMENTED")] }, 0],
      [{ reviews: [review("bob", "APPROVED", at(21))] }, 0],
      [{ reviews: [review("coderabbitai[bot]")] }, 0],
      [{ reviews: [review("claude")] }, 0],
      [{ reviews: [{ ...review("helper"), author: { login: "helper", is_bot: true } }] }, 0],
      [
        {
          commits: [{ messageBody: CLAUDE, authors: [{ login: "bob" }] }],
          reviews: [review("bob")],
        },
        0,
      ],
    ];
    for (const [more, expected] of cases)
      expect([more, of(pull(1, more)).humanReviewCoverage.share]).toEqual([more, expected]);
  });

  it("tells what an AI wrote and only AIs saw, of all that was merged", () => {
    const human = pull(3, { commits: [{ messageBody: "by hand" }] });
    const found = of(
      pull(1),
      pull(2, { reviews: [review("bob")] }),
      human,
      pull(4, { mergedAt: null }),
    );
    expect(found).toMatchObject({ merged: 3, aiPullRequests: 2 });
    expect(found.aiOnly).toMatchObject({ count: 100, of: 300 });
    expect(found.humanReviewedPullRequests).toMatchObject({ count: 1, of: 2 });
    expect(of(human).humanReviewCoverage.share).toBeNull();
  });

  it("tells approvals that were too fast to have read, self-merges, and the wait", () => {
    const fast = pull(1, { reviews: [review("bob", "APPROVED", at(8, 3))] });
    const slow = pull(2, {
      reviews: [review("bob", "APPROVED", at(8, 4))],
      mergedBy: { login: "Ada" },
    });
    const found = of(fast, slow);
    expect(found.rubberStamped).toMatchObject({ count: 1, of: 2 });
    expect(found.selfMerged).toMatchObject({ count: 1, of: 2 });
    expect(found.hoursToFirstHumanReview.median).toBeCloseTo(3.5 / 60, 6);
  });

  it("refuses what is no pull request, with its row", () => {
    expect(() => of(pull(1), { number: 2 })).toThrow(
      expect.objectContaining({ code: "missing-column", place: "row 2" }),
    );
    expect(() => parsePullRequests("")).toThrow(
      expect.objectContaining({ code: "too-few-points" }),
    );
    expect(() => parsePullRequests("[1")).toThrow(
      expect.objectContaining({ code: "malformed-data" }),
    );
  });
});

describe("runs of agents", () => {
  it("how long they work alone, how often humans step in, and what they claim", () => {
    const runs = parseAgentRuns(
      jsonl([
        {
          minutes: 480,
          interventions: 0,
          tier: "open",
          success: true,
          judgedBy: "ai",
          auditedSuccess: true,
        },
        {
          minutes: 480,
          interventions: 3,
          unattendedMinutes: 60,
          tier: "open",
          success: true,
          judgedBy: "ai",
          auditedSuccess: false,
          unverifiedClaim: true,
        },
        {
          minutes: 240,
          interventions: 1,
          unattendedMinutes: 10,
          tier: "set",
          success: false,
          unverifiedClaim: false,
          subversion: true,
        },
      ]),
    );
    const found = agentMeasures(runs, 2);
    expect(found).toMatchObject({
      runs: 3,
      agentWorkdays: 2.5,
      agentWorkdaysPerHumanWorkday: 1.25,
      subversions: 1,
    });
    expect(found.unattendedMinutes).toMatchObject({ median: 60, isEnoughForP999: false });
    expect(found.interventionsPerRun).toBeCloseTo(4 / 3, 12);
    expect(
      found.success.map(({ tier, count, of, judgedByAi }) => [tier, count, of, judgedByAi]),
    ).toEqual([
      ["open", 2, 2, 2],
      ["set", 0, 1, 0],
    ]);
    expect(found.unverifiedClaims).toMatchObject({ count: 1, of: 2 });
    expect(found.evadedBlocks.share).toBeNull();
  });

  it("agreement of judge and human beyond chance: Cohen's example of 1960 in its form for two judges", () => {
    const pairs = [
      ...Array(20).fill([true, true]),
      ...Array(5).fill([true, false]),
      ...Array(10).fill([false, true]),
      ...Array(15).fill([false, false]),
    ];
    const runs = pairs.map(([success, auditedSuccess]) => ({
      minutes: 1,
      success,
      auditedSuccess,
      judgedBy: "ai" as const,
    }));
    expect(agentMeasures(runs).judgeAgreement.kappa).toBeCloseTo(0.4, 12);
  });
});

describe("loop closure", () => {
  it("is the product over seven stages, and none where one is not told", () => {
    const items = STAGES.flatMap((stage, k) =>
      Array.from({ length: 10 }, (_, i) => ({ stage, humanActs: i <= k ? 1 : 0 })),
    );
    const { closure, weakest, stages } = loopClosure(items);
    expect(stages.map(({ share }) => share)).toEqual([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]);
    expect(closure?.value).toBeCloseTo(0.9 * 0.8 * 0.7 * 0.6 * 0.5 * 0.4 * 0.3, 12);
    expect(closure?.low).toBeLessThan(closure?.value as number);
    expect(closure?.high).toBeGreaterThan(closure?.value as number);
    expect(weakest).toBe("deploy");
    const some = loopClosure(items.filter(({ stage }) => stage !== "judge"));
    expect([some.closure, some.missing]).toEqual([null, ["judge"]]);
  });

  it("refuses stages that are none", () => {
    expect(() => parseStageItems('{"stage":"think","humanActs":0}')).toThrow(
      expect.objectContaining({ code: "malformed-data" }),
    );
  });
});

describe("shares", () => {
  it("of lines in pull requests, intervals hold the truth about as often as they say", () => {
    let inside = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const share = shares(seed);
      const pulls = Array.from({ length: 60 }, (_, i) => ({
        number: i,
        createdAt: "2026-05-04T08:00:00Z",
        mergedAt: "2026-05-05T08:00:00Z",
        author: { login: "ada" },
        commits: [{ messageBody: CLAUDE }],
        additions: 10 + Math.floor(share() * 200),
        reviews:
          share() < 0.7
            ? [{ author: { login: "bob" }, state: "APPROVED", submittedAt: "2026-05-04T20:00:00Z" }]
            : [],
      }));
      const { low, high } = oversightOf(parsePullRequests(jsonl(pulls))).humanReviewCoverage;
      if ((low as number) <= 0.7 && 0.7 <= (high as number)) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(52);
  });
});

describe("uplift", () => {
  it("Amdahl: what stays human bounds the speedup", () => {
    expect(amdahl(0.8, 10)).toBeCloseTo(3.5714, 4);
    expect(amdahl(0.375, Number.POSITIVE_INFINITY)).toBeCloseTo(1.6, 12);
    expect(() => amdahl(1.1, 2)).toThrow(RangeError);
  });

  it("elasticity: 4 times by self-report is 1.32 to 1.69 overall; twice overall needs 6.2 to 31 times", () => {
    const { low, high } = overallProgress(4);
    expect(low).toBeCloseTo(1.32, 2);
    expect(high).toBeCloseTo(1.69, 2);
    const needed = labourNeeded(2);
    expect(needed.low).toBeCloseTo(6.2, 1);
    expect(needed.high).toBeCloseTo(32, 0);
  });

  it("what was asked and what was measured stay apart", () => {
    const one = (kind: "self-report" | "measured", value: number) => ({
      kind,
      value,
      source: "a study",
    });
    const found = upliftsByKind([
      one("self-report", 2),
      one("measured", 0.81),
      one("self-report", 8),
    ]);
    expect(found.map(({ kind, value }) => [kind, Number(value.toFixed(6))])).toEqual([
      ["self-report", 4],
      ["measured", 0.81],
    ]);
    expect(() => upliftsByKind([{ ...one("measured", 2), low: 3 }])).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

describe("comparisons", () => {
  const attempt = (model: string, seconds: number, more: object = {}) => ({
    startSha256: "ab".repeat(32),
    checksSha256: "cd".repeat(32),
    startSeconds: 100,
    model,
    seconds,
    checksPassed: true,
    ...more,
  });

  it("speedups only like for like; failed checks are none", () => {
    const tries = parseSpeedups(
      jsonl([
        attempt("a", 25),
        attempt("a", 100),
        attempt("b", 2, { checksPassed: false }),
        attempt("b", 10, { startSha256: "ef".repeat(32) }),
      ]),
    );
    const found = likeForLike(tries);
    expect(found).toHaveLength(2);
    expect(
      found[0]?.models.map(({ model, speedup, failed }) => [
        model,
        Number(speedup.toFixed(9)),
        failed,
      ]),
    ).toEqual([
      ["a", 2, 0],
      ["b", 1, 1],
    ]);
    const elsewhere = [...tries, ...parseSpeedups(jsonl([attempt("c", 5, { startSeconds: 200 })]))];
    expect(() => likeForLike(elsewhere)).toThrow(
      expect.objectContaining({ code: "malformed-data" }),
    );
  });

  it("next steps always with their control", () => {
    const steps = parseNextSteps(
      jsonl([
        ...Array(83).fill({ set: "hard", modelBetter: true }),
        ...Array(46).fill({ set: "hard", modelBetter: false }),
        { set: "control", modelBetter: false },
      ]),
    );
    expect(nextStepWins(steps).hard.share).toBeCloseTo(0.643, 3);
    expect(() => nextStepWins(steps.filter(({ set }) => set === "hard"))).toThrow(
      expect.objectContaining({ code: "too-few-points" }),
    );
  });
});
