import { randomFrom } from "@standstill/statistics";
import { runChecks } from "@standstill/verification";
import {
  honestSite,
  type PlayedSite,
  siteEvasions,
  siteTerms,
} from "@standstill/verification/play";
import { describe, expect, it } from "vitest";
import { terms } from "./subjects.ts";

/** The second writes over what the first did, and is not found itself. */
const UNDONE = ["sparse-exchange, one-node-told-well", "model-told-too-large, one-node-told-well"];

describe("evasions in pairs", () => {
  const site = honestSite("pairs", {
    nodes: 8,
    windows: 1440,
    windowMs: 60_000,
    terms: siteTerms(terms),
  });
  const commit = (id: string, on: PlayedSite | undefined) =>
    on === undefined
      ? undefined
      : siteEvasions.find((one) => one.id === id)?.commit(on, randomFrom(id), 0.5);
  const told = ({ subject }: PlayedSite) => runChecks(subject);
  const usual = new Set(told(site).gaps.map(({ code }) => code));
  const found = (one: PlayedSite | undefined) => one !== undefined && told(one).findings.length > 0;
  /** Neither a finding nor a gap that an honest site would not have. */
  const passes = (one: PlayedSite) => {
    const { findings, gaps } = told(one);
    return findings.length === 0 && gaps.every(({ code }) => usual.has(code));
  };

  it("none hides another: what is found alone is found with any other, or leaves a gap", () => {
    const alone = siteEvasions.map(({ id }) => id).filter((id) => found(commit(id, site)));
    const hidden: string[] = [];
    for (const first of alone) {
      for (const { id: second } of siteEvasions) {
        const both = commit(second, commit(first, site));
        if (first !== second && both !== undefined && passes(both))
          hidden.push(`${first}, ${second}`);
      }
    }
    expect(hidden).toEqual(UNDONE);
    expect(alone.length).toBeGreaterThan(20);
  }, 900_000);
});
