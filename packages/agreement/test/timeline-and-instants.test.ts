import {
  type Act,
  advance,
  type Change,
  type Coalition,
  type CoalitionEvent,
  type CoalitionRules,
  type Condition,
  circumstancesOf,
  coalitionFromJson,
  coalitionToJson,
  elapseTo,
  emptyCoalition,
  isMet,
  noFacts,
  type Pledge,
} from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { condition, factCondition, facts, mode, PARTIES, party, roll } from "./conditions.ts";

const days = (n: number) => n * DAY_MS;
const HORIZON = 60;

const pledge: fc.Arbitrary<Pledge> = fc.record({
  mode,
  while: condition,
  graceMs: fc.constantFrom(0, days(2), days(5)),
  noticeMs: fc.constantFrom(0, 0, days(3)),
  openMs: fc.constantFrom(undefined, undefined, days(4)),
});

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant("pledge" as const), party, pledge }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("withdraw" as const), party }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("suspend" as const), party }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("resume" as const), party }) },
);

/** Events at different days, each with acts of different parties. */
const events: fc.Arbitrary<CoalitionEvent[]> = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: 0, max: 40 }),
      acts: fc.uniqueArray(act, { maxLength: 4, selector: (one) => one.party }),
      facts: fc.option(facts, { nil: undefined }),
    }),
    { maxLength: 8, selector: ({ day }) => day },
  )
  .map((rows) =>
    rows
      .sort((a, b) => a.day - b.day)
      .map(({ day, acts, facts: known }, index) => ({ at: days(day), acts, facts: known, index })),
  );

const rules: fc.Arbitrary<CoalitionRules> = fc
  .record({
    condition: fc.oneof(fc.constant({ kind: "all", of: [] } as Condition), condition),
    delay: fc.constantFrom(0, 3),
    notBefore: fc.constantFrom(undefined, days(8)),
    latches: fc.boolean(),
    askedAgain: fc.boolean(),
    after: fc.constantFrom("condition" as const, "entry" as const),
    notice: fc.constantFrom(0, 4),
    heldBackWhile: fc.option(factCondition, { nil: undefined }),
    length: fc.constantFrom(undefined, undefined, days(30)),
    trigger: fc.option(factCondition, { nil: undefined }),
    lasts: fc.constantFrom("while-met" as const, "until-lifted" as const),
    lift: fc.option(factCondition, { nil: undefined }),
  })
  .map((one) => ({
    roll,
    entry: {
      condition: one.condition,
      delayMs: days(one.delay),
      notBefore: one.notBefore,
      latches: one.latches,
      askedAgain: one.askedAgain,
      laterJoiners: { after: one.after, delayMs: days(2) },
    },
    withdrawal: { noticeMs: days(one.notice), notBeforeMs: 0, heldBackWhile: one.heldBackWhile },
    duration: { endsAt: undefined, lengthMs: one.length, extension: undefined },
    triggers:
      one.trigger === undefined
        ? []
        : [{ id: "trigger", when: one.trigger, mode: "pause", lasts: one.lasts }],
    lift: one.lift === undefined ? undefined : { when: one.lift, noticeMs: days(2) },
  }));

const NOTHING_ASKED: Condition = { kind: "all", of: [] };

function pledgeUnconditionally(name: string): Act {
  const asked = { while: NOTHING_ASKED, graceMs: 0, noticeMs: 0, openMs: undefined };
  return { act: "pledge", party: name, pledge: { mode: "cap", ...asked } };
}

function play(all: CoalitionRules, happened: readonly CoalitionEvent[]): Coalition {
  return happened.reduce((now, event) => advance(all, now, event), emptyCoalition);
}

/** The coalition at an instant, from those events that had happened. */
function at(all: CoalitionRules, happened: readonly CoalitionEvent[], instant: number): Coalition {
  return elapseTo(
    all,
    play(
      all,
      happened.filter((event) => event.at <= instant),
    ),
    instant,
  );
}

