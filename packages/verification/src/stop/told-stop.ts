import type { Period } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";
import { type Account, accountOf } from "../account/index.ts";
import type { DutyChecked } from "../check-duties.ts";
import { isExempt } from "../checks/exempt.ts";
import { limitFor } from "../checks/held-to.ts";
import { type DutyInForce, dutyWithin } from "../duties-in-force.ts";
import { larger, smaller } from "../interval.ts";
import { recordedRuns } from "../recorded-runs.ts";
import { nodesOf, type Subject } from "../subject.ts";
import { within } from "../within.ts";
import { stopWords } from "../words/index.ts";
import { type Idling, idlingOf } from "./idling.ts";
import { isAfterStop, stopSpans } from "./stop-time.ts";

/** Whether a stop was kept; `not-shown` where these readings do not tell. */
export type StopValue = "kept" | "not-kept" | "not-shown";

/** What a verdict says of the time in which everything was to stand still. */
export interface ToldStop extends Period {
  readonly value: StopValue;
  /** Why, in one sentence. */
  readonly sentence: string;
  /** Mean power of an accelerator with its share of the node in W, unread windows at full power; nothing where no meter reported. */
  readonly watts: bigint | undefined;
  /** Highest agreed power of idling, the mean over the site's accelerators, in W. */
  readonly idleWatts: bigint;
  readonly missingWindows: { readonly missing: number; readonly all: number };
  /** Runs of training that were declared after the pause began for this time. */
  readonly training: readonly string[];
  /** FLOP that the readings leave room for beside what was declared, and what the site could do at most. */
  readonly couldHaveDone: bigint;
  readonly capacity: bigint;
  /** The same above the power of the period that the party named as its baseline: in W, and the FLOP above it. */
  readonly baseline: { readonly watts: bigint; readonly couldHaveDone: bigint } | undefined;
}

/**
 * Whether a stop was kept, by what the checks found of the duties that bring training to nothing: not kept where one has a finding in that
 * time, not shown where `stop-kept` has a gap, kept else. Nothing where no time of the period lies after the hour of a pause.
 */
export function toldStop(subject: Subject, checked: readonly DutyChecked[]): ToldStop | undefined {
  const stopping = checked.filter(
    ({ duty }) => duty.kind === "training-run-limit" && stopSpans(duty).length > 0,
  );
  const [first] = stopping;
  if (first === undefined) return undefined;
  const spans = stopSpans(first.duty);
  const broken = stopping
    .flatMap(({ findings }) => findings)
    .find(({ where }) => where !== undefined && spans.some((span) => isIn(where, span)));
  const open = stopping
    .flatMap(({ gaps }) => gaps)
    .find(({ code }) => code === "stop-not-shown" || code === "time-too-short");
  const measured = spans.map((span) => measure(subject, span));
  const power = measured.flatMap(({ idling }) => idling ?? []);
  const value = broken !== undefined ? "not-kept" : open !== undefined ? "not-shown" : "kept";
  const watts = meanWatts(power, ({ most }) => most);
  const idleWatts = idleWattsOf(subject);
  const isOwn = subject.feeds.every(({ feedClass }) => feedClass === "operator");
  const kept = stopWords.kept(`${watts ?? 0n} W`, `${idleWatts} W`, isOwn);
  return {
    startMs: spans[0]?.startMs ?? subject.period.startMs,
    endMs: spans.at(-1)?.endMs ?? subject.period.endMs,
    value,
    sentence: broken?.sentence ?? open?.sentence ?? kept,
    watts,
    idleWatts,
    missingWindows: {
      missing: power.reduce((sum, { missing }) => sum + missing, 0),
      all: power.reduce((sum, { all }) => sum + all, 0),
    },
    training: trainingIn(subject, first.duty),
    couldHaveDone: measured.reduce((sum, { account }) => sum + account.unexplained.high, 0n),
    capacity: measured.reduce((sum, { account }) => sum + account.capacity.high, 0n),
    baseline: aboveBaseline(subject, power, measured),
  };
}

interface Measured {
  readonly idling: Idling | undefined;
  readonly account: Account;
}

function measure(subject: Subject, span: Period): Measured {
  const part = within(subject, span);
  return { idling: idlingOf(part, () => true), account: accountOf(part) };
}

function isIn(one: Period, span: Period): boolean {
  return one.startMs < span.endMs && span.startMs < one.endMs;
}

/** Runs that are held to a limit of nothing at all where everything stands still. */
function trainingIn(subject: Subject, duty: DutyInForce): string[] {
  const after = duty.stretches.filter(isAfterStop);
  return recordedRuns(subject, [...subject.runs, ...subject.beside.lateRuns])
    .filter(
      (one) =>
        one.run.activity === "training" &&
        after.some((stretch) => limitFor(stretch, one) !== undefined) &&
        !isExempt(subject, dutyWithin(duty, subject.period), one),
    )
    .map(({ run }) => run.run);
}

function meanWatts(
  power: readonly Idling[],
  energyOf: (one: Idling) => bigint,
): bigint | undefined {
  const time = power.reduce((sum, { acceleratorMs }) => sum + acceleratorMs, 0n);
  if (time === 0n) return undefined;
  return rounded(
    power.reduce((sum, one) => sum + energyOf(one), 0n),
    time,
  );
}

/** The mean over accelerators: a few that may idle at more do not speak for all. */
function idleWattsOf(subject: Subject): bigint {
  let [watts, all] = [0n, 0n];
  for (const { accelerator, accelerators } of nodesOf(subject)) {
    watts += accelerators * parseQuantity(accelerator.power.idle.high, "W");
    all += accelerators;
  }
  return all === 0n ? 0n : rounded(watts, all);
}

/** A baseline above the agreed idling is none: it counts as the highest that was agreed. What it did not read lowers it. */
function aboveBaseline(
  subject: Subject,
  power: readonly Idling[],
  measured: readonly Measured[],
): ToldStop["baseline"] {
  const { baseline } = subject.beside;
  const nodes = nodesOf(subject);
  const accelerators = nodes.reduce((sum, one) => sum + one.accelerators, 0n);
  if (baseline === undefined || power.length === 0 || accelerators === 0n) return undefined;
  const time = power.reduce((sum, { acceleratorMs }) => sum + acceleratorMs, 0n);
  const before = accelerators * BigInt(baseline.period.endMs - baseline.period.startMs);
  const then = (baseline.ownJoules * 1000n * time) / before;
  const idle = power.reduce((sum, one) => sum + one.idle, 0n);
  const least = smaller(then, idle);
  const most = power.reduce((sum, one) => sum + one.most, 0n);
  const best = nodes.reduce(
    (highest, { accelerator }) =>
      larger(highest, parseQuantity(accelerator.efficiency.high, "FLOP/J")),
    0n,
  );
  const above = most > least ? (most - least + 999n) / 1000n : 0n;
  const capacity = measured.reduce((sum, { account }) => sum + account.capacity.high, 0n);
  const flop = above * best;
  return { watts: rounded(least, time), couldHaveDone: smaller(flop, capacity) };
}

function rounded(amount: bigint, by: bigint): bigint {
  return (amount + by / 2n) / by;
}
