import type { Terms } from "@standstill/agreement";
import { emptyWindows, encodeEvidence, sealEvidence } from "@standstill/evidence";
import { decide, Ledger, parseRequest } from "@standstill/gate";
import { computeVerdict } from "@standstill/verification";
import { gateRulesOf, roundOf } from "@standstill/views";
import { describe, expect, it } from "vitest";
import { DAY, START, Story } from "../../replay/test/story.ts";
import { terms } from "../../replay/test/world.ts";

const HOUR = 3_600_000;
const site = (name: string, accelerators: number) => ({
  site: name,
  title: "A hall.",
  nodes: [{ device: "node-01", accelerator: "h100-sxm5", accelerators }],
});
const run = (name: string, tokens: string, parents?: object[]) => ({
  run: name,
  site: "aster/one",
  activity: "training",
  model: "m",
  precision: "bf16",
  work: { basis: "tokens", parameters: "1000000000 parameters", tokens: `${tokens} tokens` },
  nodes: ["node-01"],
  nodesTogether: true,
  period: { start: "2026-06-05T00:00:00.000Z", end: "2026-06-20T00:00:00.000Z" },
  ...(parents === undefined ? {} : { parents }),
});
const emergency = { site: "aster/one", hours: 24, reason: "A hospital needs it." };
const bound = (first: Terms = terms) =>
  new Story(first).pledges().say("aster", "site/declare", site("aster/one", 8));
const ask = (story: Story, more: object, now = START) =>
  decide(
    gateRulesOf(story.state, "aster", "aster/one"),
    new Ledger(),
    parseRequest({ job: "1", accelerators: 8, accelerator: "h100-sxm5", ...more }),
    now,
  );

describe("what a gate decides by, as the record has it", () => {
  it("runs of the party with what they rest on, its accelerators, its mode", () => {
    const story = bound()
      .say("aster", "run/declare", run("aster/base", "1000000000"))
      .say(
        "aster",
        "run/declare",
        run("aster/tuned", "1000", [{ run: "aster/base", as: "weights" }]),
      );
    const rules = gateRulesOf(story.state, "aster", "aster/one");
    expect(rules).toMatchObject({ mode: "cap", asOf: START, party: "aster" });
    expect(rules.runs.get("aster/tuned")).toMatchObject({
      activity: "training",
      flop: 6n * 10n ** 12n,
      ancestryFlop: 6n * 10n ** 18n,
      declaredAt: START,
    });
    expect([...rules.registered]).toEqual([["h100-sxm5", 8]]);
    expect(gateRulesOf(story.state, "cedar", "cedar/x").runs.size).toBe(0);
    expect(() => gateRulesOf(story.state, "zephyr", "x")).toThrow("expected a party");
  });

  it("a trigger that raises the mode stops what was let in before", () => {
    const paused: Terms = {
      ...terms,
      triggers: [
        {
          id: "stop",
          title: "Stop.",
          mode: "pause",
          lasts: "until-lifted",
          when: { kind: "ruled", question: "stop" },
        },
      ],
    };
    const story = bound(paused).say("aster", "run/declare", run("aster/base", "1000000000"));
    const job = { run: "aster/base", seconds: 600 };
    expect(ask(story, job).decision).toBe("allow");
    const question = { case: "q", question: "stop", answer: true, reasons: "Seen." };
    const three = ["panel.aster", "panel.cedar", "panel.dune"];
    story.say("panel", "case/rule", question, {}, three);
    expect(ask(story, job)).toMatchObject({ decision: "refuse", mode: "pause" });
    expect(ask(story, { ...job, run: undefined, activity: "inference" }).decision).toBe("allow");
    // What an exemption leaves stays allowed in a pause.
    expect(ask(story, { ...job, use: "safety-research" })).toMatchObject({ because: "exempted" });
  });

  it("an emergency opens the gate of its site for its hours, as often as agreed, and everybody sees it", () => {
    const story = bound().say("aster", "site/declare", site("aster/two", 8));
    const large = { seconds: 900 * 3600 };
    expect(ask(story, large).decision).toBe("refuse");
    expect(story.try("cedar", "gate/open", emergency)).toBe("not-its-own");
    expect(story.try("aster", "gate/open", { ...emergency, hours: 100 })).toBe("malformed-body");
    story.say("aster", "gate/open", emergency);
    expect(ask(story, large)).toMatchObject({ decision: "allow", because: "emergency" });
    expect(ask(story, large, START + 24 * HOUR).decision).toBe("refuse");
    const elsewhere = gateRulesOf(story.state, "aster", "aster/two");
    expect(elsewhere.emergency).toBeNull();
    expect(roundOf(story.state).emergencies).toMatchObject([
      { party: "aster", reason: emergency.reason },
    ]);
    story.say("aster", "gate/open", emergency);
    expect(story.try("aster", "gate/open", emergency)).toBe("over-quota");
    const without: Terms = { ...terms, gate: undefined };
    expect(bound(without).try("aster", "gate/open", emergency)).toBe("not-declared");
  });

  it("is unsure once the record's newest mark is older than agreed", () => {
    const story = bound();
    expect(ask(story, { seconds: 60 }, START + 4 * DAY)).toMatchObject({
      decision: "refuse",
      because: "unsure",
    });
    story.day(4);
    expect(ask(story, { seconds: 60 }, START + 4 * DAY).decision).toBe("allow");
  });
});

