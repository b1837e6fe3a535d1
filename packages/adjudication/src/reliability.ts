import { DAY_MS } from "@standstill/record";
import type { Case } from "./case.ts";
import { caseProgress } from "./progress.ts";

/** What became of the cases that somebody opened. */
export interface Reliability {
  readonly opened: number;
  /** Still running. */
  readonly open: number;
  readonly found: number;
  /** Ended without a violation: not found, lapsed, stopped by a vote, or taken back. */
  readonly unfounded: number;
}

/** The record of whoever opened cases, by name: a party that doubts without reason is seen to. */
export function reliabilityOf(cases: Iterable<Case>, now: number): Map<string, Reliability> {
  const found = new Map<string, Reliability>();
  for (const one of cases) {
    if (one.openedBy === null) continue;
    const before = found.get(one.openedBy) ?? { opened: 0, open: 0, found: 0, unfounded: 0 };
    const kind = kindOf(one, now);
    found.set(one.openedBy, { ...before, opened: before.opened + 1, [kind]: before[kind] + 1 });
  }
  return found;
}

function kindOf(one: Case, now: number): "open" | "found" | "unfounded" {
  if (one.rulings.some(({ violation }) => violation === "remedied")) return "found";
  const { phase, outcome } = caseProgress(one, now);
  if (outcome === "found" || outcome === "unremedied") return "found";
  return phase === "closed" || phase === "appeal-open" ? "unfounded" : "open";
}

const YEAR_MS = 365 * DAY_MS;

/** Cases that a party opened within a year before an instant and that found nothing so far. */
export function unfoundedInAYear(cases: Iterable<Case>, party: string, now: number): number {
  let count = 0;
  for (const one of cases)
    if (one.openedBy === party && one.openedAt > now - YEAR_MS && kindOf(one, now) !== "found")
      count++;
  return count;
}
