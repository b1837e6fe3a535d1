import { readFileSync } from "node:fs";
import {
  advance,
  diffTerms,
  emptyCoalition,
  impactOf,
  parseDraft,
  robustnessOf,
  rulesOf,
} from "@standstill/agreement";
import { parseClusters, parseModels } from "@standstill/evidence/formats";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const agreement = (name: string) => parseDraft(read(`agreements/${name}.yaml`));
const example = agreement("example");

describe("impact: whom the lines concern, by Epoch AI's tables", () => {
  const models = parseModels(read("data/epoch/notable_ai_models.csv"));
  const clusters = parseClusters(read("data/epoch/gpu_clusters.csv"));

  it("reads the models whose compute is known, and the clusters that exist", () => {
    expect(models.length).toBe(510);
    expect(clusters.length).toBeGreaterThan(400);
    expect(models.every(({ trainingFlop }) => trainingFlop > 0n)).toBe(true);
  });

  it("counts those above each line, none of them twice", () => {
    const impacts = impactOf(agreement("rules/miri-report"), models, clusters);
    const of = (id: string) => impacts.find(({ obligation }) => obligation === id);
    const above = (flop: bigint) => models.filter((one) => one.trainingFlop > flop).length;
    expect(of("strict-threshold")).toMatchObject({ above: above(10n ** 24n), all: 510 });
    expect(of("monitored-threshold")?.above).toBe(above(10n ** 22n));
    expect(of("covered-clusters")?.above).toBe(clusters.filter((one) => one.h100e > 16).length);
    const strict = of("strict-threshold");
    const named = new Set(models.flatMap(({ organisations }) => organisations));
    expect((strict?.organisations.length ?? 0) + (strict?.organisationsBelow ?? 0)).toBe(
      named.size,
    );
    expect(strict?.firstDay).toMatch(/^20\d\d-/);
  });

  it("a higher line never concerns more", () => {
    const [notification] = impactOf(agreement("rules/eu-ai-act"), models, clusters);
    const [frontier] = impactOf(agreement("rules/sb-53"), models, clusters);
    expect(notification?.above as number).toBeGreaterThan(frontier?.above as number);
  });
});

describe("diff: who becomes stricter or looser", () => {
  it("the two versions of the MIRI draft differ where the facts say they do", () => {
    const differences = diffTerms(agreement("rules/miri-web"), agreement("rules/miri-report"));
    const effects = new Map(differences.map(({ path, effect }) => [path, effect]));
    expect(effects.get("obligations.monitored-threshold.silence")).toBe("stricter");
    expect(effects.get("obligations.monitored-threshold.approvedBy")).toBe("stricter");
    expect(effects.get("obligations.monitored-threshold.noticeDays")).toBe("looser");
    expect(effects.get("obligations.covered-clusters.aboveMemory")).toBe("stricter");
    expect(effects.get("h100e.peak")).toBe("different");
  });

  it("a lower limit is stricter, a higher one looser, for those whom it binds", () => {
    const text = read("agreements/example.yaml");
    const changed = (from: string, to: string) =>
      diffTerms(example, parseDraft(text.replace(from, to)));
    expect(changed("limit: 2e21 FLOP", "limit: 1500000000000000000000 FLOP")).toEqual([
      expect.objectContaining({
        path: "obligations.article-1.limit",
        effect: "stricter",
        concerns: ["aster", "borealis", "cedar", "dune", "ember"],
      }),
    ]);
    expect(changed("above: 1e19 FLOP", "above: 2e19 FLOP")[0]?.effect).toBe("looser");
    expect(changed("noticeDays: 90 }", "noticeDays: 30 }")).toEqual([
      expect.objectContaining({ path: "withdrawal.noticeDays", effect: "different", after: "30" }),
    ]);
    expect(diffTerms(example, example)).toEqual([]);
  });
});

describe("robustness against false alarms alone", () => {
  const ring = (size: number, graceDays: number) => {
    const parties = Array.from({ length: size }, (_, i) => ({ id: `p${i}`, name: `P${i}` }));
    const { roles: _, ...rest } = example;
    const terms = {
      ...rest,
      parties,
      entry: { ...(example.entry as object), when: { kind: "count", atLeast: 1 } },
    };
    const rules = rulesOf(terms as typeof example);
    const coalition = advance(rules, emptyCoalition, {
      at: 0,
      acts: parties.map(({ id }, i) => ({
        act: "pledge",
        party: id,
        pledge: {
          mode: "cap",
          while: { kind: "clear", party: `p${(i + 1) % size}` },
          graceMs: graceDays * 86_400_000,
          noticeMs: 0,
        },
      })),
    });
    return { rules, coalition };
  };

  it("ten parties, twelve periods and five percent give six alarms a year", () => {
    const { rules, coalition } = ring(10, 0);
    const result = robustnessOf(rules, coalition, { periodsPerYear: 12, falseAlarmRate: 0.05 });
    expect(result.expectedAlarmsPerYear).toBeCloseTo(6, 10);
    // Each alarm takes somebody out, so the chance is that of any alarm: 1 - 0.95^120.
    expect(result.chanceOfBreaking).toBeCloseTo(1 - 0.95 ** 120, 10);
    expect(result.chanceOfAnyAlarm).toBeCloseTo(result.chanceOfBreaking, 10);
    expect(result.method).toBe("exact");
    expect(result.fragile.get("p3")).toEqual(["p2"]);
  });

  it("with grace of one period, only two alarms in a row of one party break it", () => {
    const { rules, coalition } = ring(4, 31);
    const result = robustnessOf(rules, coalition, { periodsPerYear: 12, falseAlarmRate: 0.05 });
    // Chance of no two in a row in twelve, by the recursion a(n) = 0.95 a(n-1) + 0.05 * 0.95 a(n-2).
    const none = [1, 1];
    for (let n = 2; n <= 12; n++)
      none.push(0.95 * (none[n - 1] as number) + 0.05 * 0.95 * (none[n - 2] as number));
    expect(result.chanceOfBreaking).toBeCloseTo(1 - (none[12] as number) ** 4, 10);
  });

  it("trials come near what can be computed, and are the same for the same seed", () => {
    const { rules, coalition } = ring(16, 0);
    const options = { periodsPerYear: 4, falseAlarmRate: 0.01, trials: 4000, seed: 7 };
    const first = robustnessOf(rules, coalition, options);
    expect(first.method).toBe("trials");
    expect(first.chanceOfBreaking).toBeCloseTo(1 - 0.99 ** 64, 1);
    expect(robustnessOf(rules, coalition, options)).toEqual(first);
  });

  it("an agreement that latches is not broken by alarms", () => {
    const { rules, coalition } = ring(5, 0);
    const latched = { ...rules, entry: { ...rules.entry, latches: true } };
    const options = { periodsPerYear: 12, falseAlarmRate: 0.05 };
    expect(robustnessOf(latched, coalition, options).chanceOfBreaking).toBeCloseTo(0, 12);
  });
});
