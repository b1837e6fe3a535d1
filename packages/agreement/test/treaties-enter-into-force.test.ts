import { readFileSync } from "node:fs";
import {
  boundOn,
  type Entry,
  type EntryRule,
  entryOf,
  entryRuleSchema,
  type Instrument,
  progressOn,
} from "@standstill/agreement";
import { parseAdherence } from "@standstill/agreement/adherence";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

function treaty(name: string): { rule: EntryRule; instruments: Instrument[]; entry: Entry } {
  const rule = entryRuleSchema.parse(parse(read(`agreements/treaties/${name}.yaml`)));
  const instruments = parseAdherence(read(`data/treaties/${name}.csv`));
  return { rule, instruments, entry: entryOf(rule, instruments) };
}

const states = (bound: readonly Instrument[]) => bound.filter(({ counts }) => counts).length;

describe("real treaties enter into force on their real day, with their real number of states", () => {
  it.each([
    ["paris", "2016-10-05", "2016-11-04", 73],
    ["kyoto", "2004-11-18", "2005-02-16", 128],
    ["cwc", "1996-10-31", "1997-04-29", 88],
    ["tpnw", "2020-10-24", "2021-01-22", 50],
    ["npt", "1970-03-05", "1970-03-05", 49],
    ["inf", "1988-06-01", "1988-06-01", 2],
    ["new-start", "2011-02-05", "2011-02-05", 2],
  ])(
    "%s: condition met %s, in force %s, %i bound that day",
    (name, conditionMet, inForce, bound) => {
      const { rule, entry } = treaty(name);
      expect(entry).toMatchObject({ conditionMet, inForce });
      expect(states(boundOn(rule, entry, inForce))).toBe(bound);
      const eve = new Date(Date.parse(inForce) - 86_400_000).toISOString().slice(0, 10);
      expect(boundOn(rule, entry, eve)).toEqual([]);
    },
  );

  it("the test-ban treaty never did: 36 of 44 named states, 35 after a ratification was revoked", () => {
    const { rule, instruments, entry } = treaty("ctbt");
    expect(entry.inForce).toBeUndefined();
    expect(progressOn(rule, instruments, "2023-11-02")).toMatchObject({ named: 36, allNamed: 44 });
    expect(progressOn(rule, instruments, "2023-11-03")).toMatchObject({ named: 35, allNamed: 44 });
  });
});

