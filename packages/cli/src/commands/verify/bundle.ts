import { isCheckable, type Mode, parseDraft } from "@standstill/agreement";
import { readBundle, siteEvidenceOffline } from "@standstill/evidence/bundle";
import {
  breakoutsOf,
  NO_SALT,
  offlineAnswer,
  type Subject,
  subjectOfBundle,
  type Verdict,
  verdictOffline,
} from "@standstill/verification";
import type { NamedFile } from "../../command/format.ts";
import { contentOf } from "../../named-file.ts";
import { type Answering, table, UsageError } from "../../output.ts";

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
  const subject = subjectOfBundle(bundle, evidence, terms, mode);
  const verdict = verdictOffline(subject);
  terminal.answer(offlineAnswer(verdict, subject), () => describe(verdict, subject));
  return verdict.correct !== "contradicted";
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
    ...(verdict.stop === null ? [] : [`The stop: ${verdict.stop.value}. ${verdict.stop.sentence}`]),
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
