import type { Terms } from "@standstill/agreement";
import { decide, Ledger, parseRequest } from "@standstill/gate";
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
