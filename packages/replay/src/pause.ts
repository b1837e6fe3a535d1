import type { Accelerator, Coalition, Terms } from "@standstill/agreement";
import type { StopWords } from "@standstill/gate";
import { parseQuantity } from "@standstill/record";
import type { State } from "./state.ts";

/** What a report shows of a stop: power against the agreed range of idling, and what could have been done all the same. */
export interface ShownStop {
  /** Entries of the report and of the verdict on it. */
  readonly report: number;
  readonly verdict: number;
  /** Mean power of an accelerator with its share of the node, in W; `null` where no meter reported. */
  readonly meanWatts: number | null;
  /** Highest agreed power of idling, in W. */
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
}

/**
 * How far a site has come: nothing said; ready; said that it stopped; a report shows that it idles; a report shows that it does not.
 * `shown` rests on power and declarations: what it leaves open is in `couldHaveDone`.
 */
export type StopStanding = "waiting" | "ready" | "said" | "shown" | "running";

/** A site in a pause. */
export interface StoppingSite {
  readonly site: string;
  readonly party: string;
  readonly standing: StopStanding;
  /** Whether what was due by now is not there. */
  readonly isLate: boolean;
  readonly words: StopWords;
  readonly shown: ShownStop | null;
}

/** A pause that holds, from its trigger to the stop of each site. Instants are POSIX milliseconds. */
export interface Pause {
  readonly trigger: string;
  readonly since: number;
  /** Until when everybody is ready, has stopped, and has shown it; `null` where the agreement does not say. */
  readonly due: { readonly ready: number; readonly stop: number; readonly shown: number } | null;
  readonly sites: readonly StoppingSite[];
}

type Change = Coalition["history"][number];

const HOUR_MS = 3_600_000;

/** The pause that holds now, if one was triggered: each site of each bound party, and how far it has come. */
export function pauseOf(state: State): Pause | null {
  const { terms, coalition } = state.agreement;
  const triggers = (terms?.triggers ?? []).filter(
    ({ id, mode }) => mode === "pause" && coalition.triggered.has(id),
  );
  const change = coalition.history.findLast(
    ({ status, trigger }) => status === "triggered" && triggers.some(({ id }) => id === trigger),
  );
  if (terms === undefined || change?.trigger === undefined || coalition.ended !== undefined)
    return null;
  const since = change.at;
  const { pause } = terms;
  const due =
    pause === undefined
      ? null
      : {
          ready: since + pause.readyWithinHours * HOUR_MS,
          stop: since + pause.stopWithinHours * HOUR_MS,
          shown: since + pause.shownWithinHours * HOUR_MS,
        };
  const sites = [...state.evidence.sites]
    .filter(([, { party }]) => coalition.bound.has(party))
    .map(([site, { party }]) => stoppingSite(state, terms, site, party, change, due));
  return { trigger: change.trigger, since, due, sites };
}

function stoppingSite(
  state: State,
  terms: Terms,
  site: string,
  party: string,
  trigger: Change,
  due: Pause["due"],
): StoppingSite {
  const since = trigger.at;
  const last = state.gate.stops.get(site);
  const words: StopWords = {
    ready: last?.ready !== null && (last?.ready.at ?? 0) >= since ? (last?.ready ?? null) : null,
    done: last?.done !== null && (last?.done.at ?? 0) >= since ? (last?.done ?? null) : null,
  };
  const after = due?.stop ?? since;
  const shown = shownBy(state, terms, site, trigger, after, words.ready?.baseline ?? null);
  const standing = standingOf(words, shown);
  const now = state.clock.at;
  const isLate =
    due !== null &&
    ((now > due.ready && standing === "waiting") ||
      (now > due.stop && (standing === "ready" || standing === "waiting")) ||
      (now > due.shown && standing !== "shown"));
  return { site, party, standing, isLate, words, shown };
}

function standingOf({ ready, done }: StopWords, shown: ShownStop | null): StopStanding {
  if (shown !== null && shown.meanWatts !== null)
    return shown.training.length === 0 && shown.meanWatts <= shown.idleWatts ? "shown" : "running";
  if (done !== null) return "said";
  return ready === null ? "waiting" : "ready";
}

