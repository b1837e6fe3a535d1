import { readFileSync } from "node:fs";
import { lint } from "@standstill/agreement";
import { describe, expect, it } from "vitest";

const example = readFileSync(new URL("../../../agreements/example.yaml", import.meta.url), "utf8");
const rulesOf = (text: string) => lint(text).map(({ rule }) => rule);

/** The line, counted from 1, of the first line that holds a text. */
const lineOf = (text: string, part: string) =>
  text.split("\n").findIndex((line) => line.includes(part)) + 1;

describe("the example agreement", () => {
  it("has one real flaw: it does not say what lifts it", () => {
    expect(rulesOf(example)).toEqual(["no-lift"]);
  });
});

describe("planted mistakes are found, at their line", () => {
  it.each([
    ["declared-above-limit", "above: 1e19 FLOP", "above: 3e21 FLOP"],
    ["quantity-above-limit", "significantQuantity: 1e19 FLOP", "significantQuantity: 3e21 FLOP"],
    ["obligation-untested", "evasions: [training-as-inference, undeclared-run]", "evasions: []"],
    ["probability-unreachable", 'detectionProbability: "0.90"', 'detectionProbability: "0.99"'],
    ["probability-idle", 'detectionProbability: "0.90"', 'detectionProbability: "0.0"'],
    ["no-false-alarms", 'falseAlarmRate: "0.05"', 'falseAlarmRate: "0.0"'],
    ["many-false-alarms", 'falseAlarmRate: "0.05"', 'falseAlarmRate: "0.50"'],
    ["correlation-trivial", 'smallestCorrelation: "0.20"', 'smallestCorrelation: "0.05"'],
    ["tripwire-upside-down", "tripBelowDays: 90", "tripBelowDays: 200"],
    ["no-witness", "witnessQuorum: 2", "witnessQuorum: 0"],
    ["lone-witness", "witnessQuorum: 2", "witnessQuorum: 1"],
    ["keeper-witness", "party: cedar }", "party: secretariat }"],
    [
      "unknown-precision",
      "peak: { bf16: 989400000000000 FLOP/s, fp8: 1979000000000000 FLOP/s }",
      "peak: { bf16: 989400000000000 FLOP/s }",
    ],
    ["idle-above-full", "high: 350 W", "high: 800 W"],
    ["no-training-run-limit", "kind: training-run-limit", "kind: accelerators-registered"],
    [
      "no-accelerators-registered",
      "kind: accelerators-registered",
      "kind: training-declared\n    above: 1e19 FLOP",
    ],
  ])("%s", (rule, good, bad) => {
    expect(example).toContain(good);
    let text = example.replace(good, bad);
    if (rule === "no-training-run-limit") text = text.replace("    limit: 2e21 FLOP\n", "");
    const flaw = lint(text).find((one) => one.rule === rule);
    expect(flaw?.sentence).toMatch(/\. [A-Z].*\.$/);
    // Missing obligations are told at the list; an untested one at its head; power ranges at their accelerator.
    const elsewhere: Record<string, string> = {
      "obligation-untested": "id: article-2",
      "idle-above-full": "idle:",
      "no-training-run-limit": "id: article-1",
      "no-accelerators-registered": "id: article-1",
    };
    const line = lineOf(text, elsewhere[rule] ?? (bad.split("\n")[0] as string));
    expect(Math.abs((flaw?.line as number) - line)).toBeLessThanOrEqual(1);
    expect(flaw?.column).toBeGreaterThan(0);
  });

  it("two limits on a run in one mode, and an evasion that nothing forbids", () => {
    const twice = example.replace(
      "  - id: article-2",
      "  - id: article-1b\n    kind: training-run-limit\n    title: Another.\n    mode: cap\n    limit: 1e21 FLOP\n  - id: article-2",
    );
    expect(rulesOf(twice)).toContain("limits-disagree");
    const without = example.replace(/ {2}- id: article-2[\s\S]*?(?= {2}- id: article-3)/, "");
    expect(rulesOf(without)).toEqual(
      expect.arrayContaining(["evasion-uncovered", "no-training-declared"]),
    );
  });
});
