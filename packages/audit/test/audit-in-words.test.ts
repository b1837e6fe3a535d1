import { type AuditReport, auditText, notRecomputedWords } from "@standstill/audit";
import { describe, expect, it } from "vitest";

const verified: AuditReport = {
  outcome: "verified",
  place: undefined,
  message: "Every entry was read.",
  identityChecked: true,
  size: 12,
  startedFrom: 0,
  root: undefined,
  checkpoint: undefined,
  filesBeyond: 0,
  statements: 11,
  verdictsRecomputed: 3,
  measurementsRecomputed: 2,
  notRecomputed: [],
  doubtfulMarks: [],
  state: undefined,
};

describe("an audit in words", () => {
  it("says in its first line what came of it, of each outcome something else", () => {
    const outcomes = [
      ...(["verified", "not-recomputed", "altered", "forked-or-truncated"] as const),
      ...(["keeper-fault", "verdict-not-reproduced"] as const),
    ];
    const first = outcomes.map((outcome) => auditText({ ...verified, outcome }).split("\n")[0]);
    expect(first[0]).toBe("The record verifies.");
    expect(new Set(first).size).toBe(outcomes.length);
  });

  it("tells of nothing that there was not", () => {
    expect(auditText(verified).split("\n")).toEqual([
      "The record verifies.",
      "Every entry was read.",
      "",
      "Entries: 12. Admitted statements: 11. Verdicts recomputed: 3. Measurements recomputed: 2.",
    ]);
  });

  it.each([
    ["the place that is wrong", { place: "entry 7" }, "Place: entry 7"],
    ["entries that were audited before", { startedFrom: 5 }, "The first 5 entries"],
    ["tiles beyond the checkpoint", { filesBeyond: 4 }, "4 tiles lie beyond the checkpoint"],
    ["the root", { root: "ab" }, "Root: ab"],
    ["the state", { state: "cd" }, "What holds now: cd"],
    [
      "a doubtful mark",
      { doubtfulMarks: [{ index: 6, message: "late" }] },
      "Doubtful mark, entry 6: late.",
    ],
  ])("tells %s in a line", (_, more, line) => {
    expect(auditText({ ...verified, ...more })).toContain(`\n${line}`);
  });

  it("tells what was not computed again, and the snapshot that the next audit rests on", () => {
    const notRecomputed = [
      { what: "verdict", why: "unknown-method", count: 2, index: 3, message: "another" },
    ] as const;
    const text = auditText({ ...verified, notRecomputed }, "ef01");
    for (const line of notRecomputedWords(notRecomputed)) expect(text).toContain(`\n${line}`);
    expect(text).toContain("SHA-256 ef01");
    expect(auditText(verified)).not.toContain("Snapshot");
  });
});
