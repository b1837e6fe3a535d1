import { contradiction, type EvidenceCheck } from "../finding.ts";
import { lineageTotal } from "../lineage.ts";
import { recordedRuns } from "../recorded-runs.ts";
import { recordWords } from "../words/index.ts";

/** What a training run rests on is declared too, and was there before it: otherwise what went into it cannot be counted. */
export const lineageKnown: EvidenceCheck = {
  id: "lineage-known",
  of: "evidence",
  serves: ["training-declared"],
  needs: [],
  accuses: true,
  run: (subject) => ({
    findings: recordedRuns(subject)
      .filter(({ run }) => run.activity === "training")
      .flatMap((one) => {
        const { unknown, later } = lineageTotal(subject, one);
        return [
          ...unknown.map(([run, parent]) =>
            contradiction(run, recordWords.parentUnknown(run, parent)),
          ),
          ...later.map(([run, parent]) => contradiction(run, recordWords.parentLater(run, parent))),
        ];
      }),
    gaps: [],
  }),
};
