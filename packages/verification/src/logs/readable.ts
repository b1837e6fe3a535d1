import type { ActivityTable } from "@standstill/evidence/activity";
import { type GapTold, gap } from "../finding.ts";
import { logWords } from "../words/index.ts";

/** The gap that text leaves in which no line is a record: it is no log, and tells of nothing. An empty log is one that tells of nothing. */
export function notALog({ count, setAside }: ActivityTable): GapTold | undefined {
  if (count > 0 || setAside.count === 0) return undefined;
  const reason = setAside.first[0]?.reason ?? "no line of it is a record";
  return gap(
    "log-unreadable",
    logWords.unreadable(`no line of it is a record; the first: ${reason}`),
  );
}
