import {
  canonicalBytes,
  canonicalJson,
  DRAFT,
  instantSchema,
  type Json,
  MAX_STATEMENT_BYTES,
  nameSchema,
  sha256Schema,
  versionSchema,
} from "@standstill/record";
import { z } from "zod";
import type { Amount } from "./account/index.ts";
import type { Finding } from "./finding.ts";
import type { Interval } from "./interval.ts";
import type { Subject } from "./subject.ts";
import { type Judgement, judge, METHOD, VERDICTS } from "./verdict.ts";

const flop = z.string().regex(/^(?:0|[1-9][0-9]{0,39}) FLOP$/);
const joules = z.string().regex(/^(?:0|[1-9][0-9]{0,39}) J$/);
const MOST_TEXT = 1000;
const MOST_NUMBERS = 12;
const MOST_OF_A_NUMBER = 200;
const text = z.string().max(MOST_TEXT);
const verdictValue = z.enum(VERDICTS);
const amount = z.strictObject({
  low: flop,
  high: flop,
  provenance: z.enum(["reported", "measured", "calculated", "estimated"]),
  source: text,
});
const finding = z.strictObject({
  check: nameSchema,
  severity: z.enum(["contradiction", "suspicion"]),
  about: text,
  sentence: text,
  detail: text,
  numbers: z.record(z.string(), text),
  /** Devices and time in which it can be seen; nothing where it is not in the readings. */
  where: z
    .strictObject({ devices: z.array(text).max(16), start: instantSchema, end: instantSchema })
    .nullable(),
});
const gap = z.strictObject({ code: nameSchema, sentence: text });

/**
 * `verdict/publish`: the verdict on one closed period of one site. Evidence class `anyone`: audit recomputes the body
 * from what is on the record and beside it, and compares it byte by byte.
 */
export const verdictPublish = {
  type: "verdict/publish",
  version: DRAFT,
  roles: ["keeper"] as const,
  body: z.strictObject({
    party: nameSchema,
    site: nameSchema,
    /** Id of the `period/report` that is judged. */
    report: sha256Schema,
    evidenceClass: z.literal("anyone"),
    /** Any on record: whoever recomputes it has to have the method. */
    method: z.strictObject({ name: nameSchema, version: versionSchema }),
    scope: z.literal("declared sites only"),
    verdict: verdictValue,
    correct: z.enum(["consistent", "contradicted"]),
    complete: z.enum(["shown", "not-shown"]),
    obligations: z.array(
      z.strictObject({
        id: nameSchema,
        title: text,
        verdict: verdictValue,
        findings: z.array(finding),
        gaps: z.array(gap),
        /** Findings and gaps beyond the first eight of each kind, which would not fit into a statement. */
        omitted: z.int().min(0),
      }),
    ),
    account: z.strictObject({
      capacity: amount,
      measured: amount,
      /** What each kind of feed alone says, and what it rests on. */
      measures: z
        .array(
          amount.extend({
            from: z.enum(["energy", "counters", "meter", "accounting"]),
            owner: z.enum(["operator", "independent"]),
            restsOn: z.array(nameSchema).max(8),
          }),
        )
        .max(8),
      measuresAgree: z.boolean(),
      declared: amount,
      /** The least undeclared work that arithmetic alone would show, beside what matters. */
      leastDetectable: flop.nullable(),
      significantQuantity: flop,
      unexplained: z.strictObject({ low: flop, high: flop }),
      energy: joules.nullable(),
      explainedEnergy: joules.nullable(),
      missingWindows: z.strictObject({ missing: z.int().min(0), all: z.int().min(0) }),
    }),
    assurance: z.array(
      z.strictObject({
        evasion: nameSchema,
        adversary: nameSchema,
        probability: z
          .strictObject({
            low: z.int().min(0).max(10_000),
            high: z.int().min(0).max(10_000),
            unit: z.literal("1/10000"),
          })
          .nullable(),
        worst: z
          .strictObject({
            nodes: z.int(),
            windows: z.int(),
            detected: z.int().min(0),
            trials: z.int().min(1),
          })
          .nullable(),
      }),
    ),
  }),
};

/** Body of `verdict/publish`. */
export type Verdict = z.infer<typeof verdictPublish.body>;

/**
 * Findings and gaps told for each obligation: as many of these as fit into a statement. A party must not be able to make a verdict too
 * large to publish, by long names or otherwise.
 */
const MOST_TOLD = [8, 4, 2, 1, 0] as const;
/** What is left of a statement's bytes for the body. */
const MOST_BYTES = MAX_STATEMENT_BYTES - 4000;

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

function bodyOf(subject: Subject, report: string, judgement: Judgement, mostTold: number): Verdict {
  const { account } = judgement;
  return {
    party: subject.party,
    site: subject.site.site,
    report,
    evidenceClass: "anyone",
    method: METHOD,
    scope: "declared sites only",
    verdict: judgement.verdict,
    correct: judgement.correct,
    complete: judgement.complete,
    obligations: judgement.obligations.map(({ id, title, verdict, findings, gaps }) => ({
      id,
      title,
      verdict,
      findings: findings.slice(0, mostTold).map(writeFinding),
      gaps: gaps
        .slice(0, mostTold)
        .map(({ code, sentence }) => ({ code, sentence: fitted(sentence) })),
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
  return canonicalJson(verdict as unknown as Json);
}

/** Names are parties' own and may be long: what does not fit is cut, so that no verdict is too large to publish. */
function fitted(text: string, most = MOST_TEXT): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function writeFinding({ check, severity, about, sentence, detail, numbers, where }: Finding) {
  return {
    check,
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
