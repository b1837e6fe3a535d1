import type { StopWords } from "@standstill/gate";
import { HOUR_MS } from "@standstill/record";
import type { State } from "@standstill/replay";
import type { Verdict } from "@standstill/verification";

type ToldStop = NonNullable<Verdict["stop"]>;

/**
 * How far a site has come: nothing said; ready; said that it stopped; or what the newest verdict on time after the stop says: kept, not kept, not
 * shown. `kept` rests on power and declarations: what it leaves open is in `couldHaveDone`, and for how long it holds is in `hours`.
 */
export type StopStanding = "waiting" | "ready" | "said" | ToldStop["value"];

/** What verdicts say of the stop of a site. */
export interface ShownStop {
  /** Entries of the newest report on time after the stop, and of the verdict on it. */
  readonly report: number;
  readonly verdict: number;
  /** What that verdict says of the stop. */
  readonly stop: ToldStop;
  /** Whole hours from the stop to the newest mark; and of these those of which verdicts say each thing. Nobody reported the rest. */
  readonly hours: { readonly since: number } & { readonly [Value in ToldStop["value"]]: number };
}

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
    .map(([site, { party }]) => stoppingSite(state, site, party, since, due));
  return { trigger: change.trigger, since, due, sites };
}

function stoppingSite(
  state: State,
  site: string,
  party: string,
  since: number,
  due: Pause["due"],
): StoppingSite {
  const last = state.gate.stops.get(site);
  const words: StopWords = {
    ready: last?.ready !== null && (last?.ready.at ?? 0) >= since ? (last?.ready ?? null) : null,
    done: last?.done !== null && (last?.done.at ?? 0) >= since ? (last?.done ?? null) : null,
  };
  const shown = shownStop(state, site, due?.stop ?? since);
  const standing = standingOf(words, shown);
  const now = state.clock.at;
  const isLate =
    due !== null &&
    ((now > due.ready && standing === "waiting") ||
      (now > due.stop && (standing === "ready" || standing === "waiting")) ||
      (now > due.shown && standing !== "kept"));
  return { site, party, standing, isLate, words, shown };
}

function standingOf({ ready, done }: StopWords, shown: ShownStop | null): StopStanding {
  if (shown !== null) return shown.stop.value;
  if (done !== null) return "said";
  return ready === null ? "waiting" : "ready";
}

/** What verdicts on a site say of the time from an hour on; `null` where none does. */
function shownStop({ evidence, verdicts, clock }: State, site: string, from: number) {
  const told = [...(evidence.reportsOf.get(site) ?? [])]
    .flatMap((id): Omit<ShownStop, "hours">[] => {
      const [report, verdict] = [evidence.reports.get(id), verdicts.verdicts.get(id)];
      const stop = verdict?.body.stop ?? null;
      if (report === undefined || verdict === undefined || stop === null) return [];
      if (Date.parse(stop.end) <= from) return [];
      return [{ report: report.index, verdict: verdict.index, stop }];
    })
    .sort((a, b) => Date.parse(a.stop.start) - Date.parse(b.stop.start));
  const newest = told.at(-1);
  if (newest === undefined) return null;
  const hoursOf = (value: ToldStop["value"]) =>
    wholeHours(
      told
        .filter(({ stop }) => stop.value === value)
        .reduce((sum, { stop }) => sum + Date.parse(stop.end) - Date.parse(stop.start), 0),
    );
  const hours = {
    since: wholeHours(Math.max(0, clock.at - from)),
    kept: hoursOf("kept"),
    "not-kept": hoursOf("not-kept"),
    "not-shown": hoursOf("not-shown"),
  };
  return { ...newest, hours };
}

function wholeHours(milliseconds: number): number {
  return Math.floor(milliseconds / HOUR_MS);
}
