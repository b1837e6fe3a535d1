import { declaredFlop } from "../account/index.ts";
import { breakoutsOf } from "../breakout.ts";
import type { Verdict } from "../statements/verdict.ts";
import type { Subject } from "../subject.ts";
import { verdictBody } from "../write-verdict.ts";

/** Salt and report of an offline judgement: nothing is committed, so nothing needs to be hidden or named. */
export const NO_SALT = "00".repeat(32);

/** The verdict on what no record holds. */
export function verdictOffline(subject: Subject): Verdict {
  return verdictBody(subject, NO_SALT);
}

/** A verdict as it is answered offline: findings and gaps in one list each, as logs of activity have them, with the account and the assurance beside them. */
export function offlineAnswer(verdict: Verdict, subject: Subject) {
  const { duties } = verdict;
  return {
    verdict: verdict.verdict,
    findings: duties.flatMap(({ id, findings }) =>
      findings.map(({ check, severity, about, sentence, detail, numbers, where }) => ({
        check,
        obligation: id,
        severity,
        records: [about],
        sentence,
        detail,
        numbers,
        where,
      })),
    ),
    obligations: duties.map(({ id, kind, verdict: value, limits }) => ({
      id,
      ...countedOf(kind, limits, subject),
      kept: value === "verified" ? true : value === "anomalous" ? false : null,
    })),
    gaps: duties.flatMap(({ id, gaps }) =>
      gaps.map(({ code, sentence }) => ({ code, obligation: id, sentence })),
    ),
    party: verdict.party,
    site: verdict.site,
    method: verdict.method,
    scope: verdict.scope,
    terms: verdict.terms,
    pieces: verdict.pieces,
    notJudged: verdict.notJudged,
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

/** What a duty limits, as it was last, and the most that a declared run counts against it; nothing where it is no limit. */
function countedOf(
  kind: string,
  limits: readonly string[],
  subject: Subject,
): { readonly limit: string | null; readonly counted: string | null } {
  const limit = limits.at(-1);
  if (kind !== "training-run-limit" || limit === undefined) return { limit: null, counted: null };
  let counted = 0n;
  for (const run of subject.runs) {
    const { high } = declaredFlop(run, subject);
    if (run.activity === "training" && high > counted) counted = high;
  }
  return { limit, counted: `${counted} FLOP` };
}
