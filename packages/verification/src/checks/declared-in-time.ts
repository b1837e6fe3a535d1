import { contradiction, type EvidenceCheck } from "../finding.ts";
import { recordWords } from "../words/index.ts";

/**
 * Runs are declared before their period is sealed, by the record's clock, or they explain nothing. What a declaration says of its own time is
 * not believed.
 */
export const declaredInTime: EvidenceCheck = {
  id: "declared-in-time",
  of: "evidence",
  serves: ["training-declared"],
  needs: [],
  accuses: true,
  run: ({ beside }) => ({
    findings: beside.lateRuns.map(({ run, period, nodes }) =>
      contradiction(run, recordWords.declaredLate(run), {
        where: {
          devices: nodes.slice(0, 16),
          startMs: Date.parse(period.start),
          endMs: Date.parse(period.end),
        },
      }),
    ),
    gaps: [],
  }),
};
