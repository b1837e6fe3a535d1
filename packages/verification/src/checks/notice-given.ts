import { DAY_MS, parseQuantity } from "@standstill/record";
import { declaredFlop } from "../account/index.ts";
import { contradiction, type DutyCheck, type FindingTold, gap, silent } from "../finding.ts";
import { namedIn } from "../lineage.ts";
import { recordWords } from "../words/index.ts";

/** Runs that begin while the duty is in force were declared so many days before, by the record's clock. */
export const noticeGiven: DutyCheck = {
  id: "notice-given",
  of: "duty",
  serves: ["declared-before-start"],
  needs: [],
  accuses: true,
  run: ({ stretches }, subject) => {
    const findings: FindingTold[] = [];
    const known = namedIn(subject.beside.allRuns);
    let untold = 0;
    for (const run of subject.runs) {
      const begins = Date.parse(run.period.start);
      const at = stretches.find(({ startMs, endMs }) => startMs <= begins && begins < endMs);
      const obligation = at?.duty.obligation;
      if (obligation?.kind !== "declared-before-start") continue;
      const { site = subject.site, notBeforeMs } = known.get(run.run) ?? {};
      const { high } = declaredFlop(run, { site, terms: subject.terms });
      if (run.activity !== "training" || high < parseQuantity(obligation.above, "FLOP")) continue;
      if (notBeforeMs === undefined) {
        untold++;
        continue;
      }
      const due = begins - obligation.noticeDays * DAY_MS;
      if (notBeforeMs <= due) continue;
      const words = recordWords.declaredAfterDue(run.run, obligation.noticeDays);
      const numbers = {
        due: new Date(due).toISOString(),
        notBefore: new Date(notBeforeMs).toISOString(),
      };
      findings.push(contradiction(run.run, words, { numbers }));
    }
    const gaps = untold > 0 ? [gap("notice-unknown", recordWords.noticeUnknown())] : [];
    return untold === 0 && findings.length === 0 ? silent : { findings, gaps };
  },
};
