import { fold, type State } from "@standstill/replay";
import { noticesOf } from "@standstill/views";
import { describe, expect, it } from "vitest";
import { DAY, Story } from "../../replay/test/story.ts";
import { said } from "../../replay/test/world.ts";

const evidence = "ab".repeat(32);
const site = {
  site: "aster/one",
  title: "A hall.",
  nodes: [{ device: "node-01", accelerator: "h100-sxm5", accelerators: 8 }],
};

/** A record in which much happens, and every state on its way. */
function eventful(): { readonly story: Story; readonly states: readonly State[] } {
  const story = new Story();
  const states = [story.state];
  const say = (...args: Parameters<Story["say"]>) => {
    story.say(...args);
    states.push(story.state);
  };
  const day = (n: number) => {
    story.day(n);
    states.push(story.state);
  };
  for (const party of ["aster", "borealis", "cedar"])
    say(party, "pledge/make", { mode: "cap", while: { kind: "all", of: [] } });
  say("aster", "site/declare", site);
  day(1);
  say("cedar", "case/open", {
    case: "aster/case",
    party: "aster",
    findings: [],
    clause: "article-3",
    question: "Where are they?",
  });
  say("aster", "case/answer", { case: "aster/case", answer: "In the hall." });
  say("aster", "gate/open", { site: "aster/one", hours: 24, reason: "A hospital needs it." });
  say("aster", "stop/ready", { site: "aster/one", jobs: 2, needsHours: 6, text: "Saved." });
  say("aster", "safeguard/submit", { safeguard: "weights-secured", text: "Locked.", evidence });
  const assessment = { safeguard: "weights-secured", accepted: false, evidence, reasons: "No." };
  say("assessors", "safeguard/accept", assessment, {}, ["assessors.borealis", "assessors.dune"]);
  day(2);
  // It leaves, which takes effect by time alone.
  say("borealis", "pledge/withdraw", { reason: "Enough." });
  for (const n of [30, 90, 200, 800]) day(n);
  return { story, states };
}

describe("notices", () => {
  it("a reader that goes on from where it was misses nothing, and hears nothing before it happened", () => {
    const { states } = eventful();
    const ids = (state: State, from = 0) => noticesOf(state, from).map(({ id }) => id);
    for (const [i, before] of states.entries())
      for (const after of states.slice(i)) {
        const heard = new Set([...ids(before), ...ids(after, before.size)]);
        expect(ids(after).filter((id) => !heard.has(id))).toEqual([]);
        expect(noticesOf(before).every(({ knownFrom }) => knownFrom < before.size)).toBe(true);
      }
  });

  it("tell what time alone caused from the mark that showed it", () => {
    const { states } = eventful();
    const last = states.at(-1) as State;
    const byTime = noticesOf(last).filter(({ index }) => index === null);
    expect(byTime.length).toBeGreaterThan(0);
    for (const { knownFrom, at } of byTime) {
      const mark = [...last.marks].find(({ index }) => index === knownFrom);
      expect(mark?.at).toBeGreaterThanOrEqual(at);
      expect((mark?.at ?? 0) - at).toBeLessThan(600 * DAY);
    }
  });

  it("tell of safeguards, and of what a keeper and an issuer may not do", () => {
    const { story, states } = eventful();
    const titles = noticesOf(states.at(-1) as State).map(({ title }) => title);
    expect(titles).toContain("Aster hands in the safeguard weights-secured");
    expect(titles).toContain("By The Assessors, the safeguard weights-secured is not accepted");
    // The keeper appends what it should have refused.
    const faulty = fold(story.state, said("dune", "pledge/make", 99, { mode: "cap", while: {} }));
    expect(noticesOf(faulty, story.state.size)).toMatchObject([
      {
        kind: "record",
        knownFrom: story.state.size,
        title: expect.stringContaining("counts for nothing"),
      },
    ]);
  });
});
