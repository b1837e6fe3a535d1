import { emptyCounter, type Windows } from "@standstill/evidence";
import { randomFrom } from "@standstill/statistics";
import { assess, checks, judge, type Measurement, type Subject } from "@standstill/verification";
import { honestSite, injected, siteEvasions, siteTerms } from "@standstill/verification/play";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { boundTo, madeSubject, saidBy, terms } from "./subjects.ts";

const agreed = siteTerms(terms);
const site = honestSite("played", { nodes: 5, windows: 96, windowMs: 60_000, terms: agreed });

/** A site under terms in which so much work matters. */
function mattering(subject: Subject, flop: bigint): Subject {
  const goals = { ...agreed.goals, significantQuantity: `${flop} FLOP` };
  return boundTo(subject, { ...agreed, goals });
}

/** The subject with so many runs of others on record, and how often any of its record was looked at since. */
function counted(subject: Subject, runs: number): { subject: Subject; looks: () => number } {
  let looks = 0;
  const counting = <Held extends object>(held: Held): Held =>
    new Proxy(held, {
      get(target, key, receiver) {
        looks++;
        return Reflect.get(target, key, receiver);
      },
    });
  const { site, runs: own } = subject;
  const allRuns = counting(
    own.flatMap((run) =>
      Array.from({ length: runs }, (_, i) => ({
        party: "other",
        site,
        run: { ...run, run: `other/${i}` },
        notBeforeMs: undefined,
      })),
    ),
  );
  return {
    subject: { ...subject, beside: counting({ ...subject.beside, allRuns }) },
    looks: () => looks,
  };
}

/** Three nodes that idle for eight minutes, where nothing that counts is declared. */
const quiet = (() => {
  const random = randomFrom("quiet");
  const watts = Array.from({ length: 3 }, () =>
    Array.from({ length: 120 }, () => 1980 + random.below(20)),
  );
  return mattering(madeSubject(watts, { activity: "other" }), 10n ** 19n);
})();

describe("assurance", () => {
  it("looks at no record, whether it holds 4,000 runs more or none", () => {
    const [few, many] = [counted(quiet, 0), counted(quiet, 4000)];
    expect(assess(many.subject)).toEqual(assess(few.subject));
    expect([few.looks(), many.looks()]).toEqual([0, 0]);
    // The counter counts: the verdict does look.
    judge(many.subject);
    expect(many.looks()).toBeGreaterThan(0);
  });

  const { devices, count, startMs, windowMs } = quiet.evidence.windows as Windows;
  const idle = emptyCounter("tensor-activity", devices, { startMs, windowMs, count });
  idle.readings.fill(1);
  const meter: Measurement = {
    by: "other",
    feedClass: "independent",
    period: quiet.period,
    measured: {
      kind: "energy",
      meter: "other/utility",
      energy: "0 J",
      random: "0 J",
      systematic: "0 J",
    },
  };
  it.each([
    ["counters", { evidence: { ...quiet.evidence, counters: [idle] } }],
    ["meters of others", { beside: { ...quiet.beside, measurements: [meter] } }],
  ])("is not raised by %s, which no cheat is played into", (_, more) => {
    expect(assess({ ...quiet, ...more })).toEqual(assess(quiet));
  });

  it("against a forger rests on no feed but those that are not its own", () => {
    const forgerOf = (power: "operator" | "independent") =>
      assess({
        ...quiet,
        feeds: [
          { kind: "node-power", feedClass: power },
          { kind: "counters", feedClass: "independent" },
        ],
      }).filter(({ adversary }) => adversary === "writes-own-readings");
    for (const { probability } of forgerOf("operator"))
      expect(probability).toEqual({ low: 0, high: 0 });
    expect(forgerOf("independent").some(({ probability }) => (probability?.low ?? 0) > 0)).toBe(
      true,
    );
  });
});

describe("a check that is not run again when an evasion is played in", () => {
  const others = checks.filter(
    (check) =>
      check.accuses &&
      (check.of === "duty" || (check.of === "evidence" && check.underEvasion === undefined)),
  );

  it.each(others.map(({ id }) => id))("%s finds the same with it and without", (id) => {
    const played = fc.record({
      seed: fc.string(),
      inject: fc.constantFrom(...Object.values(injected)),
      before: fc.constantFrom(undefined, ...siteEvasions),
      nodes: fc.integer({ min: 1, max: 5 }),
      windows: fc.integer({ min: 8, max: 96 }),
      digits: fc.integer({ min: 15, max: 19 }),
    });
    fc.assert(
      fc.property(played, ({ seed, inject, before, nodes, windows, digits }) => {
        const made = before?.commit(site, randomFrom(seed), 1) ?? site;
        const subject = mattering(made.subject, 10n ** BigInt(digits));
        const cheated = inject(subject, { nodes, windows }, randomFrom(seed));
        fc.pre(cheated !== undefined);
        if (cheated === undefined) return;
        expect(saidBy(id, cheated).findings).toEqual(saidBy(id, subject).findings);
      }),
      { numRuns: scaled(20) },
    );
  });
});
