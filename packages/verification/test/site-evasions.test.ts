import { randomFrom } from "@standstill/statistics";
import { runChecks, type Subject } from "@standstill/verification";
import { honestSite, siteEvasions, siteTerms } from "@standstill/verification/play";
import { describe, expect, it } from "vitest";
import { terms } from "./subjects.ts";

// A sample, within seconds: from which size each evasion is found, and by which check alone, is told by the slow lane.
const options = { nodes: 8, windows: 720, windowMs: 60_000, terms: siteTerms(terms) };

/** Evasions that no check finds, however large. */
const NEVER_FOUND = ["one-node-told-well", "dropped-records", "unlinked-pieces"];

function findingsOf(subject: Subject): string[] {
  return runChecks(subject).findings.map(({ check, detail }) => `${check}: ${detail}`);
}

describe("a made-up site with ordinary mess", () => {
  it.each([1, 2, 3, 5, 8, 9])("of %i nodes is not accused", (nodes) => {
    const { subject } = honestSite(`honest ${nodes}`, { ...options, nodes });
    expect(findingsOf(subject)).toEqual([]);
  });
});

describe("each evasion, committed in full against an honest site of half a day", () => {
  const site = honestSite("sample", options);

  it.each(siteEvasions.map((evasion) => [evasion.id, evasion] as const))(
    "%s is found, or is one of those that never are",
    (id, evasion) => {
      const cheat = evasion.commit(site, randomFrom(`${id} sample`), 1);
      const isFound = cheat !== undefined && findingsOf(cheat.subject).length > 0;
      expect(isFound).toBe(!NEVER_FOUND.includes(id));
    },
  );
});
