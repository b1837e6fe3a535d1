import { parseQuantity } from "@standstill/record";
import { declaredFlop } from "../account/index.ts";
import type { Check, CheckResult, Finding, Gap } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { recordWords } from "../words/index.ts";

const DAY_MS = 86_400_000;

/**
 * When runs were declared, by the record's clock: before their period was sealed, or they explain nothing; and so many days before
 * they began where that was agreed. What a declaration says of its own time is not believed.
 */
export const declaredInTime: Check = {
  id: "declared-in-time",
  needs: [],
  accuses: true,
  run: (subject): CheckResult => {
    const late = subject.beside.lateRuns.map(
      ({ run }): Finding => ({ ...recordWords.declaredLate(run), numbers: {} }),
    );
    const notice = noticeOf(subject);
    return { findings: [...late, ...notice.findings], gaps: notice.gaps };
  },
};

function noticeOf(subject: Subject): CheckResult {
  const findings: Finding[] = [];
  const gaps: Gap[] = [];
  const own = new Set(subject.runs.map(({ run }) => run));
  const known = subject.beside.allRuns.filter(({ run }) => own.has(run.run));
  for (const obligation of subject.terms.obligations) {
    if (obligation.kind !== "declared-before-start") continue;
    const above = parseQuantity(obligation.above, "FLOP");
    let untold = subject.runs.length - known.length;
    for (const { run, site, notBeforeMs } of known) {
      const { high } = declaredFlop(run, { site, terms: subject.terms });
      if (run.activity !== "training" || high < above) continue;
      if (notBeforeMs === undefined) {
        untold++;
        continue;
      }
      const due = Date.parse(run.period.start) - obligation.noticeDays * DAY_MS;
      if (notBeforeMs <= due) continue;
      findings.push({
        ...recordWords.declaredAfterDue(run.run, obligation.noticeDays),
        numbers: {
          due: new Date(due).toISOString(),
          notBefore: new Date(notBeforeMs).toISOString(),
        },
      });
    }
    if (untold > 0) gaps.push(recordWords.noticeUnknown());
  }
  return { findings, gaps };
}
