import { type ActivityTerms, dutiesOfActivityTerms } from "@standstill/agreement";
import type { Period } from "@standstill/evidence";
import type { ActivityTable } from "@standstill/evidence/activity";
import { type Answer, answerOf } from "../answer.ts";
import { checkServing, isServing, type KnownResults } from "../check-duties.ts";
import { type DutyInForce, dutiesInForceOf } from "../duties-in-force.ts";
import { judgeDuty, valuesOf, worst } from "../duty-verdict.ts";
import type { CheckResult } from "../finding.ts";
import { gap } from "../finding.ts";
import type { Looks } from "../looks.ts";
import { gapWords } from "../words/index.ts";
import { logChecks } from "./checks/index.ts";
import { countedOf } from "./checks/limits.ts";
import { type LogSubject, logSubjectOf } from "./log-subject.ts";
import { notALog } from "./readable.ts";

/**
 * What activity logs say under given terms, of whatever sites and parties they are. They are their operators' word: it is judged whether the word holds
 * together.
 */
export type ActivityVerdict = Answer;

/**
 * Judges logs under terms for logs alone, by the kernel of all checks. Deterministic: the same logs and terms give the same bytes.
 *
 * @param known what checks said of these logs before, as `checkActivity` gives it
 * @example judgeActivity(readActivityTable([{ name: "log", content }]), parseActivityTerms(text)).verdict
 */
export function judgeActivity(
  table: ActivityTable,
  terms: ActivityTerms,
  known?: KnownResults,
  log: LogSubject = logSubjectOf(table, terms),
): ActivityVerdict {
  const inForce = dutiesOf(terms);
  const byKey = new Map(inForce.map((duty) => [`${duty.kind} ${duty.id}`, duty]));
  const duties = checkServing(looksAt(log), inForce, logChecks, known).map((checked) =>
    judgeDuty(checked),
  );
  return answerOf(worst(valuesOf(duties)), duties, ({ kind, id }) => {
    const duty = byKey.get(`${kind} ${id}`);
    return duty === undefined ? undefined : countedOf(duty, log);
  });
}

/**
 * Runs checks of logs, or some of them: the rest may be run elsewhere meanwhile.
 *
 * @param isWanted whether a check with an id is run
 */
export function checkActivity(
  terms: ActivityTerms,
  log: LogSubject,
  isWanted: (id: string) => boolean,
): KnownResults {
  const results = new Map<string, CheckResult>();
  for (const check of logChecks) {
    if (!isWanted(check.id)) continue;
    if (check.of === "log") results.set(check.id, check.run(log));
    else
      for (const duty of dutiesOf(terms))
        if (isServing(check, duty)) results.set(`${check.id} ${duty.id}`, check.run(duty, log));
  }
  return results;
}

function dutiesOf(terms: ActivityTerms): DutyInForce[] {
  return dutiesInForceOf(dutiesOfActivityTerms(terms), undefined);
}

/** Logs without a site. */
function looksAt(log: LogSubject): Looks {
  const { startMs, endMs } = log;
  const period: Period = { startMs, endMs };
  return {
    period,
    site: () => gap("no-site", gapWords.noSite()),
    log: () => notALog(log.table) ?? log,
    isTooShort: () => false,
  };
}
