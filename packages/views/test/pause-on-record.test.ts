import type { Terms } from "@standstill/agreement";
import { emptyWindows, encodeEvidence, sealEvidence } from "@standstill/evidence";
import { replay } from "@standstill/replay";
import { computeVerdict, type Verdict } from "@standstill/verification";
import { roundOf } from "@standstill/views";
import { describe, expect, it } from "vitest";
import { DAY, START, Story } from "../../replay/test/story.ts";
import { entriesOf, terms } from "../../replay/test/world.ts";

const HOUR = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();
const hall = (accelerators = 8) => ({
  site: "aster/one",
  title: "A hall.",
  nodes: [{ device: "node-01", accelerator: "h100-sxm5", accelerators }],
});
const paused: Terms = {
  ...terms,
  // No evasions are played, which is not what is asked here.
  goals: { ...(terms.goals as NonNullable<Terms["goals"]>), evasions: [] },
  triggers: [
    {
      id: "stop",
      title: "Stop.",
      mode: "pause",
      lasts: "while-met",
      when: { kind: "ruled", question: "stop" },
    },
  ],
};
const bound = (first: Terms = paused) =>
  new Story(first).pledges().say("aster", "site/declare", hall());
const three = ["panel.aster", "panel.cedar", "panel.dune"];
/** The panel says whether everything stops, which triggers the pause or ends it. */
const rule = (story: Story, answer = true) =>
  story.say(
    "panel",
    "case/rule",
    { case: "q", question: "stop", answer, reasons: "Seen." },
    {},
    three,
  );
const stopped = () => rule(bound());
/** A run of training of 6e19 FLOP a day, from a day after the start to another. */
const run = (from: number, to: number, more: object = {}) => ({
  run: "aster/run",
  site: "aster/one",
  activity: "training",
  model: "m",
  precision: "bf16",
  work: {
    basis: "tokens",
    parameters: "1000000000 parameters",
    tokens: `${Math.round((to - from) * 1e10)} tokens`,
  },
  nodes: ["node-01"],
  nodesTogether: true,
  period: { start: iso(START + from * DAY), end: iso(START + to * DAY) },
  ...more,
});

/** Reports so many hours of a site that end on a day after the start; of each window what it draws in W, or nothing. */
function reported(
  story: Story,
  day: number,
  hours: number,
  wattsOf: (window: number) => number | null,
  devices = ["node-01"],
) {
  const endMs = START + day * DAY;
  const period = { startMs: endMs - hours * HOUR, endMs };
  const windows = emptyWindows(devices, period, 4000);
  for (let i = 0; i < windows.readings.length; i++) {
    const watts = wattsOf(i);
    if (watts === null) continue;
    const milliwatts = watts * 1000 + ((i * 7919) % 61_000) - 30_000;
    windows.readings[i] = 4;
    windows.powerMilliwatts[i] = milliwatts;
    windows.energyMillijoules[i] = milliwatts * 4;
  }
  const evidence = { salt: "00".repeat(32), windows, jobs: undefined, counters: [], logs: [] };
  const { root, energyMillijoules } = sealEvidence(evidence);
  story.day(day).say("aster", "period/report", {
    site: "aster/one",
    feeds: [{ kind: "node-power", signer: "aster" }],
    period: { start: iso(period.startMs), end: iso(endMs) },
    seal: { root, energyMillijoules: `${energyMillijoules}` },
    evidence: "00".repeat(32),
  });
  const id = [...(story.state.evidence.reportsOf.get("aster/one") ?? [])].at(-1) ?? "";
  return { id, evidence: encodeEvidence(evidence) };
}

/** The same, and publishes the verdict on it. */
function judge(
  story: Story,
  ...of: readonly [number, number, (window: number) => number | null, string[]?]
) {
  const { id, evidence } = reported(story, ...of);
  const verdict = computeVerdict(story.state, id, evidence);
  story.say(terms.keeper.id, "verdict/publish", verdict);
  return verdict;
}
const report = (...of: Parameters<typeof judge>): Story => {
  judge(...of);
  return of[0];
};
const findingsOf = ({ duties }: Verdict) =>
  duties.flatMap(({ findings }) => findings.map(({ check, duty }) => `${check} ${duty}`));
const [IDLE, FULL] = [8 * 300, 8 * 1000];
// The pause begins on the day of the start, and everything stands still three days later.

