import { randomFrom } from "@standstill/statistics";
import {
  accountOf,
  checks,
  runChecks,
  type Subject,
  testSynchrony,
} from "@standstill/verification";
import { honestSite, type PlayedSite, siteTerms } from "@standstill/verification/play";
import { beforeAll, describe, expect, it } from "vitest";
import { scaled, seed } from "../../../tests/support/scale.ts";
import { saidBy, terms } from "./subjects.ts";

const options = { nodes: 8, windows: 1440, windowMs: 60_000, terms: siteTerms(terms) };
const DAYS = scaled(250);
const MONTHS = scaled(10);

function findingsOf(subject: Subject): string[] {
  return runChecks(subject).findings.map(({ check, detail }) => `${check}: ${detail}`);
}

/** So many or fewer of `n` are likely enough (more than one in a thousand) where each has the probability `p`: mean and three sigma. */
function mostLikely(n: number, p: number): number {
  return Math.floor(n * p + 3.1 * Math.sqrt(n * p * (1 - p)));
}

describe(`${DAYS} honest days of made-up sites of eight nodes`, () => {
  /** What each day is accused of. */
  const accused: string[] = [];
  /** Probabilities that the synchrony test gives two in five of them. */
  const shares: number[] = [];
  /** By how much its own energy and the other meter's differ, in standard deviations of that meter. */
  const differences: number[] = [];
  beforeAll(() => {
    // One day is made after the other, so that memory does not bound their number.
    for (let i = 0; i < DAYS; i++) {
      const site = honestSite(`${seed}: day ${i}`, options);
      const found = findingsOf(site.subject);
      if (found.length > 0) accused.push(`${i} ${found.join("; ")}`);
      if (i < scaled(100)) shares.push(synchronyOf(site, i));
      differences.push(differenceOf(site.subject));
    }
  }, 7_200_000);

  it("are accused no more often than the agreement allows", () => {
    // The rate is for all parties together; a site has one party's share of it.
    const share = Number(terms.goals.falseAlarmRate) / terms.parties.length;
    expect(accused.length, accused.join("\n")).toBeLessThanOrEqual(mostLikely(DAYS, share));
  });

  it("give every probability of the synchrony test as often as it says", () => {
    expect(largestDistance(shares)).toBeLessThan(1.95 / Math.sqrt(shares.length));
  });

  it("differ from the other meter as a normal distribution does", () => {
    // Silent windows, a few thousandths of the energy, move the middle by less than half a standard deviation.
    const middle = [...differences].sort((a, b) => a - b)[DAYS >> 1] as number;
    expect(Math.abs(middle)).toBeLessThan(0.75);
    const beyond = differences.filter((one) => Math.abs(one - middle) > 1.96).length;
    expect(beyond).toBeLessThanOrEqual(mostLikely(DAYS, 0.05));
    expect(beyond).toBeGreaterThan(DAYS / 50);
  });
});

/** Servers of one site share the time of day and nothing else. */
function synchronyOf({ columns, serving }: PlayedSite, day: number): number {
  const result = testSynchrony(columns.power, serving, 0, 1440, 0, 99, randomFrom(`${day}`));
  if (typeof result === "string") throw new Error(result);
  return (result.reached + 1) / (result.shifts + 1);
}

function differenceOf(subject: Subject): number {
  const own = Number(accountOf(subject).energyJoules);
  const [report] = subject.beside.measurements;
  if (report?.measured.kind !== "energy") throw new Error("expected a meter");
  const theirs = Number(report.measured.energy.split(" ")[0]);
  return (theirs - own) / (own / 200);
}

/** Kolmogorov's statistic against the even distribution; above 1.95 divided by the root of the number in one of a thousand cases. */
function largestDistance(shares: readonly number[]): number {
  const sorted = [...shares].sort((a, b) => a - b);
  return Math.max(
    ...sorted.map((share, i) =>
      Math.max((i + 1) / sorted.length - share, share - 0.01 - i / sorted.length),
    ),
  );
}

describe(`${MONTHS} honest months of made-up sites of eight nodes`, () => {
  it("are accused no more often than the agreement allows", () => {
    const accused: string[] = [];
    for (let i = 0; i < MONTHS; i++) {
      const { subject } = honestSite(`${seed}: month ${i}`, { ...options, windows: 43_200 });
      const found = findingsOf(subject);
      if (found.length > 0) accused.push(`${i} ${found.join("; ")}`);
    }
    const share = Number(terms.goals.falseAlarmRate) / terms.parties.length;
    expect(accused.length, accused.join("\n")).toBeLessThanOrEqual(mostLikely(MONTHS, share));
  }, 7_200_000);
});

describe("sites with nothing but trouble", () => {
  it("every check gives an answer, never NaN, for each feed missing, empty or still", () => {
    const { subject } = honestSite("trouble", { ...options, windows: 240 });
    const { counters, windows } = subject.evidence;
    const still = counters.map((one) => ({ ...one, values: one.values.map(() => 7) }));
    const silent = counters.map((one) => ({ ...one, readings: one.readings.map(() => 0) }));
    const evidences = [
      ...counters.map((_, i) => counters.filter((_one, k) => k !== i)),
      ...[
        still,
        silent,
        [],
        counters.map((one) => ({ ...one, devices: one.devices.map((d) => `${d}x`) })),
      ],
    ].flatMap((some) =>
      [windows, undefined].map((power) => ({
        ...subject.evidence,
        counters: some,
        windows: power,
      })),
    );
    for (const evidence of evidences) {
      for (const runs of [subject.runs, []]) {
        const one = { ...subject, evidence, runs };
        // Checks of logs have laws of their own: here is no log.
        for (const { id } of checks.filter((check) => !check.of.startsWith("log"))) {
          const text = JSON.stringify(saidBy(id, one));
          expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
        }
      }
    }
  });
});
