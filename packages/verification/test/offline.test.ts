import { readBundle, siteEvidenceOffline } from "@standstill/evidence/bundle";
import {
  NO_SALT,
  offlineAnswer,
  type PeriodBalances,
  subjectOfBundle,
  testBalances,
  verdictOffline,
} from "@standstill/verification";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terms } from "./subjects.ts";

const dune = new URL("../../../agreements/example/dune", import.meta.url).pathname;

describe("a bundle that is judged offline", async () => {
  const bundle = await readBundle(dune);
  const evidence = siteEvidenceOffline(bundle, terms.window.milliseconds, NO_SALT);

  it("is bound to the mode that is supposed, all of its period, and has the feeds that its evidence has", () => {
    for (const mode of ["cap", "pause"] as const) {
      const { duties, feeds, period, beside } = subjectOfBundle(bundle, evidence, terms, mode);
      expect(duties.map((piece) => piece.mode)).toEqual([mode]);
      expect(duties).toMatchObject([period]);
      expect(feeds.map(({ kind }) => kind)).toEqual(["node-power"]);
      expect(beside.allRuns.map(({ run }) => run)).toEqual(bundle.runs);
    }
  });

  it("others' measurements count as theirs, and its own as its own, whatever they say of themselves", () => {
    const measured = {
      kind: "energy",
      meter: "gate",
      energy: "1 J",
      random: "0 J",
      systematic: "0 J",
    } as const;
    const body = { of: bundle.site.site, period: bundle.period, measured: [measured] };
    const handed = {
      ...bundle,
      measurements: [
        { by: bundle.party, body },
        { by: "nobody", body },
      ],
    };
    const { beside } = subjectOfBundle(handed, evidence, terms, "cap");
    expect(beside.measurements.map(({ feedClass }) => feedClass)).toEqual(["operator", "operator"]);
  });

  it("answers with each finding and gap of the verdict, under the id of the duty that it breaks", () => {
    const subject = subjectOfBundle(bundle, evidence, terms, "cap");
    const verdict = verdictOffline(subject);
    const answer = offlineAnswer(verdict, subject);
    expect(answer.verdict).toBe("anomalous");
    const count = (what: "findings" | "gaps") =>
      verdict.duties.reduce((sum, duty) => sum + duty[what].length, 0);
    expect([answer.findings.length, answer.gaps.length]).toEqual([
      count("findings"),
      count("gaps"),
    ]);
    for (const { obligation } of answer.findings)
      expect(answer.obligations.find(({ id }) => id === obligation)?.kept).toBe(false);
  });
});

describe("balances over many periods", () => {
  const balances = (losses: readonly number[], error: number): PeriodBalances => ({
    unit: "FLOP",
    falseAlarms: 0.05,
    systematic: undefined,
    significant: 10,
    periods: losses.map((lost) => ({
      name: undefined,
      begin: 0,
      increases: 100,
      decreases: 100 - lost,
      end: 0,
      errors: { begin: 0, increases: error, decreases: 0, end: 0 },
    })),
  });

  it("a loss beyond what would be noticed alarms, none does not, and errors alone decide what would be noticed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 20 }),
        (count, tenths) => {
          const error = tenths / 10;
          const none = testBalances(balances(Array(count).fill(0), error));
          expect(none.alarms).toBe(0);
          expect(none.isSmallEnough).toBe(none.leastDetectable <= 10);
          const lost = [...Array(count - 1).fill(0), 4 * none.leastDetectable];
          const found = testBalances(balances(lost, error));
          expect(found.alarms).toBeGreaterThan(0);
          expect(found.leastDetectable).toBe(none.leastDetectable);
          expect(found.periods.map(({ name }) => name)).toEqual(lost.map((_, i) => String(i + 1)));
        },
      ),
      { numRuns: 5 },
    );
  });

  it("errors of which no covariance follows are refused", () => {
    expect(() => testBalances(balances([0, 0], 0))).toThrow(RangeError);
  });
});
