import type { Coalition, Terms } from "@standstill/agreement";
import type { StopWords } from "@standstill/gate";
import { HOUR_MS } from "@standstill/record";
import type { State } from "@standstill/replay";
import { type ShownStop, shownBy } from "./shown-stop.ts";

/**
 * How far a site has come: nothing said; ready; said that it stopped; its newest report shows that it idles; its newest report does not.
 * `shown` rests on power and declarations: what it leaves open is in `couldHaveDone`, and for how long it holds is in `hours`.
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
  const baseline = words.ready?.baseline ?? null;
  const shown = shownBy(state, terms, site, { trigger: trigger.index ?? 0, stop: after, baseline });
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
  if (shown !== null && shown.meanWatts !== null) return shown.isIdle ? "shown" : "running";
  if (done !== null) return "said";
  return ready === null ? "waiting" : "ready";
}
