import { INDICATOR_NAMES, type Tripwire } from "@standstill/agreement";
import { decodeState, encodeState } from "@standstill/audit";
import { isRefusal } from "@standstill/record";
import { admit, replay, type State } from "@standstill/replay";
import { roundOf } from "@standstill/views";
import { describe, expect, it } from "vitest";
import { entriesOf, opening, said, terms } from "../../replay/test/world.ts";

const wire: Tripwire = {
  id: "horizon",
  indicator: "task-horizon-p50",
  worse: "above",
  watch: "100",
  trip: "400",
  by: "estimate",
  inARow: 1,
  measurers: 2,
  stale: { days: 30, level: "alert" },
  source: "Agreed.",
};
const withWire = () => {
  const base = replay(entriesOf(opening));
  const adopted = { ...base.agreement.terms, tripwires: [...(terms.tripwires ?? []), wire] };
  return { ...base, agreement: { ...base.agreement, terms: adopted } } as State;
};
const measure = (value: string, more: object = {}) => ({
  indicator: "task-horizon-p50",
  evidenceClass: "measurer",
  subject: "aster",
  period: { from: "2026-05-01", to: "2026-05-31" },
  method: { name: "metr-task-horizon", version: 1 },
  parameters: { weights: "invsqrt" },
  commitment: "ab".repeat(32),
  rows: 7000,
  result: { value, low: null, high: null, isBeyondInstrument: false },
  ...more,
});
const claim = {
  indicator: "task-horizon-p50",
  period: { from: "2026-05-01", to: "2026-05-31" },
  says: "exactly",
  value: "450",
  method: null,
  words: "We do long tasks.",
  source: "a post",
};
const play = (...acts: readonly (readonly [string, string, object])[]) => {
  const next = new Map<string, number>();
  return acts.reduce((state, [issuer, type, body]) => {
    const sequence = next.get(issuer) ?? 1;
    next.set(issuer, sequence + 1);
    const after = admit(state, said(issuer, type, sequence, body));
    if (isRefusal(after)) throw new Error(after.message);
    return after;
  }, withWire());
};
const level = (state: State) => roundOf(state).tripwires.find(({ id }) => id === "horizon")?.level;
const standing = (state: State) => roundOf(state).claims[0]?.standing;

describe("indicators of labs' own data, on the record", () => {
  it("trip by rule once enough measurers have them across, and set the fact that conditions ask", () => {
    const one = play(["aster", "indicator/measure", measure("500")]);
    expect([level(one), one.agreement.coalition.facts.tripwires.get("horizon")]).toEqual([
      ...["quiet", "quiet"],
    ]);
    const two = play(
      ["aster", "indicator/measure", measure("500")],
      ["borealis", "indicator/measure", measure("450")],
    );
    expect([level(two), two.agreement.coalition.facts.tripwires.get("horizon")]).toEqual([
      ...["tripped", "tripped"],
    ]);
    expect(level(withWire())).toBeNull();
  });

  it("grow stale by the record's marks alone", () => {
    const state = play(["aster", "indicator/measure", measure("50")]);
    const mark = (time: string) =>
      admit(state, said(terms.keeper.id, "time/mark", 1, { time }, { issuedAt: time })) as State;
    const facts = (after: State) => after.agreement.coalition.facts.tripwires.get("horizon");
    expect(facts(mark("2026-06-29T12:00:00.000Z"))).toBe("quiet");
    expect(facts(mark("2026-07-02T12:00:00.000Z"))).toBe("alert");
  });

  it("a claim is unsupported, then what others find of it; measurers that contradict each other are told", () => {
    const alone = [
      ["aster", "indicator/claim", claim],
      ["aster", "indicator/measure", measure("450")],
    ] as const;
    expect(standing(play(...alone))).toBe("unsupported");
    const same = play(...alone, ["borealis", "indicator/measure", measure("450")]);
    expect([standing(same), roundOf(same).disagreements]).toEqual(["reproduced", []]);
    const other = play(...alone, ["borealis", "indicator/measure", measure("300")]);
    expect(standing(other)).toBe("contradicted");
    expect(roundOf(other).disagreements.map(({ kind }) => kind)).toEqual(["same-input"]);
  });

  it("survive in a snapshot", () => {
    const state = play(
      ["aster", "indicator/claim", claim],
      ["aster", "indicator/measure", measure("450")],
    );
    const again = decodeState(encodeState(state));
    expect(roundOf(again).claims).toEqual(roundOf(state).claims);
    expect(roundOf(again).measured).toEqual(roundOf(state).measured);
  });

  it.each([
    ["a number with an exponent", measure("1e3")],
    [
      "a period that ends before it begins",
      measure("1", { period: { from: "2026-05-02", to: "2026-05-01" } }),
    ],
    ["an indicator nobody knows", measure("1", { indicator: "vibes" })],
    ["the rows themselves", measure("1", { input: "rows" })],
    ["no result", measure("1", { result: {} })],
  ])("refuses %s", (_name, body) => {
    expect(admit(withWire(), said("aster", "indicator/measure", 1, body))).toMatchObject({
      refused: "malformed-body",
    });
  });

  it("every indicator that terms can name can be measured", () => {
    for (const indicator of INDICATOR_NAMES) {
      const after = admit(
        withWire(),
        said("aster", "indicator/measure", 1, measure("1", { indicator })),
      );
      expect([indicator, isRefusal(after)]).toEqual([indicator, false]);
    }
  });
});