describe("a pause, as the record shows it", () => {
  const paused: Terms = {
    ...terms,
    triggers: [
      {
        id: "stop",
        title: "Stop.",
        mode: "pause",
        lasts: "until-lifted",
        when: { kind: "ruled", question: "stop" },
      },
    ],
  };
  const stopped = () => {
    const story = bound(paused);
    const question = { case: "q", question: "stop", answer: true, reasons: "Seen." };
    return story.say("panel", "case/rule", question, {}, [
      ...["panel.aster", "panel.cedar", "panel.dune"],
    ]);
  };
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

  /** Reports so many hours of a site that end on a day after the start; of each window what it draws in W, or nothing. */
  const report = (
    story: Story,
    day: number,
    hours: number,
    wattsOf: (window: number) => number | null,
    devices = ["node-01"],
  ) => {
    const endMs = START + day * DAY;
    const period = { startMs: endMs - hours * HOUR, endMs };
    const windows = emptyWindows(devices, period, 4000);
    for (let i = 0; i < windows.readings.length; i++) {
      const watts = wattsOf(i);
      if (watts === null) continue;
      windows.readings[i] = 4;
      windows.powerMilliwatts[i] = watts * 1000;
      windows.energyMillijoules[i] = watts * 4000;
    }
    const evidence = { salt: "00".repeat(32), windows, jobs: undefined, counters: [] };
    const { root, energyMillijoules } = sealEvidence(evidence);
    const iso = (at: number) => new Date(at).toISOString();
    story.day(day).say(...(["aster", "period/report"] as const), {
      site: "aster/one",
      feeds: [{ kind: "node-power", signer: "aster" }],
      period: { start: iso(period.startMs), end: iso(endMs) },
      seal: { root, energyMillijoules: `${energyMillijoules}` },
      evidence: "00".repeat(32),
    });
    const id = [...(story.state.evidence.reportsOf.get("aster/one") ?? [])].at(-1) as string;
    const verdict = computeVerdict(story.state, id, encodeEvidence(evidence));
    return story.say(terms.keeper.id, "verdict/publish", verdict);
  };
  const [IDLE, FULL] = [8 * 300, 8 * 1000];

  it("is shown by idling, and not by leaving out the windows in which something ran", () => {
    expect(site(report(stopped(), 4, 2, () => IDLE))).toMatchObject({
      standing: "shown",
      shown: { meanWatts: 300, missingMillionths: 0 },
    });
    expect(site(report(stopped(), 4, 2, () => FULL))).toMatchObject({ standing: "running" });
    // It ran for half of the time and reported the other half only: the mean over the whole time would be far below idling.
    const half = site(report(stopped(), 4, 2, (i) => (i % 2 === 0 ? IDLE : null)));
    expect(half).toMatchObject({ standing: "running", shown: { missingMillionths: 500_000 } });
    expect(half?.shown?.meanWatts).toBeGreaterThan(500);
    // One window lost in an hour is no running.
    const one = site(report(stopped(), 4, 2, (i) => (i === 7 ? null : IDLE)));
    expect(one).toMatchObject({ standing: "shown", shown: { missingMillionths: 556 } });
  });

  it("holds for the hours that were reported: two hours of idling say nothing of the days after them", () => {
    const story = report(stopped(), 4, 2, () => IDLE);
    expect(site(story)?.shown?.hours).toEqual({ since: 24, idle: 2, notIdle: 0 });
    expect(site(story.day(10))?.shown?.hours).toEqual({ since: 168, idle: 2, notIdle: 0 });
    report(story, 11, 3, () => FULL);
    expect(site(story)).toMatchObject({ standing: "running" });
    report(story, 12, 4, () => IDLE);
    expect(site(story)).toMatchObject({
      standing: "shown",
      shown: { hours: { since: 216, idle: 6, notIdle: 3 } },
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
    const question = { case: "q", question: "stop", answer: true, reasons: "Seen." };
    const three = ["panel.aster", "panel.cedar", "panel.dune"];
    story.say("panel", "case/rule", question, {}, three);
    report(story, 4, 2, () => 8 * 500, ["node-01", "node-02"]);
    const idleWatts = Math.round((15 * 350 + 900) / 16);
    expect(site(story)).toMatchObject({
      standing: "running",
      shown: { meanWatts: 500, idleWatts },
    });
  });
});
