import type { Accelerator, Terms } from "@standstill/agreement";
import { HOUR_MS, parseQuantity } from "@standstill/record";
import type { State } from "@standstill/replay";
import type { Verdict } from "@standstill/verification";

/** What reports show of a stop: power against the agreed range of idling, and what could have been done all the same. */
export interface ShownStop {
  /** Entries of the newest report and of the verdict on it. */
  readonly report: number;
  readonly verdict: number;
  /** Whether that report shows idling: power within the agreed range, and no training that was declared after the trigger. */
  readonly isIdle: boolean;
  /**
   * Mean power of an accelerator with its share of the node, in W; `null` where no meter reported. Windows without a reading count as full
   * power, so that nobody idles by leaving them out.
   */
  readonly meanWatts: number | null;
  /** Share of windows without a reading, in millionths. */
  readonly missingMillionths: number;
  /** Highest agreed power of idling, the mean over the site's accelerators, in W. */
  readonly idleWatts: number;
  /**
   * Mean power of an accelerator in the report that the party named as its baseline, in W; `null` where it named none. What could have been done
   * above it, in FLOP as text with unit, is less than `couldHaveDone`, and holds only if nothing ran then either.
   */
  readonly baseline: { readonly watts: number; readonly couldHaveDone: string } | null;
  /** What these readings leave room for beside what was declared, and what the site could do at most; FLOP as text with unit. */
  readonly couldHaveDone: string;
  readonly capacity: string;
  /** Runs of training for a time after the stop that were declared after the trigger; what was planned before may have been left. */
  readonly training: readonly string[];
  /** Whole hours from the stop to the newest mark; and of these those in which reports show idling, and in which they do not. Nobody reported the rest. */
  readonly hours: { readonly since: number; readonly idle: number; readonly notIdle: number };
}

/** A stop that is asked about. */
interface AskedStop {
  /** Entry of the record with which the pause was triggered. */
  readonly trigger: number;
  /** From when on everything is to stand still; POSIX milliseconds. */
  readonly stop: number;
  /** Id of a report that the party named as its baseline. */
  readonly baseline: string | null;
}

/** What the judged reports of a site show that are about the time after a stop; `null` where there is none. */
export function shownBy(
  state: State,
  terms: Terms,
  site: string,
  { trigger, stop, baseline }: AskedStop,
): ShownStop | null {
  const after = judgedAfter(state, site, stop).map((one) =>
    measured(state, terms, site, one, trigger),
  );
  const newest = after.at(-1);
  if (newest === undefined) return null;
  const { account, power, idleWatts, training, kinds } = newest;
  const before = baseline === null ? undefined : powerIn(state, site, baseline, kinds);
  const { missing, all } = account.missingWindows;
  return {
    report: newest.report,
    verdict: newest.verdict,
    isIdle: newest.isIdle,
    meanWatts: power === undefined ? null : Math.round(power.mostJoules / power.acceleratorSeconds),
    missingMillionths: all === 0 ? 0 : Math.ceil((missing * 1_000_000) / all),
    idleWatts: Math.round(idleWatts),
    baseline:
      power === undefined || before === undefined
        ? null
        : aboveBaseline(power, before, idleWatts, {
            flopPerJoule: mostEfficient(kinds),
            capacity: parseQuantity(account.capacity.high, "FLOP"),
          }),
    couldHaveDone: account.unexplained.high,
    capacity: account.capacity.high,
    training,
    hours: {
      since: Math.floor(Math.max(0, state.clock.at - stop) / HOUR_MS),
      idle: hoursOf(after.filter(({ isIdle }) => isIdle)),
      notIdle: hoursOf(after.filter(({ isIdle }) => !isIdle)),
    },
  };
}

function hoursOf(reports: readonly { readonly milliseconds: number }[]): number {
  return Math.floor(reports.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / HOUR_MS);
}

interface JudgedReport {
  readonly id: string;
  /** Entries of the report and of the verdict on it. */
  readonly report: number;
  readonly verdict: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly account: Verdict["account"];
}

/** Judged reports of a site about periods from an instant on, in the order of their periods. */
function judgedAfter({ evidence, verdicts }: State, site: string, from: number): JudgedReport[] {
  return [...(evidence.reportsOf.get(site) ?? [])]
    .flatMap((id): JudgedReport[] => {
      const report = evidence.reports.get(id);
      const verdict = verdicts.verdicts.get(id);
      if (report === undefined || verdict === undefined) return [];
      const { start, end } = report.body.period;
      const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
      const { account } = verdict.body;
      return startMs < from
        ? []
        : [{ id, report: report.index, verdict: verdict.index, startMs, endMs, account }];
    })
    .sort((a, b) => a.startMs - b.startMs);
}

