import { declaredFlop } from "../account/index.ts";
import { answerOf } from "../answer.ts";
import { breakoutsOf } from "../breakout.ts";
import { dutiesInForce, spansOf } from "../duties-in-force.ts";
import { countedOf } from "../logs/checks/limits.ts";
import { isGap } from "../looks.ts";
import { SiteLooks } from "../site-looks.ts";
import { type Verdict, verdictBody } from "../statements.ts";
import type { Subject } from "../subject.ts";

/** Salt and report of an offline judgement: nothing is committed, so nothing needs to be hidden or named. */
export const NO_SALT = "00".repeat(32);

/** The verdict on what no record holds. */
export function verdictOffline(subject: Subject): Verdict {
  return verdictBody(subject, NO_SALT);
}

/** A verdict as it is answered offline: explained as logs alone are, with the account and the assurance beside it. */
export function offlineAnswer(verdict: Verdict, subject: Subject) {
  const looks = new SiteLooks(subject);
  const inForce = dutiesInForce(subject);
  const explained = answerOf(verdict.verdict, verdict.duties, ({ id, kind, limits }) => {
    if (kind === "training-run-limit" && limits.length > 0) return largestDeclared(subject);
    const duty = inForce.find((one) => one.id === id && one.kind === kind);
    if (duty?.kind !== "activity-limit") return undefined;
    const [span, more] = spansOf(duty);
    const log = span === undefined || more !== undefined ? undefined : looks.log(span);
    return log === undefined || isGap(log) ? null : countedOf(duty, log);
  });
  return {
    ...explained,
    party: verdict.party,
    site: verdict.site,
    method: verdict.method,
    scope: verdict.scope,
    terms: verdict.terms,
    pieces: verdict.pieces,
    notJudged: verdict.notJudged,
    stop: verdict.stop,
    correct: verdict.correct,
    complete: verdict.complete,
    account: verdict.account,
    assurance: verdict.assurance,
    breakout: breakoutsOf(subject).map(({ obligation, limitFlop, seconds }) => ({
      obligation,
      limit: `${limitFlop} FLOP`,
      seconds: Number(seconds),
    })),
  };
}

/** The most that a declared run of training counts for. */
function largestDeclared(subject: Subject): bigint {
  let counted = 0n;
  for (const run of subject.runs) {
    const { high } = declaredFlop(run, subject);
    if (run.activity === "training" && high > counted) counted = high;
  }
  return counted;
}
