import type { Run } from "@standstill/evidence";
import { namedIn } from "./lineage.ts";
import type { RunOnRecord, Subject } from "./subject.ts";

/** The runs of a subject's site as they stand on the record; offline nothing stands there, so they stand for themselves. */
export function recordedRuns(
  { beside, runs: own, party, site }: Subject,
  runs: readonly Run[] = own,
): RunOnRecord[] {
  const known = namedIn(beside.allRuns);
  // A run may stand there in parts.
  const each = [...new Map(runs.map((run) => [run.run, run])).values()];
  return each.map((run) => known.get(run.run) ?? { party, run, site, notBeforeMs: undefined });
}
