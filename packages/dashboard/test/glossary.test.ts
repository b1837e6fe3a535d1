import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchorOf, definitionList } from "../src/glossary/definition-list.ts";

const glossary = readFileSync(new URL("../../../docs/glossary.md", import.meta.url), "utf8");
const terms = [...glossary.matchAll(/^### (.*)$/gm)].map(([, term = ""]) => term);

/** The vocabulary of the design: each word has one meaning, and no synonym is used. */
const VOCABULARY = [
  ...["Agreement", "Party", "Pledge", "Obligation", "Duty", "Limit", "Exemption", "Mode"],
  ...["Entry into force", "Trigger", "Lift", "Safeguard", "Notice", "Suspension", "Consequence"],
  ...["Statement", "Record", "Keeper", "Checkpoint", "Witness", "Mark", "Receipt", "Replay"],
  ...["Site", "Cluster", "Accelerator", "Meter", "Feed", "Reading", "Window", "Period", "Seal"],
  ...["Draw", "Opening", "Run", "Workload", "Lineage", "Account", "Check", "Finding", "Evasion"],
  ...["Adversary", "Detection probability", "False-alarm rate", "Budget", "Significant quantity"],
  ...["Timeliness", "Assurance", "Coverage", "Verdict", "Method", "Challenge", "Inspection"],
  ...["Clarification", "Case", "Ruling", "Remedy", "Indicator", "Tripwire", "Report"],
];

describe("the glossary", () => {
  it("defines every word of the design's vocabulary, once", () => {
    expect(VOCABULARY.filter((word) => !terms.includes(word))).toEqual([]);
    expect(new Set(terms).size).toBe(terms.length);
  });

  it("gives each term an anchor of its own, with what it means", () => {
    const html = definitionList(glossary);
    const anchors = [...html.matchAll(/<dt id="([^"]+)">/g)].map(([, anchor]) => anchor);
    expect(anchors).toEqual(terms.map(anchorOf));
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(html).not.toMatch(/<dd><\/dd>/);
  });

  it("lets no text become an element", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (term, words) => {
        const html = definitionList(`# A\n\n## B\n\n### ${term}\n${words}`);
        const elements = [...html.matchAll(/<\/?([^>\s]*)/g)].map(([, name = ""]) => name);
        const known = ["h1", "h2", "p", "section", "dl", "dt", "dd", "code", "em"];
        expect(elements.filter((name) => !known.includes(name))).toEqual([]);
      }),
    );
  });
});
