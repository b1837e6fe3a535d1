import type { AgreementState } from "@standstill/agreement";
import type { EvidenceState } from "@standstill/evidence";
import type { AppendList, Clock, Mark } from "@standstill/record";
import type { VerdictState } from "../reducer.ts";

/** What verdicts are computed from, as far as the record has come; the state of a replay has it. */
export interface OnRecord {
  readonly agreement: AgreementState;
  readonly evidence: EvidenceState;
  readonly verdicts: VerdictState;
  /** What was last said of stopping at each site. */
  readonly gate: {
    readonly stops: {
      readonly get: (site: string) =>
        | {
            readonly ready: {
              /** Instant of the mark before it, in POSIX milliseconds. */
              readonly at: number;
              /** Id of the report in which the site idled, if the party named one. */
              readonly baseline: string | null;
            } | null;
          }
        | undefined;
    };
  };
  /** What time it is by the record's own marks. */
  readonly clock: Clock;
  /** Every mark, oldest first. */
  readonly marks: AppendList<Mark>;
}
