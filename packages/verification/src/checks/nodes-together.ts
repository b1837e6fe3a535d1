import { type CheckResult, type EvidenceCheck, type GapTold, gap, silent } from "../finding.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import { isSignificant } from "../significance.ts";
import { gapWords } from "../words/index.ts";
import { rowsOfRun, windowsOfRun } from "./claimed-separate.ts";
import { synchronyOf } from "./nodes-separate.ts";

/**
 * Nodes that are declared to work together: training should show it, and joint work that is not training cannot be told
 * from it by power. It names gaps and accuses nobody.
 */
export const nodesTogether: EvidenceCheck = {
  id: "nodes-together",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power"],
  accuses: false,
  run: (subject): CheckResult => {
    const { windows } = subject.evidence;
    if (windows === undefined) return silent;
    const gaps = subject.runs.flatMap((run): GapTold[] => {
      const rows = rowsOfRun(windows, run);
      if (!run.nodesTogether || rows.length < 2) return [];
      if (run.activity !== "training")
        return [gap("joint-serving", gapWords.jointServing(run.run))];
      const group = { about: run.run, rows, ...windowsOfRun(windows, run) };
      const result = synchronyOf(subject, windows, group, thresholds.draws.plain);
      if (result === "one-node") return [gap("one-node", gapWords.oneNode(run.run))];
      if (result === "too-short") return [gap("too-short", gapWords.tooShort(run.run))];
      return isSignificant({ reached: result.reached, drawn: result.shifts }, subject, 1)
        ? []
        : [gap("not-together", gapWords.notTogether(run.run))];
    });
    return { findings: [], gaps };
  },
};