describe("per state, the day that the depositary printed", () => {
  it.each([
    ["paris", 196, 196],
    ["kyoto", 191, 193],
  ])("%s: %i of %i", (name, agreeing, all) => {
    const { entry, instruments } = treaty(name);
    const rows = read(`data/treaties/${name}.csv`).trim().split("\n");
    const column = (rows[0] as string).split(",").indexOf("in_force");
    // The first eleven columns hold no quoted commas but in the state's name.
    const printed = rows
      .slice(1)
      .map((row) => row.replace(/^"[^"]*"/, "x").split(",")[column] as string);
    const same = instruments.filter(
      (one, i) => printed[i] !== "" && entry.boundFrom.get(one) === printed[i],
    );
    expect(printed.filter((day) => day !== "")).toHaveLength(all);
    expect(same).toHaveLength(agreeing);
  });
});

describe("what the texts teach", () => {
  it("Paris: counting the European Union's own share as well would double it", () => {
    const { rule, instruments } = treaty("paris");
    expect(progressOn(rule, instruments, "2016-10-04").weight).toBe(5211n);
    expect(progressOn(rule, instruments, "2016-10-05").weight).toBe(5882n);
    // The Union's own share is 12.10 %; the table leaves it blank because its members' shares are in it.
    const doubled = instruments.map((one) =>
      one.counts ? one : { ...one, counts: true, weight: 1210n },
    );
    expect(progressOn(rule, doubled, "2016-10-05").weight).toBe(7092n);
  });

  it("Paris: a state that left and came back is bound, unbound and bound again", () => {
    const { rule, entry } = treaty("paris");
    const bound = (day: string) =>
      boundOn(rule, entry, day).some(({ state }) => state.startsWith("United States"));
    expect(
      [
        "2016-11-04",
        "2020-11-03",
        "2020-11-04",
        "2021-02-18",
        "2021-02-19",
        "2026-01-26",
        "2026-01-27",
      ].map(bound),
    ).toEqual([true, true, false, false, true, true, false]);
  });

  it("Kyoto: a withdrawal after entry changes who is bound, not that it is in force", () => {
    const { rule, entry } = treaty("kyoto");
    const before = boundOn(rule, entry, "2012-12-14").length;
    expect(boundOn(rule, entry, "2012-12-15")).toHaveLength(before - 1);
    expect(entry.inForce).toBe("2005-02-16");
  });

  it("the prohibition treaty and the chemical weapons convention start later joiners' clocks on different days", () => {
    const tpnw = treaty("tpnw");
    const between = tpnw.instruments.filter(
      ({ deposited }) =>
        deposited !== undefined && deposited > "2020-10-24" && deposited <= "2021-01-22",
    );
    expect(between.length).toBeGreaterThan(0);
    expect(between.every((one) => (tpnw.entry.boundFrom.get(one) as string) > "2021-01-22")).toBe(
      true,
    );
    const cwc = treaty("cwc");
    const waiting = cwc.instruments.filter(
      ({ deposited }) =>
        deposited !== undefined && deposited > "1996-10-31" && deposited <= "1997-04-29",
    );
    expect(waiting.every((one) => cwc.entry.boundFrom.get(one) === "1997-04-29")).toBe(true);
  });

  it("INF ended for one side by withdrawal, New START for both by its own term", () => {
    const inf = treaty("inf");
    expect(boundOn(inf.rule, inf.entry, "2019-08-01")).toHaveLength(2);
    expect(boundOn(inf.rule, inf.entry, "2019-08-02")).toHaveLength(1);
    const start = treaty("new-start");
    expect(boundOn(start.rule, start.entry, "2026-02-04")).toHaveLength(2);
    expect(boundOn(start.rule, start.entry, "2026-02-05")).toEqual([]);
  });
});

describe("laws of entry into force", () => {
  const { rule } = treaty("tpnw");
  const day = fc
    .integer({ min: 0, max: 4000 })
    .map((n) => new Date(Date.UTC(2017, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
  const instrument = fc.record({
    state: fc.string(),
    kind: fc.constant("Ratification"),
    deposited: fc.option(day, { nil: undefined }),
    withdrawn: fc.constant(undefined),
    weight: fc.constant(0n),
    named: fc.constant(false),
    counts: fc.boolean(),
  });
  const few: EntryRule = { ...rule, condition: { count: 3 } };

  it("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(fc.array(instrument, { maxLength: 12 }), (rows) => {
        const { conditionMet, inForce } = entryOf(few, rows);
        expect(entryOf(few, [...rows].reverse())).toMatchObject({ conditionMet, inForce });
      }),
    );
  });

  it("one more instrument never makes it later", () => {
    fc.assert(
      fc.property(fc.array(instrument, { maxLength: 12 }), instrument, (rows, more) => {
        const before = entryOf(few, rows).inForce;
        if (before !== undefined)
          expect((entryOf(few, [...rows, more]).inForce as string) <= before).toBe(true);
      }),
    );
  });

  it("nobody is bound before it is in force, nor before its own deposit", () => {
    fc.assert(
      fc.property(fc.array(instrument, { maxLength: 12 }), (rows) => {
        const { inForce, boundFrom } = entryOf(few, rows);
        for (const [one, from] of boundFrom)
          expect(from >= (inForce as string) && from >= (one.deposited as string)).toBe(true);
      }),
    );
  });
});

describe("bad tables", () => {
  const head = "state,deposited,withdrawn,weight,named,kind,counts";
  it.each([
    ["a missing column", "state\nFiji"],
    ["a day in another form", `${head}\nFiji,13/01/1993,,,false,Ratification,true`],
    [
      "a weight above what a percentage is",
      `${head}\nFiji,1993-01-13,,1e400,false,Ratification,true`,
    ],
    ["a row that is too short", `${head}\nFiji,1993-01-13`],
    ["an open quote", `${head}\n"Fiji,1993-01-13,,,false,Ratification,true`],
  ])("refused: %s", (_name, table) => {
    expect(() => parseAdherence(table)).toThrow(
      expect.objectContaining({ name: "AgreementError" }),
    );
  });
});
