import {
  type Draft,
  dutiesIfBound,
  isCheckable,
  type Mode,
  parseDraft,
} from "@standstill/agreement";
import { sealEvidence } from "@standstill/evidence";
import { type Bundle, readBundle, siteEvidenceOffline } from "@standstill/evidence/bundle";
import {
  type Beside,
  breakoutsOf,
  declaredFlop,
  feedClassOf,
  nothingBeside,
  type Subject,
  type Verdict,
  verdictBody,
} from "@standstill/verification";
import type { NamedFile } from "../../command/format.ts";
import { contentOf } from "../../named-file.ts";
import { type Answering, table, UsageError } from "../../output.ts";

/** Salt and seed of an offline judgement: nothing is committed, so nothing needs to be hidden or drawn. */
const NO_SALT = "00".repeat(32);

/**
 * Judges a bundle offline under given terms, and tells the verdict.
 *
 * @param mode that is taken to bind the party for all of the period: offline nothing tells who was bound
 * @returns whether nothing contradicts what was declared
 */
export async function verifyBundle(
  directory: string,
  file: NamedFile,
  mode: Mode,
  terminal: Answering,
): Promise<boolean> {
  const terms = parseDraft(await contentOf(file));
  if (!isCheckable(terms)) {
    throw new UsageError(
      `expected terms that say how compute is measured, got ${file.path} without`,
      "Name terms with counting, window, synchrony, accelerators and goals.",
    );
  }
  const bundle = await readBundle(directory);
  if (!terms.parties.some(({ id }) => id === bundle.party)) {
    throw new UsageError(
      `expected a party of ${file.path}, got "${bundle.party}"`,
      "Name the bundle of a party of these terms, or other terms.",
    );
  }
  const evidence = siteEvidenceOffline(bundle, terms.window.milliseconds, NO_SALT);
  const period = {
    startMs: Date.parse(bundle.period.start),
    endMs: Date.parse(bundle.period.end),
  };
  const keyless = { ...terms, keys: [], log: { vkey: "" }, witnessKeys: [] };
  const { party } = bundle;
  const subject: Subject = {
    party,
    terms: keyless,
    site: bundle.site,
    runs: bundle.runs,
    period,
    duties: dutiesIfBound(keyless, party, mode, period.startMs, period.endMs),
    feeds: [
      ...(evidence.windows === undefined
        ? []
        : [{ kind: "node-power" as const, feedClass: "operator" as const }]),
      ...(evidence.jobs === undefined
        ? []
        : [{ kind: "accounting" as const, feedClass: "operator" as const }]),
      ...(evidence.counters.length === 0
        ? []
        : [{ kind: "counters" as const, feedClass: "operator" as const }]),
    ],
    evidence,
    beside: besideOf(bundle, terms),
    seal: sealEvidence(evidence),
    seed: "offline",
  };
  const verdict = verdictBody(subject, NO_SALT);
  terminal.answer(answerOf(verdict, subject), () => describe(verdict, subject));
  return verdict.correct !== "contradicted";
}

/** What a bundle holds besides the site's own readings: others' measurements count as on the record, if they are who they say. */
function besideOf(bundle: Bundle, terms: Draft): Beside {
  return {
    ...nothingBeside,
    measurements: bundle.measurements.flatMap(({ by, body }) =>
      body.measured.map((measured) => ({
        by,
        feedClass: feedClassOf(terms, bundle.party, by),
        period: { startMs: Date.parse(body.period.start), endMs: Date.parse(body.period.end) },
        measured,
      })),
    ),
    allRuns: bundle.runs.map((run) => ({
      party: bundle.party,
      run,
      site: bundle.site,
      notBeforeMs: undefined,
    })),
    sites: [bundle.site],
  };
}

/** The answer in the shape that `--activity-log` gives too, with the account and the assurance beside it. */
function answerOf(verdict: Verdict, subject: Subject) {
  const findings = verdict.duties.flatMap(({ id, findings: its }) =>
    its.map(({ check, severity, about, sentence, detail, numbers, where }) => ({
      check,
      obligation: id,
      severity,
      records: [about],
      sentence,
      detail,
      numbers,
      where,
    })),
  );
  const gaps = verdict.duties.flatMap(({ id, gaps: its }) =>
    its.map(({ code, sentence }) => ({ code, obligation: id, sentence })),
  );
  const { party, site, method, scope, correct, complete, account, assurance } = verdict;
  const { terms, pieces, notJudged } = verdict;
  return {
    verdict: verdict.verdict,
    findings,
    obligations: verdict.duties.map(({ id, kind, verdict: value, limits }) => ({
      id,
      ...countedOf(kind, limits, subject),
      kept: value === "verified" ? true : value === "anomalous" ? false : null,
    })),
    gaps,
    party,
    site,
    method,
    scope,
    terms,
    pieces,
    notJudged,
    correct,
    complete,
    account,
    assurance,
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

function describe(verdict: Verdict, subject: Subject): string {
  const { account } = verdict;
  const { capacity, measured, declared, unexplained, measures } = account;
  const rows: (readonly [string, { readonly low: string; readonly high: string }])[] = [
    ["capacity", capacity],
    ...measures.map((one) => [`measured by ${one.from}`, one] as const),
    ...(measures.length > 1 ? [["measured by all together", measured] as const] : []),
    ["declared", declared],
    ["unexplained", unexplained],
  ];
  const amounts = rows.map(([name, { low, high }]) => [name, low, high]);
  const details = verdict.duties.flatMap(({ findings, gaps }) => [
    ...findings.map((finding) => `- ${finding.sentence}\n  ${finding.detail}`),
    ...gaps.map((gap) => `- ${gap.sentence}`),
  ]);
  return [
    `${verdict.site} of ${verdict.party}: ${verdict.verdict ?? "not judged"} (declared sites only).`,
    "",
    ...(verdict.notJudged === null ? [] : [verdict.notJudged]),
    ...new Set(details),
    ...breakoutsOf(subject).map(
      ({ obligation, seconds }) =>
        `With all that it declared, this site could reach the limit of ${obligation} from nothing in ${duration(seconds)}.`,
    ),
    "",
    table(["account", "low", "high"], amounts),
    account.leastDetectable === null
      ? "Arithmetic alone would show no undeclared work here."
      : `Arithmetic alone would show undeclared work from ${account.leastDetectable} on; ${account.significantQuantity} matters.`,
    "",
    table(
      ["obligation", "verdict", "title"],
      verdict.duties.map(({ id, verdict: value, freedBy, title }) => [
        id,
        value ?? `freed by ${freedBy.join(", ")}`,
        title,
      ]),
    ),
  ].join("\n");
}

function duration(seconds: bigint): string {
  if (seconds < 7200n) return `${seconds / 60n} minutes`;
  return seconds < 172_800n ? `${seconds / 3600n} hours` : `${seconds / 86_400n} days`;
}
