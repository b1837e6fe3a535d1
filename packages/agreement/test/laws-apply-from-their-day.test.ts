import { readFileSync } from "node:fs";
import { dutiesOf, parseDraft, playHistory } from "@standstill/agreement";
import { describe, expect, it } from "vitest";

const agreement = (name: string) =>
  parseDraft(
    readFileSync(new URL(`../../../agreements/rules/${name}.yaml`, import.meta.url), "utf8"),
  );

describe("AI rules as they stand apply from their real day", () => {
  it.each([
    ["eu-ai-act", "2025-08-01", "2025-08-02"],
    ["sb-53", "2025-12-31", "2026-01-01"],
    ["raise", "2026-12-31", "2027-01-01"],
  ])("%s: not on %s, but on %s", (name, before, from) => {
    const terms = agreement(name);
    // A law binds whom it names without a pledge of theirs; it is played as if all had joined on the day of adoption.
    const named = terms.parties.map(({ id }) => ({
      party: id,
      kind: "law",
      deposited: terms.adopted,
      withdrawn: undefined,
    }));
    expect(playHistory(terms, named, before).bound.size).toBe(0);
    const then = playHistory(terms, named, from);
    expect(then.bound.size).toBe(terms.parties.length);
    for (const party of then.bound.keys()) expect(dutiesOf(terms, then, party)).not.toEqual([]);
  });

  it("the letter of 2023 never entered into force by any rule of its own", () => {
    expect(agreement("six-month-letter").entry).toBeUndefined();
  });

  it("the peer-conditional pledge binds three only together, and falls with the first who leaves", () => {
    const terms = agreement("peer-conditional-pledge");
    const made = (days: (string | undefined)[]) =>
      terms.parties.map(({ id }, i) => ({
        party: id,
        kind: "pledge",
        deposited: days[i],
        withdrawn: i === 0 ? "2026-12-01" : undefined,
      }));
    const two = made(["2026-07-01", "2026-08-01", undefined]);
    expect(playHistory(terms, two, "2026-11-01").bound.size).toBe(0);
    const three = made(["2026-07-01", "2026-08-01", "2026-09-01"]);
    expect(playHistory(terms, three, "2026-08-31").bound.size).toBe(0);
    expect(playHistory(terms, three, "2026-09-01").bound.size).toBe(3);
    expect(playHistory(terms, three, "2026-12-01").bound.size).toBe(0);
  });
});

it("duties follow the mode: a cap has its limit, a taper its schedule, a pause nothing at all", () => {
  const terms = parseDraft(
    readFileSync(new URL("../../../agreements/example.yaml", import.meta.url), "utf8"),
  );
  const instruments = terms.parties.map(({ id }) => ({
    party: id,
    kind: "pledge",
    deposited: "2026-06-04",
    withdrawn: undefined,
  }));
  const limitOn = (day: string, mode: "cap" | "taper" | "pause") => {
    const then = playHistory(terms, instruments, day);
    const raised = { ...then, bound: new Map([["aster", mode]]) };
    return dutiesOf(terms, raised, "aster")[0]?.limit;
  };
  expect(limitOn("2026-06-05", "cap")).toBe("2000000000000000000000 FLOP");
  expect(limitOn("2026-06-05", "taper")).toBe("2000000000000000000000 FLOP");
  expect(limitOn("2026-09-10", "taper")).toBe("1000000000000000000000 FLOP");
  expect(limitOn("2026-12-10", "taper")).toBe("500000000000000000000 FLOP");
  expect(limitOn("2026-09-10", "cap")).toBe("2000000000000000000000 FLOP");
  expect(limitOn("2026-06-05", "pause")).toBe("0 FLOP");
});
