import { parseQuantity } from "@standstill/record";
import { declaredFlop } from "../account.ts";
import type { Check, CheckResult, Finding } from "../finding.ts";
import { about, findingWords } from "../words.ts";

/** The limit on a training run: the declared run itself must keep it. */
export const runLimit: Check = {
  id: "run-limit",
  needs: [],
  accuses: true,
  run: (subject): CheckResult => {
    const findings: Finding[] = [];
    for (const obligation of subject.terms.obligations) {
      if (obligation.kind !== "training-run-limit") continue;
      const limit = parseQuantity(obligation.limit, "FLOP");
      for (const run of subject.runs) {
        const declared = declaredFlop(run, subject).high;
        if (run.activity !== "training" || declared <= limit) continue;
        findings.push({
          ...findingWords.overLimit(run.run, about(declared, "FLOP"), about(limit, "FLOP")),
          numbers: { declared: `${declared} FLOP`, limit: `${limit} FLOP` },
        });
      }
    }
    return { findings, gaps: [] };
  },
};
