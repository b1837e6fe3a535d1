import { type DutyPiece, MODES, termsHash } from "@standstill/agreement";
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
import { VERDICTS } from "./duty-verdict.ts";
import type { Finding } from "./finding.ts";
import type { Interval } from "./interval.ts";
import type { ToldStop } from "./stop/told-stop.ts";
import type { Subject } from "./subject.ts";
import { type Judgement, judge, METHOD } from "./verdict.ts";

const flop = z.string().regex(/^(?:0|[1-9][0-9]{0,39}) FLOP$/);
const joules = z.string().regex(/^(?:0|[1-9][0-9]{0,39}) J$/);
const MOST_TEXT = 1000;
const MOST_NUMBERS = 12;
const MOST_RECORDS = 20;
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
  /** Id of the obligation that it breaks. */
  duty: nameSchema,
  severity: z.enum(["contradiction", "suspicion"]),
  about: text,
  sentence: text,
  detail: text,
  numbers: z.record(z.string(), text),
  /** Devices and time in which it can be seen; nothing where it is not in the readings. */
  where: z
    .strictObject({ devices: z.array(text).max(16), start: instantSchema, end: instantSchema })
    .nullable(),
  /** Lines of an activity log in which it can be seen, with the log's name where there are several. */
  records: z.array(z.union([z.int(), text])).max(MOST_RECORDS),
});
const gap = z.strictObject({
  code: nameSchema,
  /** Id of the obligation of which it leaves open whether it was kept. */
  duty: nameSchema,
  sentence: text,
  numbers: z.record(z.string(), text),
});
/** A stretch of the period in which what the party owed stayed the same. */
const piece = z.strictObject({
  start: instantSchema,
  end: instantSchema,
  /** Mode that bound it; nothing where none did. */
  mode: z.enum(MODES).nullable(),
  /** What its duties rest on; nothing where it had none because nothing bound it, so that the time is not judged. */
  basis: z.enum(["bound", "accounts", "ramp"]).nullable(),
  /** Hash of the terms in force. */
  terms: sha256Schema.nullable(),
});
const duty = z.strictObject({
  /** Id of its obligation. */
  id: nameSchema,
  kind: nameSchema,
  title: text,
  /** Lines that were in force, oldest first; none for obligations that draw none. */
  limits: z.array(flop),
  /** Exemptions that freed the party from it, for all of the time or some. */
  freedBy: z.array(nameSchema),
  /** Nothing where exemptions freed the party all the time. */
  verdict: verdictValue.nullable(),
  findings: z.array(finding),
  gaps: z.array(gap),
  /** Findings and gaps beyond those that fit into a statement. */
  omitted: z.int().min(0),
});
const watts = z.string().regex(/^(?:0|[1-9][0-9]{0,39}) W$/);
const windows = z.strictObject({ missing: z.int().min(0), all: z.int().min(0) });
const stop = z.strictObject({
  value: z.enum(["kept", "not-kept", "not-shown"]),
  sentence: text,
  /** From the hour at which everything stands still, as far as the period goes. */
  start: instantSchema,
  end: instantSchema,
  /** Mean power of an accelerator with its share of the node, unread windows at full power; nothing where no meter reported. */
  power: watts.nullable(),
  /** Highest agreed power of idling, the mean over the site's accelerators. */
  idlePower: watts,
  missingWindows: windows,
  /** Runs of training declared after the pause began for this time; and how many more. */
  training: z.array(nameSchema),
  trainingOmitted: z.int().min(0),
  /** What the readings leave room for beside what was declared, and what the site could do at most. */
  couldHaveDone: flop,
  capacity: flop,
  /** Above the power of the period that the party named as its baseline. */
  baseline: z.strictObject({ power: watts, couldHaveDone: flop }).nullable(),
});

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
    /** Hash of the terms that say how compute is measured. */
    terms: sha256Schema,
    /** The period in pieces where what the party owed changed, the newest where they are too many. */
    pieces: z.array(piece),
    piecesOmitted: z.int().min(0),
    /** Nothing where the party owed nothing, so that nothing was judged. */
    verdict: verdictValue.nullable(),
    /** Why nothing was judged, or not all of the period. */
    notJudged: text.nullable(),
    correct: z.enum(["consistent", "contradicted"]).nullable(),
    complete: z.enum(["shown", "not-shown"]).nullable(),
    duties: z.array(duty),
    /** Whether the stop of a pause was kept; nothing where no time of the period lies after its hour. */
    stop: stop.nullable(),
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
      missingWindows: windows,
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
 * Findings and gaps told for each duty: as many of these as fit into a statement. A party must not be able to make a verdict too
 * large to publish, by long names or otherwise.
 */
const MOST_TOLD = [8, 4, 2, 1, 0] as const;
/** Pieces that are told at most: a change every hour for a week and more. */
const MOST_PIECES = 200;
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
      gaps: gaps.slice(0, mostTold).map(({ sentence, numbers = {}, ...one }) => ({
        ...one,
        sentence: fitted(sentence),
        numbers: fittedNumbers(numbers),
      })),
      omitted: Math.max(0, findings.length - mostTold) + Math.max(0, gaps.length - mostTold),
    })),
    stop: judgement.stop === undefined ? null : writeStop(judgement.stop),
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

function writePiece({ startMs, endMs, mode, basis, terms }: DutyPiece): Verdict["pieces"][number] {
  const start = new Date(startMs).toISOString();
  return { start, end: new Date(endMs).toISOString(), mode, basis, terms };
}

function writeFinding(finding: Finding) {
  const { check, duty, severity, about, sentence, detail, numbers, where, records = [] } = finding;
  return {
    check,
    duty,
    severity,
    about: fitted(about),
    sentence: fitted(sentence),
    detail: fitted(detail),
    numbers: fittedNumbers(numbers),
    records: records
      .slice(0, MOST_RECORDS)
      .map((one) => (typeof one === "number" ? one : fitted(one, MOST_OF_A_NUMBER))),
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

function fittedNumbers(numbers: Finding["numbers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(numbers)
      .slice(0, MOST_NUMBERS)
      .map(([name, value]) => [fitted(name, MOST_OF_A_NUMBER), fitted(value, MOST_OF_A_NUMBER)]),
  );
}

/** Runs of training that are named at most. */
const MOST_RUNS = 20;

function writeStop(told: ToldStop): NonNullable<Verdict["stop"]> {
  const { baseline, training, watts: power } = told;
  return {
    value: told.value,
    sentence: fitted(told.sentence),
    start: new Date(told.startMs).toISOString(),
    end: new Date(told.endMs).toISOString(),
    power: power === undefined ? null : `${power} W`,
    idlePower: `${told.idleWatts} W`,
    missingWindows: told.missingWindows,
    training: training.slice(0, MOST_RUNS),
    trainingOmitted: Math.max(0, training.length - MOST_RUNS),
    couldHaveDone: `${told.couldHaveDone} FLOP`,
    capacity: `${told.capacity} FLOP`,
    baseline:
      baseline === undefined
        ? null
        : { power: `${baseline.watts} W`, couldHaveDone: `${baseline.couldHaveDone} FLOP` },
  };
}

function writeInterval({ low, high }: Interval) {
  return { low: `${low} FLOP`, high: `${high} FLOP` };
}

function writeAmount(value: Amount) {
  return { ...writeInterval(value), provenance: value.provenance, source: value.source };
}
