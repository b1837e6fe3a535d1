import { drawRandomness, nonceCommitment, sha256, toHex, utf8 } from "@standstill/record";
import { describe, expect, it } from "vitest";
import { Story } from "./story.ts";

const DRAW = "inspection-1";
const PARTIES = ["aster", "borealis", "cedar"];
const numberOf = (party: string) => toHex(sha256(utf8(`number of ${party}`)));
const commitment = (party: string, nonce = numberOf(party)) => nonceCommitment(DRAW, party, nonce);
const commit = (story: Story, party: string, value = commitment(party)) =>
  story.try(party, "nonce/commit", { draw: DRAW, commitment: value });
const reveal = (story: Story, party: string, nonce = numberOf(party)) =>
  story.try(party, "nonce/reveal", { draw: DRAW, nonce });
const drawn = (story: Story) => drawRandomness(DRAW, story.state.draws.get(DRAW));

describe("a draw to which parties commit numbers", () => {
  it("has its randomness when all have revealed, whatever their order, and another with any other number", () => {
    const outcomes = [PARTIES, [...PARTIES].reverse()].map((order) => {
      const story = new Story();
      for (const party of PARTIES) expect(commit(story, party)).toBeUndefined();
      for (const party of order) expect(reveal(story, party)).toBeUndefined();
      return drawn(story);
    });
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]).toEqual({ randomness: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const other = new Story();
    const changed = "11".repeat(32);
    for (const party of PARTIES) {
      commit(other, party, party === "cedar" ? commitment(party, changed) : undefined);
    }
    for (const party of PARTIES) reveal(other, party, party === "cedar" ? changed : undefined);
    expect(drawn(other)).not.toEqual(outcomes[0]);
  });

  it("names who holds a number back, and tells nothing until then", () => {
    const story = new Story();
    expect(drawn(story)).toEqual({ missing: [] });
    for (const party of PARTIES) commit(story, party);
    reveal(story, "cedar");
    expect(drawn(story)).toEqual({ missing: ["aster", "borealis"] });
  });

  it("takes no commitment once a number is known, no second one, and no copy of another's", () => {
    const story = new Story();
    for (const party of PARTIES) commit(story, party);
    expect(commit(story, "aster")).toBe("already-said");
    expect(commit(story, "ember", commitment("aster"))).toBeUndefined();
    expect(reveal(story, "aster")).toBeUndefined();
    expect(commit(story, "dune")).toBe("not-declared");
    expect(reveal(story, "ember", numberOf("aster"))).toBe("not-its-own");
    expect(reveal(story, "aster")).toBe("already-said");
    expect(reveal(story, "borealis", numberOf("cedar"))).toBe("not-its-own");
    expect(reveal(story, "dune")).toBe("not-declared");
  });
});
