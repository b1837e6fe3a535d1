import { readFileSync } from "node:fs";
import {
  type Coalition,
  type Draft,
  dayOf,
  type HistoricFact,
  type Instrument,
  parseDraft,
  playHistory,
  treatyEntryOf,
} from "@standstill/agreement";
import { parseAdherence } from "@standstill/evidence/formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const LAST = "2026-11-01";

interface Treaty {
  readonly terms: Draft;
  readonly instruments: Instrument[];
}

function treaty(name: string): Treaty {
  const terms = parseDraft(read(`agreements/treaties/${name}.yaml`));
  const instruments = parseAdherence(read(`data/treaties/${name}.csv`));
  return { terms, instruments };
}

function on({ terms, instruments }: Treaty, day: string, facts: HistoricFact[] = []): Coalition {
  return playHistory(terms, instruments, day, facts);
}

/** States bound; organisations are counted with their members. */
function statesOn(one: Treaty, day: string, facts: HistoricFact[] = []): string[] {
  const organisations = one.terms.parties.filter((party) => party.countedWithMembers === true);
  return [...on(one, day, facts).bound.keys()].filter(
    (party) => !organisations.some(({ id }) => id === party),
  );
}

function milestones(coalition: Coalition) {
  const dayOfFirst = (status: string) => {
    const change = coalition.history.find((one) => one.status === status);
    return change === undefined ? undefined : dayOf(change.at);
  };
  return { conditionMet: dayOfFirst("condition-met"), inForce: dayOfFirst("in-force") };
}

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
      const one = treaty(name);
      expect(milestones(on(one, inForce))).toEqual({ conditionMet, inForce });
      expect(statesOn(one, inForce)).toHaveLength(bound);
      const eve = new Date(Date.parse(inForce) - 86_400_000).toISOString().slice(0, 10);
      expect(on(one, eve).bound.size).toBe(0);
    },
  );

  it("the test-ban treaty never did: 36 of 44 named states, 35 after a ratification was revoked", () => {
    const one = treaty("ctbt");
    expect(milestones(on(one, LAST))).toEqual({ conditionMet: undefined, inForce: undefined });
    const named = one.terms.groups?.[0]?.parties ?? [];
    const ratified = (day: string) =>
      named.filter((party) => on(one, day).standings.get(party)?.status === "offered").length;
    expect(named).toHaveLength(44);
    expect([ratified("2023-11-02"), ratified("2023-11-03")]).toEqual([36, 35]);
  });
});

