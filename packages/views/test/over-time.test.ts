import { randomFrom } from "@standstill/statistics";
import type { VerdictValue } from "@standstill/verification";
import { overTime } from "@standstill/views";
import { describe, expect, it } from "vitest";

const terms = {
  goals: { detectionProbability: "0.90", falseAlarmRate: "0.05" },
  parties: [{}, {}],
} as unknown as Parameters<typeof overTime>[0];
const of = (count: number, value: VerdictValue): VerdictValue[] => Array(count).fill(value);

/** Verdicts of a party of whom a share of the periods has findings; what is decided about it in the end. */
function decided(seed: string, share: number) {
  const random = randomFrom(seed);
  const verdicts: VerdictValue[] = [];
  for (let i = 0; i < 200; i++) {
    verdicts.push(random.below(10_000) < share * 10_000 ? "anomalous" : "verified");
    const decision = overTime(terms, verdicts)?.decision;
    if (decision !== "go-on") return decision;
  }
  return "go-on";
}

describe("verdicts over time (Wald 1945)", () => {
  it("unverified periods decide nothing, however many", () => {
    expect(overTime(terms, of(50, "unverified"))).toEqual({
      periods: 0,
      alarms: 0,
      decision: "go-on",
    });
    expect(overTime(terms, [])).toBeUndefined();
  });

  it("findings that false alarms do not explain decide against, verified periods for a party", () => {
    expect(overTime(terms, ["anomalous", "anomalous"])?.decision).toBe("broken");
    expect(overTime(terms, of(3, "verified"))?.decision).toBe("kept");
  });

  it("of a thousand parties, fewer are decided wrongly than the agreement allows, either way", () => {
    const wrong = (share: number, decision: string) =>
      Array.from({ length: 1000 }, (_, i) => decided(`${share} ${i}`, share)).filter(
        (one) => one === decision,
      ).length;
    expect(wrong(0.025, "broken")).toBeLessThanOrEqual(50);
    expect(wrong(0.9, "kept")).toBeLessThanOrEqual(100);
    expect(wrong(0.9, "broken")).toBeGreaterThanOrEqual(900);
  });
});
