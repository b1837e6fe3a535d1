import type { CaseState } from "./case.ts";
import { caseProgress } from "./progress.ts";

/**
 * Verdicts whose findings a panel has cleared, by their ids: it found no violation, or accepted what the party did to make good. A case that its opener
 * took back, that a vote stopped or in which nobody ruled clears nothing.
 *
 * @param now POSIX milliseconds
 */
export function clearedVerdicts({ cases }: CaseState, now: number): ReadonlySet<string> {
  const cleared = new Set<string>();
  for (const one of cases.values()) {
    if (one.verdict === null) continue;
    const { phase, outcome } = caseProgress(one, now);
    const isCleared = outcome === "not-found" || outcome === "remedied";
    if (phase === "closed" && isCleared) cleared.add(one.verdict);
  }
  return cleared;
}
