import { type Decision, decide } from "./decide.ts";
import { Ledger } from "./ledger.ts";
import type { GateRules } from "./rules.ts";

/** A running job that has to stop, and why. */
export interface ToStop {
  readonly job: string;
  /** When it was let in; POSIX milliseconds. The newest are stopped first. */
  readonly since: number;
  readonly decision: Decision;
  /** Whether its time is out and nobody renewed it. */
  readonly isOver: boolean;
}

/**
 * Which running jobs have to stop under the rules as they are now, as after a change of mode: each is asked for the time that it has left, the
 * oldest first, so that those who came first keep what is left. Leases that ran out are among them.
 */
export function reviewOf(rules: GateRules, ledger: Ledger, now: number): ToStop[] {
  const oldestFirst = [...ledger.running.values()].sort(
    (a, b) => a.since - b.since || (a.request.job < b.request.job ? -1 : 1),
  );
  // What has run so far is done and counts; what is left has to find its place again.
  const kept = Ledger.of(ledger.toEvents());
  for (const { request } of oldestFirst) kept.apply({ kind: "end", at: now, job: request.job });
  const toStop = oldestFirst.flatMap(({ request, since, until }): ToStop[] => {
    const isOver = until <= now;
    const seconds = Math.max(1, Math.ceil((until - now) / 1000));
    const decision = decide(rules, kept, { ...request, seconds }, now);
    if (!isOver && decision.decision === "allow") {
      const flop = String(flopLeft(ledger, request.job, now));
      kept.apply({ kind: "reserve", at: now, until, flop, request });
      return [];
    }
    return [{ job: request.job, since, decision, isOver }];
  });
  return toStop.sort((a, b) => b.since - a.since || (a.job < b.job ? -1 : 1));
}

function flopLeft(ledger: Ledger, job: string, now: number): bigint {
  const held = ledger.running.get(job);
  if (held === undefined) return 0n;
  const { flop, since, until } = held;
  const all = BigInt(Math.max(1, until - since));
  return (flop * BigInt(Math.max(0, until - now))) / all;
}
