import { HOUR_MS } from "@standstill/record";
import type { Change } from "../coalition/rules.ts";
import type { Coalition } from "../coalition/state.ts";
import type { Mode } from "../terms/mode.ts";
import type { Draft } from "../terms/terms.ts";

/** A stretch of time in which nothing changes about whether, and to what, a party is bound. It lasts until the next one begins. */
export interface BoundSpan {
  /** POSIX milliseconds. */
  readonly from: number;
  /** `null` where the party is not bound. */
  readonly mode: Mode | null;
  /** Entry of the record that began it; absent where time alone did. */
  readonly index: number | undefined;
  /** The mode that the party pledged, where a trigger raised it above that. */
  readonly raisedFrom: Mode | undefined;
}

/** Whether, and to what, a party was bound, from first to last, as the coalition's history tells; before the first span it was not. */
export function spansOf({ history }: Coalition, party: string): BoundSpan[] {
  const spans: BoundSpan[] = [];
  for (const { at, index, party: who, status, mode, raisedFrom } of history) {
    if (who !== party) continue;
    const last = spans.at(-1);
    const to = status === "bound" ? (mode ?? null) : null;
    // Of one instant the last word counts.
    if (last?.from === at) spans.pop();
    if ((spans.at(-1)?.mode ?? null) !== to) spans.push({ from: at, mode: to, index, raisedFrom });
  }
  return spans;
}

/** How a party was bound for the first time; `undefined` where it never was. */
export function firstBinding({ history }: Coalition, party: string): Change | undefined {
  return history.find((change) => change.party === party && change.status === "bound");
}

/** Whether a party was ever bound. */
export function wasEverBound(coalition: Coalition, party: string): boolean {
  return firstBinding(coalition, party) !== undefined;
}

/** A pause that binds a party. */
export interface PausedSince {
  /** From when on it binds it; POSIX milliseconds. */
  readonly since: number;
  /** Entry with which it began; `null` where time alone began it. */
  readonly index: number | null;
  /** Mode that would bind it without a trigger; absent where it pledged the pause itself. */
  readonly from: Mode | undefined;
  /** Hour at which everything stands still: the agreed time after the trigger, or at once. */
  readonly stop: number;
}

/**
 * The pause that a party is bound to by the last of its spans. Where a trigger raised it, what had begun may be ended in order until the agreed
 * hour after the trigger; who pledged a pause itself, or came after that hour, had its time before.
 *
 * @param spans of the party, up to the instant that is asked about
 */
export function pauseAt(
  { pause }: Pick<Draft, "pause">,
  { at, history }: Pick<Coalition, "at" | "history">,
  spans: readonly BoundSpan[],
): PausedSince {
  const last = spans.at(-1);
  if (last?.mode !== "pause") return { since: at, index: null, from: undefined, stop: at };
  const { from: since, index = null, raisedFrom } = last;
  const triggered = history.findLast(
    (change) => change.status === "triggered" && change.mode === "pause" && change.at <= since,
  );
  const before = spans.at(-2)?.mode ?? raisedFrom;
  const stop =
    raisedFrom === undefined || triggered === undefined || pause === undefined
      ? since
      : Math.max(since, triggered.at + pause.stopWithinHours * HOUR_MS);
  return { since, index, from: stop > since ? before : undefined, stop };
}