/** Who stands where, by the timeline alone: the last change of each party until an instant. */
function byTimeline(history: readonly Change[], instant: number): Map<string, string> {
  const standings = new Map<string, string>();
  for (const change of history) {
    if (change.party === undefined || change.at > instant) continue;
    const isBound = change.status === "bound";
    standings.set(change.party, isBound ? `bound ${change.mode}` : change.status);
  }
  return standings;
}

function byState({ standings, bound }: Coalition): Map<string, string> {
  return new Map(
    [...standings].map(([name, { status }]) => [
      name,
      status === "bound" ? `bound ${bound.get(name)}` : status,
    ]),
  );
}

const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe("the timeline and the instants agree everywhere", () => {
  it("whoever reads the changes until an instant finds what holds at it", () => {
    fc.assert(
      fc.property(rules, events, (all, happened) => {
        const end = elapseTo(all, play(all, happened), days(HORIZON));
        for (let half = 0; half <= HORIZON * 2; half++) {
          const instant = days(half) / 2;
          const then = at(all, happened, instant);
          expect(sorted(byTimeline(end.history, instant))).toEqual(sorted(byState(then)));
        }
      }),
      { numRuns: scaled(150) },
    );
  });

  it("what is said later never changes what held before", () => {
    fc.assert(
      fc.property(rules, events, fc.integer({ min: 0, max: HORIZON }), (all, happened, day) => {
        const then = at(all, happened, days(day));
        const end = elapseTo(all, play(all, happened), days(HORIZON));
        expect(end.history.slice(0, then.history.length)).toEqual(then.history);
        expect(end.history.slice(then.history.length).every((one) => one.at > days(day))).toBe(
          true,
        );
      }),
    );
  });

  it("waiting in steps comes to the same as waiting at once", () => {
    fc.assert(
      fc.property(rules, events, fc.integer({ min: 0, max: 20 }), (all, happened, pause) => {
        const now = play(all, happened);
        const once = elapseTo(all, now, now.at + days(20));
        const twice = elapseTo(all, elapseTo(all, now, now.at + days(pause)), now.at + days(20));
        expect(twice.history).toEqual(once.history);
        expect(sorted(twice.bound)).toEqual(sorted(once.bound));
      }),
    );
  });
});

describe("an event", () => {
  it("does not depend on the order of what happens within it", () => {
    fc.assert(
      fc.property(rules, events, (all, happened) => {
        const forwards = elapseTo(all, play(all, happened), days(HORIZON));
        const reversed = happened.map((event) => ({ ...event, acts: [...event.acts].reverse() }));
        const backwards = elapseTo(all, play(all, reversed), days(HORIZON));
        expect(sorted(backwards.standings)).toEqual(sorted(forwards.standings));
        expect(sorted(backwards.bound)).toEqual(sorted(forwards.bound));
      }),
    );
  });

  it("leaves bound only those whose condition holds, or held within their grace", () => {
    fc.assert(
      fc.property(rules, events, (all, happened) => {
        const continuous = { ...all, entry: { ...all.entry, latches: false } };
        for (let day = 0; day <= HORIZON; day++) {
          const then = at(continuous, happened, days(day));
          const given = circumstancesOf(continuous, then);
          for (const name of then.bound.keys()) {
            const own = then.pledges.get(name) as Pledge;
            const holds = isMet(
              { kind: "all", of: [own.while, continuous.entry.condition] },
              given,
            );
            const failing = then.standings.get(name)?.failingSince;
            if (!holds) expect(then.at - (failing as number)).toBeLessThan(own.graceMs);
          }
        }
      }),
      { numRuns: scaled(60) },
    );
  });

  it("by which somebody bound leaves takes its notice, whatever else happens", () => {
    fc.assert(
      fc.property(rules, events, (all, rest) => {
        const open = { ...all, entry: { ...all.entry, condition: NOTHING_ASKED } };
        const happened = [
          { at: -days(30), acts: PARTIES.map(pledgeUnconditionally), facts: undefined, index: 0 },
          ...rest,
        ];
        const { history } = elapseTo(open, play(open, happened), days(HORIZON));
        for (const { party: leaver, status, at: left } of history) {
          if (status !== "withdrawn" || leaver === undefined) continue;
          const said = happened.findLastIndex(
            ({ at: instant, acts }) =>
              instant <= left && acts.some((one) => one.act === "withdraw" && one.party === leaver),
          );
          const { at: instant } = happened[said] as CoalitionEvent;
          const before = elapseTo(open, play(open, happened.slice(0, said)), instant - 1);
          const notice = before.bound.has(leaver) ? open.withdrawal.noticeMs : 0;
          expect(left - instant).toBeGreaterThanOrEqual(notice);
        }
      }),
    );
  });

  it("survives being written as JSON", () => {
    fc.assert(
      fc.property(rules, events, (all, happened) => {
        const now = play(all, happened);
        const read = coalitionFromJson(JSON.parse(JSON.stringify(coalitionToJson(now))));
        const later = elapseTo(all, now, days(HORIZON));
        expect(elapseTo(all, read, days(HORIZON)).history).toEqual(
          JSON.parse(JSON.stringify(later.history)),
        );
      }),
    );
  });
});

