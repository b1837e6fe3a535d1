import { millionths, parseQuantity } from "@standstill/record";
import { testPeriods } from "@standstill/statistics";
import {
  type CheckResult,
  contradiction,
  type EvidenceCheck,
  type FindingTold,
  silent,
} from "../finding.ts";
import { type EarlierPeriod, independently, type Subject } from "../subject.ts";
import { energy, recordWords } from "../words/index.ts";

/**
 * The operator's meters against another's over many periods: what no single period shows may show on the whole. Two tests share one
 * budget of false alarms for a horizon of periods, the cumulated difference (CUMUF) for what is lost at once and Page's test of
 * the independent residuals (SITMUF) for what is lost little by little. Both limits are in the agreement.
 */
export const periodsAgree: EvidenceCheck = {
  id: "periods-agree",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power"],
  accuses: true,
  underEvasion: "misled",
  run: (subject, account): CheckResult => {
    const yardstick = subject.terms.yardsticks?.meters;
    if (yardstick?.periods === undefined || account.energyJoules === undefined) return silent;
    const { horizon, cumulated, reference, page } = yardstick.periods;
    const now = {
      period: subject.period,
      ownJoules: account.energyJoules,
      ...account.missingWindows,
    };
    // Each horizon has its own budget and begins anew.
    const since = subject.beside.earlier.length - (subject.beside.earlier.length % horizon);
    const periods = [...subject.beside.earlier.slice(since), now];
    const findings: FindingTold[] = [];
    for (const meter of metersOf(subject)) {
      const read = periods.flatMap((one) => readTwice(subject, meter, one) ?? []);
      if (read.length < 2 || read.at(-1)?.startMs !== subject.period.startMs) continue;
      const tests = testPeriods(
        read.map(({ own, theirs }) => theirs - own),
        covarianceOf(read, yardstick),
        {
          cumulated: decimal(cumulated),
          page: { reference: decimal(reference), limit: decimal(page) },
        },
      );
      const last = tests.at(-1);
      if (last === undefined || last.alarms.length === 0) continue;
      const lost = read.reduce((sum, { own, theirs }) => sum + theirs - own, 0);
      const missing = energy(BigInt(Math.max(0, Math.floor(lost))));
      findings.push(
        contradiction(meter, recordWords.periodsDiffer(meter, read.length, missing), {
          numbers: {
            cumulated: `${last.cumulated.toFixed(2)} standard deviations, limit ${cumulated}`,
            page: `${last.page.toFixed(2)} standard deviations, limit ${page}`,
            periods: `${read.length}`,
          },
          where: { devices: [], startMs: read[0]?.startMs ?? 0, endMs: subject.period.endMs },
        }),
      );
    }
    return { findings, gaps: [] };
  },
};

const LEAST_OWN = 1e-6;

interface ReadTwice {
  readonly startMs: number;
  /** Energies in J. */
  readonly own: number;
  readonly theirs: number;
  readonly random: number;
  readonly systematic: number;
}

function metersOf(subject: Subject): string[] {
  return [...new Set(independently(subject, "energy").map(nameOf))].sort();
}

function nameOf({
  by,
  measured,
}: {
  readonly by: string;
  readonly measured: { readonly meter: string };
}) {
  return `${measured.meter} of ${by}`;
}

function readTwice(
  subject: Subject,
  meter: string,
  { period, ownJoules, missing, all }: EarlierPeriod,
): ReadTwice | undefined {
  const report = independently(subject, "energy").find(
    (one) =>
      nameOf(one) === meter &&
      one.period.startMs === period.startMs &&
      one.period.endMs === period.endMs,
  );
  if (report === undefined || missing >= all) return undefined;
  return {
    startMs: period.startMs,
    // Silent windows are taken to be like the others.
    own: (Number(ownJoules) * all) / (all - missing),
    theirs: Number(parseQuantity(report.measured.energy, "J")),
    random: Number(parseQuantity(report.measured.random, "J")),
    systematic: Number(parseQuantity(report.measured.systematic, "J")),
  };
}

/** Random errors of a period are its own; systematic ones of either meter are the same share in all periods. */
function covarianceOf(
  read: readonly ReadTwice[],
  errors: { readonly random: string; readonly systematic: string },
): Float64Array[] {
  const [random, systematic] = [decimal(errors.random), decimal(errors.systematic)];
  return read.map((a, i) =>
    Float64Array.from(read, (b, k) => {
      const common = a.own * b.own * systematic * systematic + a.systematic * b.systematic;
      if (i !== k) return common;
      // A joule and a millionth of what is common, so that meters which claim no chance at all leave a covariance all the same.
      return common * (1 + LEAST_OWN) + a.own * a.own * random * random + a.random * a.random + 1;
    }),
  );
}

function decimal(text: string): number {
  return Number(millionths(text)) / 1e6;
}
