import type { LogTerms } from "@standstill/agreement";
import type { Period } from "@standstill/evidence";
import type { ActivityTable } from "@standstill/evidence/activity";
import { contextOf, type LogContext } from "./context.ts";
import { untoldFlop } from "./coverage.ts";
import { type Lineage, lineageOf } from "./lineage.ts";
import { type LogicalRuns, logicalRunsOf } from "./logical-runs.ts";
import { type Strands, strandsOf } from "./strands.ts";

/** What checks of activity logs look at: the records, and the strands and runs that they make up, each drawn up when it is first asked for. */
export interface LogSubject extends LogContext {
  readonly strands: Strands;
  readonly lineage: Lineage;
  readonly runs: LogicalRuns;
  /** FLOP that could have been done in time of which nothing is told. */
  readonly untold: bigint;
}

/**
 * Activity logs under terms.
 *
 * @param span that is judged, where it is not all of the time that the logs are of: records outside of it still tell what names mean, and accuse nobody
 */
export function logSubjectOf(table: ActivityTable, terms: LogTerms, span?: Period): LogSubject {
  const context = contextOf(table, terms, span);
  let strands: Strands | undefined;
  let lineage: Lineage | undefined;
  let runs: LogicalRuns | undefined;
  let untold: bigint | undefined;
  return {
    ...context,
    get strands() {
      strands ??= strandsOf(context);
      return strands;
    },
    get lineage() {
      lineage ??= lineageOf(context);
      return lineage;
    },
    get untold() {
      untold ??= untoldFlop(context, context.span);
      return untold;
    },
    get runs() {
      runs ??= logicalRunsOf(context, this.strands, this.lineage);
      return runs;
    },
  };
}
