import { partyVerdictOf } from "@standstill/verification";
import { roundOf } from "@standstill/views";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { START, Story } from "../../replay/test/story.ts";
import { terms } from "../../replay/test/world.ts";
import { agreed, iso, judge, site } from "./judged-periods.ts";

const HOUR = 3_600_000;
/** A node that draws so much trains; one that idles draws a quarter of it. */
const TRAINING = 9000;
const IDLING = 2400;
const always = { kind: "all", of: [] };

/** Aster and Borealis bound for a day, with two sites of Aster. */
function bound(): Story {
  const story = new Story(agreed).say("aster", "site/declare", site);
  story.say("aster", "site/declare", { ...site, site: "aster/two" });
  for (const party of ["aster", "borealis"])
    story.say(party, "pledge/make", { mode: "cap", while: always });
  return story.say(terms.keeper.id, "time/mark", { time: iso(START + 24 * HOUR) });
}
/** Judges one hour of a site. */
const hour = (story: Story, at: number, watts: number, where = "aster/one") =>
  judge(story, START + at * HOUR, START + (at + 1) * HOUR, () => watts, where);
const asterOf = (story: Story) => roundOf(story.state).parties.find(({ id }) => id === "aster");

describe("the verdict of a party", () => {
  it("is that of the newest judged period, with the account of that period", () => {
    const story = bound();
    expect(hour(story, 1, TRAINING).verdict).toBe("anomalous");
    const newest = hour(story, 2, IDLING);
    expect(asterOf(story)).toMatchObject({ verdict: "unverified", findings: [] });
    expect(asterOf(story)?.sites.map(({ account }) => account)).toEqual([newest.account]);
  });

  it("names the findings of earlier periods beside it, until somebody clears them", () => {
    const story = bound();
    hour(story, 1, TRAINING);
    hour(story, 2, IDLING);
    const [earlier] = asterOf(story)?.earlier ?? [];
    expect(earlier?.period?.start).toBe(iso(START + HOUR));
    expect(earlier?.findings.length).toBeGreaterThan(0);
    const cleared = partyVerdictOf(story.state, "aster", (id) => id === earlier?.statement);
    expect(cleared.earlier).toEqual([]);
  });

  it("is not made better or worse by a period that is judged late", () => {
    const story = bound();
    hour(story, 5, IDLING);
    hour(story, 2, TRAINING);
    expect(asterOf(story)).toMatchObject({ verdict: "unverified" });
    expect(asterOf(story)?.earlier).toHaveLength(1);
  });

  it("is the worst of its sites", () => {
    const story = bound();
    hour(story, 1, TRAINING, "aster/two");
    hour(story, 2, IDLING, "aster/one");
    expect(asterOf(story)).toMatchObject({ verdict: "anomalous", earlier: [] });
  });

  it("is the same for conditions and for the round, whatever was judged in whichever order", () => {
    const judged = fc.uniqueArray(fc.tuple(fc.nat(3), fc.boolean(), fc.boolean()), {
      selector: ([at, isTwo]) => `${at} ${isTwo}`,
      maxLength: 4,
    });
    fc.assert(
      fc.property(judged, (hours) => {
        const story = bound();
        for (const [at, isTwo, trains] of hours)
          hour(story, at, trains ? TRAINING : IDLING, isTwo ? "aster/two" : "aster/one");
        const read = story.state.agreement.coalition.facts.verdicts.get("aster")?.verdict;
        expect(read ?? "unverified").toBe(asterOf(story)?.verdict);
        const last = [false, true].flatMap((two) => {
          const its = hours.filter(([, isTwo]) => isTwo === two).sort(([a], [b]) => a - b);
          return its.at(-1)?.[2] === true ? ["anomalous"] : [];
        });
        expect(asterOf(story)?.verdict).toBe(last[0] ?? "unverified");
        const trained = hours.filter(([, , trains]) => trains).length;
        expect(asterOf(story)?.earlier).toHaveLength(trained - last.length);
      }),
      { numRuns: 15 },
    );
  });
});