describe("a pause, replayed to a verdict", () => {
  it("that says the stop was kept, with the power that shows it", () => {
    const story = stopped();
    const { id, evidence } = reported(story, 4, 2, () => IDLE);
    const state = replay(entriesOf(story.admitted));
    const verdict = computeVerdict(state, id, evidence);
    expect(verdict.stop).toMatchObject({
      value: "kept",
      start: iso(START + 4 * DAY - 2 * HOUR),
      end: iso(START + 4 * DAY),
      power: "300 W",
      idlePower: "350 W",
      training: [],
    });
    expect(verdict.stop?.sentence).toContain("From the agreed hour on the site idled: 300 W");
    expect(verdict.pieces).toMatchObject([{ mode: "pause", basis: "bound" }]);
    const [limit] = verdict.duties;
    expect(limit).toMatchObject({ id: "article-1", limits: ["0 FLOP"], findings: [] });
    expect(computeVerdict(story.state, id, evidence)).toEqual(verdict);
  });

  it("that says it was not, by a finding of the duty that was broken", () => {
    const story = stopped();
    const { id, evidence } = reported(story, 4, 2, () => FULL);
    const verdict = computeVerdict(replay(entriesOf(story.admitted)), id, evidence);
    expect(verdict).toMatchObject({ verdict: "anomalous", stop: { value: "not-kept" } });
    expect(findingsOf(verdict)).toContain("stop-kept article-1");
    expect(verdict.stop?.sentence).toContain("Nodes worked after the hour");
  });

  it("that says it was not, where training was declared after the pause began, however little power it took", () => {
    const story = stopped().say("aster", "run/declare", run(3.9, 3.95));
    const verdict = judge(story, 4, 4, () => IDLE);
    expect(verdict.stop).toMatchObject({ value: "not-kept", training: ["aster/run"] });
    expect(findingsOf(verdict)).toContain("run-limit article-1");
  });

  it("that it is not shown, where windows are unread or what may go on takes power: nobody is accused of it", () => {
    const half = judge(stopped(), 4, 2, (i) => (i % 2 === 0 ? IDLE : null));
    expect(half.stop).toMatchObject({
      value: "not-shown",
      missingWindows: { missing: 900, all: 1800 },
    });
    expect(half.correct).toBe("consistent");
    const tokens = {
      basis: "tokens",
      parameters: "70000000000 parameters",
      tokens: "30000000 tokens",
    };
    const chat = run(3, 5, { activity: "inference", nodesTogether: false, work: tokens });
    const serving = judge(stopped().say("aster", "run/declare", chat), 4, 2, () => 4000);
    expect(serving.stop).toMatchObject({ value: "not-shown" });
    expect(serving.stop?.sentence).toContain("work that is declared and may go on in a pause");
    expect(findingsOf(serving).filter((one) => one.startsWith("stop-kept"))).toEqual([]);
  });

  it("that says nothing of a stop before its hour, when what had begun may still be ended in order", () => {
    const story = rule(bound().say("aster", "run/declare", run(-1, 30)));
    const winding = judge(story, 2, 24, () => FULL);
    expect(winding.stop).toBeNull();
    expect(winding.pieces).toMatchObject([{ mode: "pause" }]);
    expect(winding.correct).toBe("consistent");
    // In the same period, from the hour on, it is judged.
    const across = judge(story, 4, 48, () => FULL);
    expect(across.stop).toMatchObject({ value: "not-kept", start: iso(START + 3 * DAY) });
  });

  it("a run that was planned before and was left explains nothing and accuses nobody; one that went on is found", () => {
    const planned = () => rule(bound().say("aster", "run/declare", run(-1, 60)));
    const left = judge(planned(), 4, 12, () => IDLE);
    expect(left).toMatchObject({ correct: "consistent", stop: { value: "kept", training: [] } });
    expect(left.account.declared.high).toBe("0 FLOP");
    const wentOn = judge(planned(), 4, 12, () => FULL);
    expect(wentOn.stop?.value).toBe("not-kept");
    expect(findingsOf(wentOn)).toEqual(
      expect.arrayContaining(["stop-kept article-1", "idle-is-idle article-2"]),
    );
  });

  it("after the pause is over a planned run may go on again", () => {
    const story = rule(bound().say("aster", "run/declare", run(-1, 60)));
    rule(story.day(5), false);
    const again = judge(story, 6, 12, () => FULL);
    expect(again).toMatchObject({ correct: "consistent", stop: null });
    expect(again.pieces).toMatchObject([{ mode: "cap" }]);
  });

  it("what an exemption leaves is no training that was to stop", () => {
    const research = run(3, 4, { use: "safety-research" });
    const verdict = judge(stopped().say("aster", "run/declare", research), 4, 2, () => 4000);
    expect(findingsOf(verdict)).toEqual([]);
    expect(verdict.stop).toMatchObject({ value: "not-shown", training: [] });
  });

  it("who pledged the pause itself stops at once", () => {
    const story = new Story(paused);
    for (const party of ["aster", "borealis"])
      story.say(party, "pledge/make", { mode: "pause", while: { kind: "all", of: [] } });
    story.say("aster", "site/declare", hall());
    expect(judge(story, 1, 2, () => IDLE).stop?.value).toBe("kept");
    expect(judge(story, 2, 2, () => FULL).stop?.value).toBe("not-kept");
  });
});