describe("mutual pledges", () => {
  const simple: CoalitionRules = {
    roll: { ...roll, counted: new Set(), parties: new Set() },
    entry: {
      condition: { kind: "all", of: [] },
      delayMs: days(10),
      notBefore: undefined,
      latches: false,
      askedAgain: false,
      laterJoiners: { after: "entry", delayMs: 0 },
    },
    withdrawal: { noticeMs: 0, notBeforeMs: 0, heldBackWhile: undefined },
    duration: { endsAt: undefined, lengthMs: undefined, extension: undefined },
    triggers: [],
    lift: undefined,
  };
  const ringPledge = (i: number, size: number, more: Partial<Pledge> = {}): CoalitionEvent => ({
    at: days(i),
    index: i,
    acts: [
      {
        act: "pledge",
        party: `p${i}`,
        pledge: {
          mode: "cap",
          while: { kind: "bound", party: `p${(i + 1) % size}`, mode: "cap" },
          graceMs: 0,
          noticeMs: 0,
          ...more,
        },
      },
    ],
  });

  it.each([1, 2, 3, 17, 200])("of a ring of %i enter together, ten days after the last", (size) => {
    const last = days(size - 1);
    const now = play(
      simple,
      Array.from({ length: size }, (_, i) => ringPledge(i, size)),
    );
    expect(now.bound.size).toBe(0);
    const started = elapseTo(simple, now, last + days(10));
    expect(started.bound.size).toBe(size);
    const starts = started.history.filter(({ status }) => status === "bound");
    expect(new Set(starts.map((change) => change.at))).toEqual(new Set([last + days(10)]));
  });

  it("start when the last of them is ready", () => {
    const now = play(simple, [ringPledge(0, 2, { noticeMs: days(30) }), ringPledge(1, 2)]);
    expect(elapseTo(simple, now, days(30)).bound.size).toBe(0);
    expect(elapseTo(simple, now, days(31)).bound.size).toBe(2);
  });

  it("an offer that nobody takes up within its window lapses", () => {
    const now = play(simple, [ringPledge(0, 2, { openMs: days(5) })]);
    expect(elapseTo(simple, now, days(5)).standings.get("p0")?.status).toBe("lapsed");
    const late = advance(simple, now, { ...ringPledge(1, 2), at: days(6) });
    expect(elapseTo(simple, late, days(60)).bound.size).toBe(0);
  });

  it("a party that dropped returns only by a new pledge", () => {
    const anomalous = {
      ...noFacts,
      verdicts: new Map([["p1", { verdict: "anomalous" as const, assurance: [] }]]),
    };
    const rule = { ...simple, entry: { ...simple.entry, delayMs: 0 } };
    const clear = (i: number): Partial<Pledge> => ({
      while: {
        kind: "all",
        of: [
          { kind: "bound", party: `p${1 - i}`, mode: "cap" },
          { kind: "clear", party: `p${1 - i}` },
        ],
      },
    });
    let now = play(rule, [ringPledge(0, 2, clear(0)), ringPledge(1, 2, clear(1))]);
    expect(now.bound.size).toBe(2);
    now = advance(rule, now, { at: days(2), acts: [], facts: anomalous });
    expect(now.rounds).toEqual([["p0"], ["p1"]]);
    now = advance(rule, now, { at: days(3), acts: [], facts: noFacts });
    expect(now.bound.size).toBe(0);
    now = advance(rule, now, { ...ringPledge(0, 2, clear(0)), at: days(4) });
    expect(now.bound.size).toBe(0);
    now = advance(rule, now, { ...ringPledge(1, 2, clear(1)), at: days(5) });
    expect(now.bound.size).toBe(2);
  });

  it("grace spares a party for its time, and a finding that is cleared within it does nothing", () => {
    const rule = { ...simple, entry: { ...simple.entry, delayMs: 0 } };
    const own: Partial<Pledge> = { while: { kind: "clear", party: "x" }, graceMs: days(5) };
    const bad = {
      ...noFacts,
      verdicts: new Map([["x", { verdict: "anomalous" as const, assurance: [] }]]),
    };
    const start = play(rule, [ringPledge(0, 1, own)]);
    const failing = advance(rule, start, { at: days(2), acts: [], facts: bad });
    expect(elapseTo(rule, failing, days(7) - 1).bound.size).toBe(1);
    expect(elapseTo(rule, failing, days(7)).bound.size).toBe(0);
    const cleared = advance(rule, failing, { at: days(6), acts: [], facts: noFacts });
    expect(elapseTo(rule, cleared, days(60)).bound.size).toBe(1);
  });

  it.each([
    ["while-met", ["cap", "pause", "cap"]],
    ["until-lifted", ["cap", "pause", "pause"]],
  ] as const)("a trigger that lasts %s raises everybody to %j", (lasts, modes) => {
    const rule: CoalitionRules = {
      ...simple,
      entry: { ...simple.entry, delayMs: 0 },
      triggers: [{ id: "t", when: { kind: "tripped", tripwire: "wire" }, mode: "pause", lasts }],
    };
    const wire = (level: "tripped" | "quiet") => ({
      ...noFacts,
      tripwires: new Map([["wire", level] as const]),
    });
    let now = play(rule, [ringPledge(0, 1, { while: { kind: "all", of: [] } })]);
    const seen = [now.bound.get("p0")];
    for (const level of ["tripped", "quiet"] as const) {
      now = advance(rule, now, { at: now.at + days(1), acts: [], facts: wire(level) });
      seen.push(now.bound.get("p0"));
    }
    expect(seen).toEqual(modes);
  });

  it("an event that comes late counts when it comes, not before", () => {
    const rule = { ...simple, entry: { ...simple.entry, delayMs: 0 } };
    const later = play(rule, [
      { ...ringPledge(0, 1, { while: { kind: "all", of: [] } }), at: days(9) },
    ]);
    const late = advance(rule, later, {
      ...ringPledge(1, 1, { while: { kind: "all", of: [] } }),
      at: days(2),
    });
    expect(late.at).toBe(days(9));
    expect(late.history.every((change) => change.at === days(9))).toBe(true);
  });

  it("of any size, in any order, on any days: a ring enters together", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }).chain((size) =>
          fc.tuple(
            fc.constant(size),
            fc.shuffledSubarray(
              Array.from({ length: size }, (_, i) => i),
              { minLength: size },
            ),
            fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
          ),
        ),
        ([size, order, gaps]) => {
          let day = 0;
          const happened = order.map((i, k) => {
            day += gaps[k] as number;
            return { ...ringPledge(i, size), at: days(day) };
          });
          const now = play(simple, happened);
          expect(elapseTo(simple, now, days(day + 10) - 1).bound.size).toBe(0);
          expect(elapseTo(simple, now, days(day + 10)).bound.size).toBe(size);
        },
      ),
    );
  });

  it("a joint start that one partner puts off is put off for both", () => {
    const again = { ...ringPledge(1, 2, { mode: "taper" }), at: days(6) };
    const now = play(simple, [ringPledge(0, 2), ringPledge(1, 2), again]);
    expect(elapseTo(simple, now, days(15)).bound.size).toBe(0);
    expect(elapseTo(simple, now, days(16)).bound.size).toBe(2);
  });
});
