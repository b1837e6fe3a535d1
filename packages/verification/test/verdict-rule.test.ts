import { canonicalJson, MAX_STATEMENT_BYTES } from "@standstill/record";
import { assess, judge, runChecks, verdictBody, verdictPublish } from "@standstill/verification";
import { describe, expect, it } from "vitest";
import { exampleSubject, madeSubject } from "./subjects.ts";

const findingsOf = (judgement: ReturnType<typeof judge>) =>
  judgement.duties.flatMap(({ findings }) => findings.map(({ check }) => check));
const gapsOf = (judgement: ReturnType<typeof judge>) =>
  judgement.duties.flatMap(({ gaps }) => gaps.map(({ code }) => code));

describe("honest sites of the example are not accused, and not called verified", () => {
  it.each(["aster", "borealis", "cedar"])("%s is unverified, with the gap named", async (party) => {
    const judgement = judge(await exampleSubject(party));
    expect(judgement.verdict).toBe("unverified");
    expect(findingsOf(judgement)).toEqual([]);
    expect(gapsOf(judgement)).toContain("own-feeds-only");
  });
});

describe("the cheats", () => {
  it("the careless one is caught by arithmetic, in words and numbers", async () => {
    const judgement = judge(await exampleSubject("dune"));
    expect(judgement.verdict).toBe("anomalous");
    const finding = judgement.duties
      .flatMap(({ findings }) => findings)
      .find(({ check }) => check === "energy-explained");
    expect(finding?.sentence).toMatch(
      /more energy than its declared work and idling can take: [\d.]+ MJ/,
    );
    const joules = (name: string) =>
      BigInt((finding?.numbers[name] ?? "none").split(" ")[0] as string);
    expect(joules("metered") - joules("explained")).toBe(joules("unexplained"));
  });

  it("the careful one balances, and is caught because its nodes move together", async () => {
    const judgement = judge(await exampleSubject("ember"));
    expect(judgement.verdict).toBe("anomalous");
    expect(findingsOf(judgement)).toEqual(["nodes-separate"]);
  });

  it("with its nodes declared as one training run, the same readings accuse nobody", async () => {
    const subject = await exampleSubject("ember");
    const runs = subject.runs.map((run) => ({ ...run, nodesTogether: true }));
    expect(findingsOf(judge({ ...subject, runs }))).toEqual([]);
  });
});

const ember = await exampleSubject("ember");

describe("the careful cheat cannot talk its way out by declaring otherwise", () => {
  const [run] = ember.runs as [(typeof ember.runs)[number]];
  const tokens = (n: number) =>
    ({ ...run.work, tokens: `${Math.round(66_500_000 / n)} tokens` }) as typeof run.work;
  const minutes = Array.from({ length: 8 }, (_, i) => Date.parse(run.period.start) + i * 62_000);

  it("one run for each node: nodes of different runs may not move together either", () => {
    const runs = run.nodes.map((node) => ({
      ...run,
      run: `ember/${node}`,
      nodes: [node],
      work: tokens(8),
    }));
    expect(findingsOf(judge({ ...ember, runs }))).toEqual(["nodes-separate"]);
  });

  it("a new run every minute: neighbouring stretches on the same nodes are joined", () => {
    const runs = minutes.map((start, i) => ({
      ...run,
      run: `ember/minute-${i}`,
      work: tokens(8),
      period: { start: new Date(start).toISOString(), end: new Date(start + 62_000).toISOString() },
    }));
    expect(findingsOf(judge({ ...ember, runs }))).toContain("nodes-separate");
  });

  it("one run for each node and minute", () => {
    const runs = minutes.flatMap((start, i) =>
      run.nodes.map((node) => ({
        ...run,
        run: `ember/${node}-${i}`,
        nodes: [node],
        work: tokens(64),
        period: {
          start: new Date(start).toISOString(),
          end: new Date(start + 62_000).toISOString(),
        },
      })),
    );
    expect(findingsOf(judge({ ...ember, runs }))).toEqual(["nodes-separate"]);
  });

  it("serving declared as joint work is not accused, and not cleared: the gap is named", () => {
    const judgement = judge({ ...ember, runs: [{ ...run, nodesTogether: true }] });
    expect(findingsOf(judgement)).toEqual([]);
    expect(gapsOf(judgement)).toContain("joint-serving");
  });
});

