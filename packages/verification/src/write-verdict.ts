import { type DutyPiece, termsHash } from "@standstill/agreement";
import { canonicalBytes, canonicalJson, MAX_STATEMENT_BYTES } from "@standstill/record";
import type { Amount } from "./account/index.ts";
import type { Finding } from "./finding.ts";
import type { Interval } from "./interval.ts";
import { MOST_OF_TEXT, type Verdict } from "./statements/verdict.ts";
import type { Subject } from "./subject.ts";
import { type Judgement, judge, METHOD } from "./verdict.ts";

/** Judges a subject and writes the verdict's body; `report` is the id of the period's report. */
export function verdictBody(subject: Subject, report: string): Verdict {
  const judgement = judge(subject);
  let body = bodyOf(subject, report, judgement, MOST_TOLD[0]);
  for (const most of MOST_TOLD.slice(1)) {
    if (canonicalBytes(body).length <= MOST_BYTES) break;
    body = bodyOf(subject, report, judgement, most);
  }
  return body;
}

/**
 * Findings and gaps told for each duty: as many of these as fit into a statement. A party must not be able to make a verdict too
 * large to publish, by long names or otherwise.
 */
const MOST_TOLD = [8, 4, 2, 1, 0] as const;
/** Pieces that are told at most: a change every hour for a week and more. */
const MOST_PIECES = 200;
/** Numbers that a finding tells at most, and characters of each and of its name. */
const MOST_NUMBERS = 12;
const MOST_OF_A_NUMBER = 200;
/** What is left of a statement's bytes for the body. */
const MOST_BYTES = MAX_STATEMENT_BYTES - 4000;

function bodyOf(subject: Subject, report: string, judgement: Judgement, mostTold: number): Verdict {
  const { account } = judgement;
  return {
    party: subject.party,
    site: subject.site.site,
    report,
    evidenceClass: "anyone",
    method: METHOD,
    scope: "declared sites only",
    terms: termsHash(subject.terms),
    pieces: subject.duties.slice(-MOST_PIECES).map(writePiece),
    piecesOmitted: Math.max(0, subject.duties.length - MOST_PIECES),
    verdict: judgement.verdict,
    notJudged: judgement.notJudged,
    correct: judgement.correct,
    complete: judgement.complete,
    duties: judgement.duties.map(({ findings, gaps, limits, freedBy, ...duty }) => ({
      ...duty,
      limits: [...limits],
      freedBy: [...freedBy],
      findings: findings.slice(0, mostTold).map(writeFinding),
      gaps: gaps
        .slice(0, mostTold)
        .map(({ sentence, ...one }) => ({ ...one, sentence: fitted(sentence) })),
      omitted: Math.max(0, findings.length - mostTold) + Math.max(0, gaps.length - mostTold),
    })),
    account: {
      capacity: writeAmount(account.capacity),
      measured: writeAmount(account.measured),
      measures: account.measures.map(({ from, owner, restsOn, ...value }) => ({
        ...writeAmount(value),
        from,
        owner,
        restsOn: [...restsOn],
      })),
      measuresAgree: account.measuresAgree,
      leastDetectable:
        account.leastDetectable === undefined ? null : `${account.leastDetectable} FLOP`,
      significantQuantity: subject.terms.goals.significantQuantity,
      declared: writeAmount(account.declared),
      unexplained: writeInterval(account.unexplained),
      energy: account.energyJoules === undefined ? null : `${account.energyJoules} J`,
      explainedEnergy:
        account.explainedEnergyJoules === undefined ? null : `${account.explainedEnergyJoules} J`,
      missingWindows: account.missingWindows,
    },
    assurance: judgement.assurance.map(({ evasion, adversary, probability, worst }) => ({
      evasion,
      adversary,
      probability: probability === undefined ? null : { ...probability, unit: "1/10000" },
      worst: worst ?? null,
    })),
  };
}

/** The canonical text of a verdict's body: what must be the same bytes on every machine. */
export function verdictText(verdict: Verdict): string {
  return canonicalJson(verdict);
}

/** Names are parties' own and may be long: what does not fit is cut, so that no verdict is too large to publish. */
function fitted(text: string, most = MOST_OF_TEXT): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function writePiece({ startMs, endMs, mode, basis, terms }: DutyPiece): Verdict["pieces"][number] {
  const start = new Date(startMs).toISOString();
  return { start, end: new Date(endMs).toISOString(), mode, basis, terms };
}

function writeFinding({ check, duty, severity, about, sentence, detail, numbers, where }: Finding) {
  return {
    check,
    duty,
    severity,
    about: fitted(about),
    sentence: fitted(sentence),
    detail: fitted(detail),
    numbers: Object.fromEntries(
      Object.entries(numbers)
        .slice(0, MOST_NUMBERS)
        .map(([name, value]) => [fitted(name, MOST_OF_A_NUMBER), fitted(value, MOST_OF_A_NUMBER)]),
    ),
    where:
      where === undefined
        ? null
        : {
            devices: [...where.devices],
            start: new Date(where.startMs).toISOString(),
            end: new Date(where.endMs).toISOString(),
          },
  };
}

function writeInterval({ low, high }: Interval) {
  return { low: `${low} FLOP`, high: `${high} FLOP` };
}

function writeAmount(value: Amount) {
  return { ...writeInterval(value), provenance: value.provenance, source: value.source };
}
