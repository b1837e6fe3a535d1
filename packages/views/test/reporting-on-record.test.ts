import { emptyWindows, encodeEvidence, sealEvidence } from "@standstill/evidence";
import { computeVerdict } from "@standstill/verification";
import { noticesOf, roundOf } from "@standstill/views";
import { describe, expect, it } from "vitest";
import { DAY, START, Story } from "../../replay/test/story.ts";
import { terms } from "../../replay/test/world.ts";

// Readings of each thirty days are due seven days after them.
const site = (name: string) => ({
  site: name,
  title: "A hall.",
  nodes: [{ device: "node-01", accelerator: "h100-sxm5", accelerators: 8 }],
});
const iso = (at: number) => new Date(at).toISOString();

/** Bound from the start, with one site of Aster, declared surely by the mark of the first day. */
const bound = (while_?: (party: string) => unknown) =>
  new Story().pledges(while_).say("aster", "site/declare", site("aster/one")).day(1);

/** Reports a site over some days, as its monitor would: sealed, whatever the readings are. */
function report(story: Story, from: number, to: number, where = "aster/one") {
  return story.say("aster", "period/report", {
    site: where,
    feeds: [{ kind: "node-power", signer: "aster" }],
    evidence: "00".repeat(32),
    period: { start: iso(START + from * DAY), end: iso(START + to * DAY) },
    seal: { root: "ab".repeat(32), energyMillijoules: "0" },
  });
}
const standings = (story: Story) =>
  roundOf(story.state)
    .reporting.filter(({ report: of, party }) => of === "periods" && party === "aster")
    .map(({ site: where, standing, uncovered }) => `${where} ${standing} ${uncovered / DAY}`);
const fact = (story: Story, party = "aster") =>
  story.state.agreement.coalition.facts.verdicts.get(party);

describe("reports that are due", () => {
  it("are kept by readings of the whole period, in one report or in many, and owed by nobody before", () => {
    expect(standings(bound().day(36))).toEqual([]);
    expect(standings(bound().day(37.1))).toEqual(["aster/one missing 29"]);
    const daily = bound();
    for (let day = 1; day < 30; day++) report(daily, day, day + 1);
    expect(standings(daily.day(38))).toEqual(["aster/one kept 0"]);
    const once = report(bound(), 0, 31).day(38);
    expect(standings(once)).toEqual(["aster/one kept 0"]);
  });

  it("a gap is missing by its length, and what fills it too late is late", () => {
    const story = report(report(bound(), 1, 20), 22, 30).day(38);
    expect(standings(story)).toEqual(["aster/one missing 2"]);
    report(story, 20, 22);
    expect(standings(story)).toEqual(["aster/one late 0"]);
    // It counts from the mark before it: handed in within the hour, and marked by the keeper days later, it is in time.
    const slow = report(bound(), 1, 20).day(36);
    report(slow, 20, 30);
    expect(standings(slow.day(45))).toEqual(["aster/one kept 0"]);
  });

  it("each site owes its own, from when it was declared; who is not bound owes none", () => {
    const story = report(bound(), 1, 30).day(20);
    story.say("aster", "site/declare", site("aster/two")).day(21);
    expect(standings(story.day(38))).toEqual(["aster/one kept 0", "aster/two missing 9"]);
    const unbound = new Story().say("aster", "site/declare", site("aster/one")).day(38);
    expect(standings(unbound)).toEqual([]);
    const late = new Story().pledges().day(10);
    late.say("aster", "site/declare", site("aster/one")).day(40);
    expect(standings(late)).toEqual([]);
  });

  it("the first one is kept by declaring sites, and missing where nobody has", () => {
    const first = (story: Story) =>
      roundOf(story.state).reporting.find(
        ({ report: of, party }) => of === "first-inventory" && party === "aster",
      )?.standing;
    expect(first(bound().day(31))).toBe("kept");
    const none = new Story().pledges().day(31);
    expect(first(none)).toBe("missing");
    expect(first(none.say("aster", "site/declare", site("aster/one")))).toBe("late");
  });
});

describe("silence", () => {
  const HOURS = 2;
  /** Judged in its first hours. */
  const judged = (while_?: (party: string) => unknown) => {
    const story = bound(while_).day(2);
    const period = { startMs: START + DAY, endMs: START + DAY + (HOURS * DAY) / 24 };
    const windows = emptyWindows(["node-01"], period, 4000);
    windows.readings.fill(4);
    windows.powerMilliwatts.fill(2_400_000);
    windows.energyMillijoules.fill(9_600_000);
    const evidence = { salt: "00".repeat(32), windows, jobs: undefined, counters: [], logs: [] };
    const { root, energyMillijoules } = sealEvidence(evidence);
    story.say("aster", "period/report", {
      site: "aster/one",
      feeds: [{ kind: "node-power", signer: "aster" }],
      period: { start: iso(period.startMs), end: iso(period.endMs) },
      seal: { root, energyMillijoules: `${energyMillijoules}` },
      evidence: "00".repeat(32),
    });
    const [id] = [...(story.state.evidence.reportsOf.get("aster/one") ?? [])];
    const verdict = computeVerdict(story.state, id as string, encodeEvidence(evidence));
    // As if others had metered it too: what it is about here is what silence does to a good verdict.
    story.say(terms.keeper.id, "verdict/publish", { ...verdict, verdict: "verified" });
    return story;
  };

  it("takes from a verified party what older verdicts said, until it reports again", () => {
    const story = judged();
    expect(fact(story)?.verdict).toBe("verified");
    expect(fact(story.day(37))?.verdict).toBe("verified");
    story.day(38);
    expect(fact(story)).toEqual({ verdict: "unverified", assurance: [] });
    expect(roundOf(story.state).parties.find(({ id }) => id === "aster")?.verdict).toBe(
      "unverified",
    );
    expect(noticesOf(story.state, story.state.size - 1)).toMatchObject([
      { kind: "report", party: "aster", title: "Aster has not reported in time on aster/one" },
    ]);
    report(story, 1 + HOURS / 24, 30);
    expect(fact(story)?.verdict).toBe("verified");
    // The next period is owed in its turn.
    expect(fact(story.day(67))?.verdict).toBe("verified");
    expect(fact(story.day(68))?.verdict).toBe("unverified");
  });

  it("seals that nobody judges are no reports, once the next is due", () => {
    const story = report(judged(), 1 + HOURS / 24, 60);
    expect(fact(story.day(38))?.verdict).toBe("verified");
    expect(fact(story.day(67))?.verdict).toBe("verified");
    expect(standings(story.day(68))).toEqual(["aster/one kept 0", "aster/one kept 0"]);
    expect(fact(story)?.verdict).toBe("unverified");
    const [first] = roundOf(story.state).reporting.filter(({ report: of }) => of === "periods");
    expect(first).toMatchObject({ unjudged: (29 - HOURS / 24) * DAY });
  });

  it("undoes pledges that ask for verified others", () => {
    const story = judged((party) =>
      party === "borealis" ? { kind: "verified", party: "aster" } : { kind: "all", of: [] },
    );
    expect(story.day(37).state.agreement.coalition.bound.has("borealis")).toBe(true);
    expect(story.day(38).state.agreement.coalition.bound.has("borealis")).toBe(false);
  });
});