/** The newest judged report of a period that begins after the stop. */
function shownBy(
  state: State,
  terms: Terms,
  site: string,
  trigger: Change,
  stop: number,
  baseline: string | null,
): ShownStop | null {
  const { reports, reportsOf, runs, sites } = state.evidence;
  const nodes = sites.get(site)?.body.nodes ?? [];
  const id = [...(reportsOf.get(site) ?? [])].findLast((one) => {
    const start = reports.get(one)?.body.period.start;
    return start !== undefined && Date.parse(start) >= stop && state.verdicts.verdicts.has(one);
  });
  const report = id === undefined ? undefined : reports.get(id);
  const verdict = id === undefined ? undefined : state.verdicts.verdicts.get(id);
  if (report === undefined || verdict === undefined) return null;
  const { period } = report.body;
  const { account } = verdict.body;
  const [startMs, endMs] = [Date.parse(period.start), Date.parse(period.end)];
  const training = [...runs.values()]
    .filter(({ index }) => index > (trigger.index ?? 0))
    .map(({ body }) => body)
    .filter(
      (run) =>
        run.site === site &&
        run.activity === "training" &&
        Date.parse(run.period.start) < endMs &&
        Date.parse(run.period.end) > startMs,
    );
  const kinds = nodes.map(({ accelerator }) =>
    terms.accelerators?.find((one) => one.id === accelerator),
  );
  const idle = kinds.map((kind) =>
    kind === undefined ? 0 : Number(parseQuantity(kind.power.idle.high, "W")),
  );
  const power = powerIn(state, site, id as string);
  const before = baseline === null ? undefined : powerIn(state, site, baseline);
  return {
    ...{ report: report.index, verdict: verdict.index },
    meanWatts: power === undefined ? null : Math.round(power.joules / power.acceleratorSeconds),
    idleWatts: Math.max(0, ...idle),
    baseline:
      power === undefined || before === undefined
        ? null
        : aboveBaseline(power, before, Math.max(0, ...idle), {
            flopPerJoule: mostEfficient(kinds),
            capacity: parseQuantity(account.capacity.high, "FLOP"),
          }),
    ...{ couldHaveDone: account.unexplained.high, capacity: account.capacity.high },
    training: training.map(({ run }) => run),
  };
}

interface Power {
  readonly joules: number;
  readonly acceleratorSeconds: number;
}

/** Energy of a judged report of a site, and the time that it is about; nothing where there is none. */
function powerIn(state: State, site: string, id: string): Power | undefined {
  const { reports, sites } = state.evidence;
  const report = reports.get(id)?.body;
  const energy = state.verdicts.verdicts.get(id)?.body.account.energy ?? null;
  if (report === undefined || report.site !== site || energy === null) return undefined;
  const nodes = sites.get(site)?.body.nodes ?? [];
  const accelerators = nodes.reduce((sum, one) => sum + one.accelerators, 0);
  const seconds = (Date.parse(report.period.end) - Date.parse(report.period.start)) / 1000;
  if (accelerators === 0) return undefined;
  return {
    joules: Number(parseQuantity(energy, "J")),
    acceleratorSeconds: accelerators * seconds,
  };
}

/** A baseline above the agreed idling is none: it counts as the highest that was agreed. */
function aboveBaseline(
  { joules, acceleratorSeconds }: Power,
  before: Power,
  idleWatts: number,
  { flopPerJoule, capacity }: { readonly flopPerJoule: bigint; readonly capacity: bigint },
): NonNullable<ShownStop["baseline"]> {
  const watts = Math.min(idleWatts, before.joules / before.acceleratorSeconds);
  const above = Math.max(0, Math.ceil(joules - watts * acceleratorSeconds));
  const flop = BigInt(above) * flopPerJoule;
  return {
    watts: Math.round(watts),
    couldHaveDone: `${flop < capacity ? flop : capacity} FLOP`,
  };
}

function mostEfficient(kinds: readonly (Accelerator | undefined)[]): bigint {
  return kinds.reduce((most, kind) => {
    const one = kind === undefined ? 0n : parseQuantity(kind.efficiency.high, "FLOP/J");
    return one > most ? one : most;
  }, 0n);
}