describe("per state, the day that the depositary printed", () => {
  it.each([
    ["paris", 196, 196],
    ["kyoto", 191, 193],
  ])("%s: %i of %i", (name, agreeing, all) => {
    const one = treaty(name);
    const { history } = on(one, LAST);
    const rows = read(`data/treaties/${name}.csv`).trim().split("\n");
    const column = (rows[0] as string).split(",").indexOf("in_force");
    // The first eleven columns hold no quoted commas but in the state's name.
    const printed = rows
      .slice(1)
      .map((row) => row.replace(/^"[^"]*"/, "x").split(",")[column] as string);
    const same = one.instruments.filter(
      ({ party }, i) =>
        printed[i] !== "" &&
        history.some(
          (change) =>
            change.party === party && change.status === "bound" && dayOf(change.at) === printed[i],
        ),
    );
    expect(printed.filter((day) => day !== "")).toHaveLength(all);
    expect(same).toHaveLength(agreeing);
  });
});

describe("how a treaty stands on a day", () => {
  it("is told of the day of its entry into force, where no other is asked, and that a joining too late did not meet the condition", () => {
    const { terms, instruments } = treaty("paris");
    const entry = treatyEntryOf(terms, instruments);
    expect(entry).toMatchObject({
      conditionMet: "2016-10-05",
      inForce: "2016-11-04",
      at: "2016-11-04",
      condition: { met: true },
    });
    expect(entry.bound).toHaveLength(73);
    const before = treatyEntryOf(terms, instruments, "2016-10-04");
    expect(before).toMatchObject({ at: "2016-10-04", bound: [], condition: { met: false } });
    expect(before.joined).toBeGreaterThan(50);
  });

  it("a treaty that never entered into force is told of its last deposit", () => {
    const { terms, instruments } = treaty("ctbt");
    const days = instruments.flatMap(({ deposited }) => deposited ?? []).sort();
    const entry = treatyEntryOf(terms, instruments);
    expect(entry).toMatchObject({ inForce: null, conditionMet: null, at: days.at(-1), bound: [] });
    expect(treatyEntryOf(terms, []).at).toBe("1970-01-01");
  });
});

describe("what the texts teach", () => {
  it("Paris: counting the European Union's own share as well would have met the condition sooner", () => {
    const one = treaty("paris");
    const { terms } = one;
    expect(terms.parties.find(({ countedWithMembers }) => countedWithMembers)?.id).toBe(
      "european-union",
    );
    const table = terms.weights?.[0] as NonNullable<Draft["weights"]>[number];
    // Had the Union been party by itself, with its 12.10 %, when the count was met two weeks earlier:
    const doubled: Draft = {
      ...terms,
      parties: terms.parties.map(({ countedWithMembers: _, ...party }) => party),
      weights: [{ ...table, total: "11210", of: { ...table.of, "european-union": "1210" } }],
    };
    const early = one.instruments.map((row) =>
      row.party === "european-union" ? { ...row, deposited: "2016-09-21" } : row,
    );
    const met = (all: Draft, rows: Instrument[]) =>
      milestones(playHistory(all, rows, LAST)).conditionMet;
    expect(met(terms, early)).toBe("2016-10-05");
    expect(
      met(
        { ...doubled, weights: [{ ...table, of: { ...table.of, "european-union": "1210" } }] },
        early,
      ),
    ).toBe("2016-09-21");
  });

  it("Paris: a state that left and came back is bound, unbound and bound again", () => {
    const one = treaty("paris");
    const bound = (day: string) => on(one, day).bound.has("usa");
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
    const one = treaty("kyoto");
    const before = statesOn(one, "2012-12-14");
    const after = statesOn(one, "2012-12-15");
    expect(before.filter((party) => !after.includes(party))).toEqual(["can"]);
    expect(on(one, LAST).ended).toBeUndefined();
  });

  it("the prohibition treaty and the chemical weapons convention start later joiners' clocks on different days", () => {
    const between = ({ instruments }: Treaty, after: string, until: string) =>
      instruments.filter(
        ({ deposited }) => deposited !== undefined && deposited > after && deposited <= until,
      );
    const tpnw = treaty("tpnw");
    const joined = between(tpnw, "2020-10-24", "2021-01-22");
    const then = on(tpnw, "2021-01-22");
    expect(joined.length).toBeGreaterThan(0);
    expect(joined.filter(({ party }) => then.bound.has(party))).toEqual([]);
    const cwc = treaty("cwc");
    const waiting = between(cwc, "1996-10-31", "1997-04-29");
    const bound = on(cwc, "1997-04-29").bound;
    expect(waiting.filter(({ party }) => !bound.has(party))).toEqual([]);
  });

  it("INF was suspended, then ended by one side; New START was extended, suspended and expired", () => {
    const inf = treaty("inf");
    const suspended = [
      { day: "2019-02-02", suspends: "usa" },
      { day: "2019-02-02", suspends: "sun" },
    ];
    expect(on(inf, "2019-02-01", suspended).bound.size).toBe(2);
    expect(
      [...on(inf, "2019-02-02", suspended).standings.values()].map(({ status }) => status),
    ).toEqual(["suspended", "suspended"]);
    expect(on(inf, "2019-08-02", suspended).standings.get("usa")?.status).toBe("withdrawn");
    expect(on(inf, "2019-08-01").bound.size).toBe(2);
    const start = treaty("new-start");
    const facts = [
      { day: "2021-02-03", rules: "extension-agreed" },
      { day: "2023-02-21", suspends: "rus" },
    ];
    expect(on(start, "2021-02-05").ended?.how).toBe("expired");
    expect(on(start, "2021-02-05", facts).ended).toBeUndefined();
    expect([...on(start, "2023-02-21", facts).bound.keys()]).toEqual(["usa"]);
    expect(on(start, "2026-02-04", facts).ended).toBeUndefined();
    expect(on(start, "2026-02-05", facts).bound.size).toBe(0);
    expect(on(start, "2026-02-05", facts).ended?.how).toBe("expired");
  });
});

describe("the agreements' parties are those of the tables", () => {
  it.each(["paris", "kyoto", "cwc", "ctbt", "npt", "tpnw", "inf", "new-start"])("%s", (name) => {
    const { terms, instruments } = treaty(name);
    expect(new Set(terms.parties.map(({ id }) => id))).toEqual(
      new Set(instruments.map(({ party }) => party)),
    );
  });
});

describe("laws of entry into force", () => {
  const { terms } = treaty("tpnw");
  const few: Draft = {
    ...terms,
    entry: { ...(terms.entry as NonNullable<Draft["entry"]>), when: { kind: "count", atLeast: 3 } },
  };
  const names = terms.parties.slice(0, 12).map(({ id }) => id);
  const day = fc
    .integer({ min: 0, max: 4000 })
    .map((n) => new Date(Date.UTC(2017, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
  const instruments = fc.array(fc.option(day, { nil: undefined }), { maxLength: 11 }).map((days) =>
    days.map(
      (deposited, i): Instrument => ({
        party: names[i] as string,
        kind: "Ratification",
        deposited,
        withdrawn: undefined,
      }),
    ),
  );
  const END = "2040-01-01";

  it("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(instruments, (rows) => {
        const forwards = playHistory(few, rows, END);
        const backwards = playHistory(few, [...rows].reverse(), END);
        expect(milestones(backwards)).toEqual(milestones(forwards));
        expect(new Map([...backwards.standings].sort())).toEqual(
          new Map([...forwards.standings].sort()),
        );
      }),
    );
  });

  it("one more instrument never makes it later", () => {
    fc.assert(
      fc.property(instruments, day, (rows, deposited) => {
        const before = milestones(playHistory(few, rows, END)).inForce;
        const more = [
          ...rows,
          { party: names[11] as string, kind: "Ratification", deposited, withdrawn: undefined },
        ];
        const after = milestones(playHistory(few, more, END)).inForce;
        if (before !== undefined) expect((after as string) <= before).toBe(true);
      }),
    );
  });

  it("nobody is bound before it is in force, nor before its own deposit", () => {
    fc.assert(
      fc.property(instruments, (rows) => {
        const { history, inForceAt } = playHistory(few, rows, END);
        for (const change of history) {
          if (change.status !== "bound") continue;
          const { deposited } = rows.find(({ party }) => party === change.party) as Instrument;
          expect(change.at).toBeGreaterThanOrEqual(inForceAt as number);
          expect(dayOf(change.at) >= (deposited as string)).toBe(true);
        }
      }),
    );
  });
});