describe("the verdict rule", () => {
  it("readings that are not those sealed are a finding", async () => {
    const subject = await exampleSubject("borealis");
    const judgement = judge({ ...subject, seal: { ...subject.seal, root: "00".repeat(32) } });
    expect(findingsOf(judgement)).toContain("opening");
  });

  it("readings from a device that was not declared are a finding; an undeclared type of accelerator too", () => {
    const subject = madeSubject([Array(40).fill(5000), Array(40).fill(5100)]);
    const [first] = subject.site.nodes;
    const fewer = {
      ...subject,
      site: { ...subject.site, nodes: [first as NonNullable<typeof first>] },
    };
    expect(findingsOf(judge(fewer))).toContain("devices-listed");
    const unknown = subject.site.nodes.map((node) => ({ ...node, accelerator: "abacus" }));
    expect(findingsOf(judge({ ...subject, site: { ...subject.site, nodes: unknown } }))).toContain(
      "devices-listed",
    );
  });

  it("a run above the limit, and a run above its nodes' peak, are findings", () => {
    const huge = {
      basis: "tokens",
      parameters: "1000000000000 parameters",
      tokens: "1000000000000 tokens",
    } as const;
    const judgement = judge(
      madeSubject([Array(40).fill(5000)], { activity: "training", work: huge }),
    );
    expect(findingsOf(judgement)).toEqual(
      expect.arrayContaining(["run-limit", "physically-possible"]),
    );
  });

  it("two runs that cannot both have run on the same nodes are shown side by side", () => {
    const subject = madeSubject([Array(40).fill(5000)]);
    const [run] = subject.runs as [(typeof subject.runs)[number]];
    // 0.7 of what the node can do at its fp8 peak: each is possible alone.
    const work = {
      basis: "tokens",
      parameters: "70000000000 parameters",
      tokens: "12000000 tokens",
    } as const;
    const half = { ...run, work };
    expect(findingsOf(judge({ ...subject, runs: [half] }))).not.toContain("physically-possible");
    const both = judge({ ...subject, runs: [half, { ...half, run: "made/other" }] });
    const finding = both.duties
      .flatMap(({ findings }) => findings)
      .find(({ check }) => check === "physically-possible");
    expect(finding?.sentence).toMatch(/2 declarations contradict each other/);
    expect(Object.keys(finding?.numbers ?? {})).toEqual(
      expect.arrayContaining(["made/run", "made/other"]),
    );
  });

  it("no reading at all, one window, and a site without a run give a verdict, never NaN", () => {
    for (const subject of [
      {
        ...madeSubject([[5000]]),
        evidence: {
          salt: "00".repeat(32),
          windows: undefined,
          jobs: undefined,
          counters: [],
          logs: [],
        },
      },
      madeSubject([[0]]),
      { ...madeSubject([Array(40).fill(2000)]), runs: [] },
    ]) {
      const judgement = judge(subject);
      expect(["unverified", "anomalous"]).toContain(judgement.verdict);
      expect(
        JSON.stringify(judgement, (_key, value) =>
          typeof value === "bigint" ? `${value}` : value,
        ),
      ).not.toMatch(/NaN|null,null/);
    }
  });

  it("a party cannot make its verdict too large to publish", () => {
    const subject = madeSubject(Array.from({ length: 300 }, (_, i) => [5000 + i, 5000, 5000 + i]));
    const [run] = subject.runs as [(typeof subject.runs)[number]];
    const runs = Array.from({ length: 300 }, (_, i) => ({
      ...run,
      run: `made/run-${i}`,
      nodes: [`node-${i}`],
    }));
    const nodes = subject.site.nodes
      .slice(0, 1)
      .map((node) => ({ ...node, accelerator: "abacus" }));
    for (const hostile of [
      { ...subject, runs },
      { ...subject, site: { ...subject.site, nodes } },
    ]) {
      const body = verdictBody(hostile, "00".repeat(32));
      expect(verdictPublish.body.safeParse(body).success).toBe(true);
      expect(canonicalJson(body).length).toBeLessThan(MAX_STATEMENT_BYTES - 1000);
      expect(body.duties.some(({ omitted }) => omitted > 200)).toBe(true);
    }
  });

  it("nor by names as long as they may be, nor by reports of many providers and landmarks", () => {
    const subject = madeSubject(Array.from({ length: 40 }, (_, i) => [5000 + i, 5000]));
    const [run] = subject.runs as [(typeof subject.runs)[number]];
    const long = (i: number) => `made/${"x".repeat(110)}${i}`;
    const nodes = subject.site.nodes.map((node, i) => ({ ...node, device: long(i) }));
    const runs = Array.from({ length: 60 }, (_, i) => ({
      ...run,
      run: long(i),
      model: "€".repeat(200),
      activity: "training" as const,
      nodes: nodes.map(({ device }) => device),
      work: {
        basis: "tokens" as const,
        parameters: "700000000000 parameters",
        tokens: "1000000000000 tokens",
      },
      parents: Array.from({ length: 100 }, (_unused, k) => ({
        run: long(k + 900),
        as: "weights" as const,
      })),
    }));
    const place = { latitude: "0", longitude: "0" };
    const measurements = Array.from({ length: 300 }, (_, i) => ({
      by: long(i),
      feedClass: "independent" as const,
      period: subject.period,
      measured:
        i % 2 === 0
          ? {
              kind: "accelerator-time" as const,
              accelerator: "h100-sxm5",
              seconds: "99999999999 s",
            }
          : {
              kind: "round-trip" as const,
              landmark: long(i),
              microseconds: 1,
              place: { latitude: "80", longitude: "170" },
            },
    }));
    const hostile = {
      ...subject,
      runs,
      site: { ...subject.site, nodes, place },
      terms: { ...subject.terms, yardsticks: { landmarks: { lying: 1, source: "Known." } } },
      beside: {
        ...subject.beside,
        measurements,
        allRuns: runs.map((one) => ({
          party: "made",
          run: one,
          site: subject.site,
          notBeforeMs: undefined,
        })),
        lateRuns: runs,
      },
    };
    const body = verdictBody(hostile, "00".repeat(32));
    expect(verdictPublish.body.safeParse(body).error).toBeUndefined();
    expect(Buffer.byteLength(canonicalJson(body))).toBeLessThan(MAX_STATEMENT_BYTES - 1000);
    expect(body.verdict).toBe("anomalous");
  });

  it("an independent meter takes the gap of own feeds away, and lets checks survive a forger", async () => {
    const subject = await exampleSubject("dune");
    const metered = {
      ...subject,
      feeds: [{ kind: "node-power" as const, feedClass: "independent" as const }],
    };
    expect(gapsOf(judge(metered))).not.toContain("own-feeds-only");
    const forger = (one: typeof subject) =>
      assess(one).find(({ adversary }) => adversary === "writes-own-readings");
    expect(forger(subject)?.probability).toEqual({ low: 0, high: 0 });
    expect(forger(metered)?.probability?.low).toBeGreaterThan(0);
  });
});

describe("assurance", () => {
  it("is the minimum: one node is enough to hide one significant quantity at a large site", async () => {
    const assurance = assess(await exampleSubject("aster"));
    const worst = assurance.find(({ adversary }) => adversary === "leaves-meters-alone");
    expect(worst?.probability?.low).toBe(0);
    expect(worst?.worst?.nodes).toBe(1);
  });

  it("a site too small for one significant quantity has no probability, not zero", async () => {
    for (const { probability } of assess(await exampleSubject("cedar")))
      expect(probability).toBeUndefined();
  });

  it("injecting does not touch the subject that is judged", async () => {
    const subject = await exampleSubject("ember");
    const before = JSON.stringify(runChecks(subject));
    assess(subject);
    expect(JSON.stringify(runChecks(subject))).toBe(before);
  });
});
