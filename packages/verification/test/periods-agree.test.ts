import { limitsFor, randomFrom } from "@standstill/statistics";
import { accountOf, type EarlierPeriod, type Subject } from "@standstill/verification";
import { siteTerms } from "@standstill/verification/play";
import { describe, expect, it } from "vitest";
import { madeSubject, saidBy, terms } from "./subjects.ts";

const PERIODS = 12;
const OWN = 1_000_000;
/** Errors of a meter by chance: three thousandths. */
const SIGMA = 3000;
/** A subject in its twelfth period, whose own meters understate by a share in thousandths of their random error. */
function twelfth(seed: string, understated: number): Subject {
  const random = randomFrom(seed);
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random.below(1_000_000) / 1e6;
    return sum;
  };
  const subject = madeSubject([Array(40).fill(5000)]);
  const length = subject.period.endMs - subject.period.startMs;
  const at = (i: number) => {
    const startMs = subject.period.startMs - (PERIODS - 1 - i) * length;
    return { startMs, endMs: startMs + length };
  };
  const base = siteTerms(terms);
  const meters = { ...base.yardsticks?.meters, random: "0.0001", systematic: "0.0001" };
  const account = accountOf(subject);
  const own = (i: number) => (i === PERIODS - 1 ? Number(account.energyJoules) : OWN);
  const earlier = Array.from(
    { length: PERIODS - 1 },
    (_, i): EarlierPeriod => ({
      period: at(i),
      ownJoules: BigInt(OWN),
      missing: 0,
      all: 40,
    }),
  );
  const measurements = Array.from({ length: PERIODS }, (_, i) => {
    const share = 1 + ((normal() + understated / 1000) * SIGMA) / OWN;
    return {
      by: "other",
      feedClass: "independent" as const,
      period: at(i),
      measured: {
        kind: "energy" as const,
        meter: "other/utility",
        energy: `${Math.round(own(i) * share)} J`,
        random: `${Math.round((own(i) * SIGMA) / OWN)} J`,
        systematic: "0 J",
      },
    };
  });
  return {
    ...subject,
    terms: {
      ...base,
      yardsticks: {
        ...base.yardsticks,
        meters: meters as NonNullable<typeof meters> & { source: string },
      },
    },
    beside: { ...subject.beside, measurements, earlier },
  };
}

const alarmsIn = (cases: number, understated: number) => {
  let alarms = 0;
  for (let i = 0; i < cases; i++) {
    const subject = twelfth(`${understated} ${i}`, understated);
    if (saidBy("periods-agree", subject).findings.length > 0) alarms++;
  }
  return alarms;
};

describe("meters over twelve periods (CUMUF and Page's test of SITMUF)", () => {
  it("the agreed limits are those of the budget, rounded up", () => {
    const limits = limitsFor(PERIODS, Number(terms.goals.falseAlarmRate) / terms.parties.length);
    const agreed = siteTerms(terms).yardsticks?.meters?.periods;
    expect(Number(agreed?.cumulated) - limits.cumulated).toBeLessThan(0.001);
    expect(Number(agreed?.cumulated)).toBeGreaterThanOrEqual(limits.cumulated);
    expect(Number(agreed?.page) - limits.page.limit).toBeLessThan(0.001);
    expect(Number(agreed?.page)).toBeGreaterThanOrEqual(limits.page.limit);
  });

  it("honest meters alarm in the last period in fewer than one of a hundred cases", () => {
    expect(alarmsIn(500, 0)).toBeLessThanOrEqual(5);
  });

  it("what no period shows, a little more than one random error in each, shows on the whole", () => {
    expect(alarmsIn(100, 1500)).toBeGreaterThanOrEqual(95);
  });

  it("meters that claim no error, or one beyond all measure, end in an answer", () => {
    const subject = twelfth("claims", 3000);
    const base = subject.terms.yardsticks?.meters as NonNullable<
      NonNullable<typeof subject.terms.yardsticks>["meters"]
    >;
    for (const [random, systematic] of [
      ["0 J", "0 J"],
      ["0 J", `1${"0".repeat(39)} J`],
      [`1${"0".repeat(39)} J`, "0 J"],
    ] as const) {
      for (const own of ["0", "0.005", "1"]) {
        const measurements = subject.beside.measurements.map((one) => ({
          ...one,
          measured: { ...one.measured, random, systematic } as typeof one.measured,
        }));
        const one: Subject = {
          ...subject,
          terms: {
            ...subject.terms,
            yardsticks: {
              ...subject.terms.yardsticks,
              meters: { ...base, random: "0", systematic: own },
            },
          },
          beside: { ...subject.beside, measurements },
        };
        expect(JSON.stringify(saidBy("periods-agree", one))).not.toMatch(/NaN|Infinity/);
      }
    }
  });

  it("a new horizon begins anew: after twelve periods the thirteenth stands alone", () => {
    const subject = twelfth("horizon", 3000);
    const more = { ...subject.beside.earlier[0] } as EarlierPeriod;
    const beside = { ...subject.beside, earlier: [more, ...subject.beside.earlier] };
    const one = { ...subject, beside };
    expect(saidBy("periods-agree", subject).findings).toHaveLength(1);
    expect(saidBy("periods-agree", one).findings).toEqual([]);
  });
});