type Kind = Accelerator | undefined;

/** What one judged report says of standing still. */
function measured(
  state: State,
  terms: Terms,
  site: string,
  { id, report, verdict, startMs, endMs, account }: JudgedReport,
  trigger: number,
) {
  const nodes = state.evidence.sites.get(site)?.body.nodes ?? [];
  const kinds = nodes.map(({ accelerator }) =>
    terms.accelerators?.find((one) => one.id === accelerator),
  );
  const power = powerIn(state, site, id, kinds);
  const training = trainingIn(state, site, startMs, endMs, trigger);
  const idleWatts = idleWattsOf(nodes, kinds);
  return {
    report,
    verdict,
    account,
    power,
    training,
    idleWatts,
    kinds,
    milliseconds: endMs - startMs,
    isIdle:
      training.length === 0 &&
      power !== undefined &&
      power.mostJoules <= idleWatts * power.acceleratorSeconds,
  };
}

function trainingIn(
  { evidence }: State,
  site: string,
  startMs: number,
  endMs: number,
  trigger: number,
): string[] {
  return [...evidence.runs.values()]
    .filter(
      ({ index, body }) =>
        index > trigger &&
        body.site === site &&
        body.activity === "training" &&
        Date.parse(body.period.start) < endMs &&
        Date.parse(body.period.end) > startMs,
    )
    .map(({ body }) => body.run);
}

/** The mean over accelerators: a few that may idle at more do not speak for all. */
function idleWattsOf(
  nodes: readonly { readonly accelerators: number }[],
  kinds: readonly Kind[],
): number {
  const all = nodes.reduce((sum, one) => sum + one.accelerators, 0);
  const watts = nodes.reduce((sum, { accelerators }, i) => {
    const kind = kinds[i];
    const idle = kind === undefined ? 0 : Number(parseQuantity(kind.power.idle.high, "W"));
    return sum + accelerators * idle;
  }, 0);
  return all === 0 ? 0 : watts / all;
}

interface Power {
  /** What meters read, and the same with every window without a reading at full power. */
  readonly joules: number;
  readonly mostJoules: number;
  readonly acceleratorSeconds: number;
}

/** Energy of a judged report of a site, and the time that it is about; nothing where there is none. */
function powerIn(
  { evidence, verdicts }: State,
  site: string,
  id: string,
  kinds: readonly Kind[],
): Power | undefined {
  const report = evidence.reports.get(id)?.body;
  const account = verdicts.verdicts.get(id)?.body.account;
  const energy = account?.energy ?? null;
  if (report === undefined || report.site !== site || account === undefined || energy === null)
    return undefined;
  const nodes = evidence.sites.get(site)?.body.nodes ?? [];
  const counts = nodes.map((one) => one.accelerators);
  const accelerators = counts.reduce((sum, count) => sum + count, 0);
  if (accelerators === 0) return undefined;
  const seconds = (Date.parse(report.period.end) - Date.parse(report.period.start)) / 1000;
  const { missing, all } = account.missingWindows;
  // Which nodes they are of is not told: the largest ones, then, and the hungriest accelerators.
  const unread = all === 0 ? 0 : (missing / all) * nodes.length * Math.max(...counts);
  const fullWatts = kinds.reduce((most, kind) => {
    const watts = kind === undefined ? 0 : Number(parseQuantity(kind.power.full.high, "W"));
    return Math.max(most, watts);
  }, 0);
  const joules = Number(parseQuantity(energy, "J"));
  return {
    joules,
    mostJoules: joules + Math.min(accelerators, unread) * seconds * fullWatts,
    acceleratorSeconds: accelerators * seconds,
  };
}

/** A baseline above the agreed idling is none: it counts as the highest that was agreed. What it did not read lowers it. */
function aboveBaseline(
  { mostJoules, acceleratorSeconds }: Power,
  before: Power,
  idleWatts: number,
  { flopPerJoule, capacity }: { readonly flopPerJoule: bigint; readonly capacity: bigint },
): NonNullable<ShownStop["baseline"]> {
  const watts = Math.min(idleWatts, before.joules / before.acceleratorSeconds);
  const above = Math.max(0, Math.ceil(mostJoules - watts * acceleratorSeconds));
  const flop = BigInt(above) * flopPerJoule;
  return {
    watts: Math.round(watts),
    couldHaveDone: `${flop < capacity ? flop : capacity} FLOP`,
  };
}

function mostEfficient(kinds: readonly Kind[]): bigint {
  return kinds.reduce((most, kind) => {
    const one = kind === undefined ? 0n : parseQuantity(kind.efficiency.high, "FLOP/J");
    return one > most ? one : most;
  }, 0n);
}