describe("a pause, as the record shows it", () => {
  const site = (story: Story) => roundOf(story.state).pause?.sites[0];
  const ready = { site: "aster/one", jobs: 2, needsHours: 6, text: "Saved." };

  it("begins with its trigger, and what is due from then on", () => {
    expect(roundOf(bound(paused).state).pause).toBeNull();
    const { pause } = roundOf(stopped().state);
    expect(pause).toMatchObject({ trigger: "stop", since: START });
    expect(pause?.due?.stop).toBe(START + 72 * HOUR);
  });

  it("a site is waiting, ready, said to have stopped, and late where a word is missing at its hour", () => {
    const story = stopped();
    expect(site(story)).toMatchObject({ standing: "waiting", isLate: false });
    expect(story.try("cedar", "stop/ready", ready)).toBe("not-its-own");
    expect(site(stopped().day(2))).toMatchObject({ standing: "waiting", isLate: true });
    story.say("aster", "stop/ready", ready);
    expect(site(story)).toMatchObject({ standing: "ready", isLate: false });
    expect(site(story.day(4))).toMatchObject({ standing: "ready", isLate: true });
    story.say("aster", "stop/done", { site: "aster/one", text: "Stopped." });
    expect(site(story)).toMatchObject({ standing: "said", isLate: false });
    // A word is no report: after five days it should be shown.
    expect(site(story.day(6))).toMatchObject({ standing: "said", isLate: true });
  });

  it("is shown by idling, and not by leaving out the windows in which something ran", () => {
    expect(site(report(stopped(), 4, 2, () => IDLE))).toMatchObject({
      standing: "kept",
      shown: { stop: { power: "300 W", missingWindows: { missing: 0, all: 1800 } } },
    });
    expect(site(report(stopped(), 4, 2, () => FULL))).toMatchObject({ standing: "not-kept" });
    // It ran for half of the time and reported the other half only: the mean over the whole time would be far below idling.
    const half = site(report(stopped(), 4, 2, (i) => (i % 2 === 0 ? IDLE : null)));
    expect(half).toMatchObject({
      standing: "not-shown",
      shown: { stop: { missingWindows: { missing: 900, all: 1800 } } },
    });
    expect(Number(half?.shown?.stop.power?.split(" ")[0])).toBeGreaterThan(500);
    // One window lost in an hour is no running.
    const one = site(report(stopped(), 4, 2, (i) => (i === 7 ? null : IDLE)));
    expect(one).toMatchObject({
      standing: "kept",
      shown: { stop: { missingWindows: { missing: 1, all: 1800 } } },
    });
  });

  it("holds for the hours that were reported: two hours of idling say nothing of the days after them", () => {
    const hours = (since: number, kept: number, not: number) => ({
      since,
      kept,
      "not-kept": not,
      "not-shown": 0,
    });
    const story = report(stopped(), 4, 2, () => IDLE);
    expect(site(story)?.shown?.hours).toEqual(hours(24, 2, 0));
    expect(site(story.day(10))?.shown?.hours).toEqual(hours(168, 2, 0));
    report(story, 11, 3, () => FULL);
    expect(site(story)).toMatchObject({ standing: "not-kept" });
    report(story, 12, 4, () => IDLE);
    expect(site(story)).toMatchObject({
      standing: "kept",
      shown: { hours: hours(216, 6, 3) },
    });
  });

  it("a few accelerators that may idle at more do not speak for all of a site", () => {
    const [h100] = terms.accelerators ?? [];
    const hungry = {
      ...(h100 as NonNullable<typeof h100>),
      id: "other",
      name: "Another",
      power: { ...h100?.power, idle: { ...h100?.power.idle, high: "900 W" } },
    } as NonNullable<typeof h100>;
    const mixed: Terms = { ...paused, accelerators: [...(terms.accelerators ?? []), hungry] };
    const story = new Story(mixed).pledges().say("aster", "site/declare", {
      site: "aster/one",
      title: "A hall.",
      nodes: [
        { device: "node-01", accelerator: "h100-sxm5", accelerators: 15 },
        { device: "node-02", accelerator: "other", accelerators: 1 },
      ],
    });
    rule(story);
    report(story, 4, 2, () => 8 * 500, ["node-01", "node-02"]);
    const idleWatts = Math.round((15 * 350 + 900) / 16);
    expect(site(story)).toMatchObject({
      standing: "not-kept",
      shown: { stop: { power: "500 W", idlePower: `${idleWatts} W` } },
    });
  });
});
