import { readFile } from "node:fs/promises";
import { isCheckable, parseDraft } from "@standstill/agreement";
import { sealEvidence } from "@standstill/evidence";
import { readBundle, siteEvidenceOffline } from "@standstill/evidence/bundle";
import { type Verdict, verdictBody } from "@standstill/verification";
import { EXIT } from "../exit-codes.ts";
import { json, type Terminal, table, UsageError } from "../output.ts";

/** Options of `standstill verify`. */
export interface VerifyOptions {
  readonly terms: string;
  readonly json: boolean;
}

/** Salt and seed of an offline judgement: nothing is committed, so nothing needs to be hidden or drawn. */
const NO_SALT = "00".repeat(32);

/** `standstill verify`: judges a bundle offline under given terms. */
export async function verifyCommand(
  directory: string,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<number> {
  const terms = parseDraft(await text(options.terms));
  if (!isCheckable(terms)) {
    throw new UsageError(
      `expected terms that say how compute is measured, got ${options.terms} without`,
      "Name terms with counting, window, synchrony, accelerators and goals.",
    );
  }
  const bundle = await readBundle(directory);
  if (!terms.parties.some(({ id }) => id === bundle.party)) {
    throw new UsageError(
      `expected a party of ${options.terms}, got "${bundle.party}"`,
      "Name the bundle of a party of these terms, or other terms.",
    );
  }
  const evidence = siteEvidenceOffline(bundle, terms.window.milliseconds, NO_SALT);
  const verdict = verdictBody(
    {
      party: bundle.party,
      terms: { ...terms, keys: [], log: { vkey: "" }, witnessKeys: [] },
      site: bundle.site,
      runs: bundle.runs,
      period: { startMs: Date.parse(bundle.period.start), endMs: Date.parse(bundle.period.end) },
      feeds: [
        ...(evidence.windows === undefined
          ? []
          : [{ kind: "node-power" as const, feedClass: "operator" as const }]),
        ...(evidence.jobs === undefined
          ? []
          : [{ kind: "accounting" as const, feedClass: "operator" as const }]),
      ],
      evidence,
      seal: sealEvidence(evidence),
      seed: "offline",
    },
    NO_SALT,
  );
  terminal.out(options.json ? json(verdict) : describe(verdict));
  return verdict.correct === "contradicted" ? EXIT.findings : EXIT.ok;
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new UsageError(
      `expected a file for --terms, got ${path}, which cannot be read`,
      "Give --terms the path of an agreement.",
    );
  }
}

function describe(verdict: Verdict): string {
  const { account } = verdict;
  const amounts = (["capacity", "measured", "declared", "unexplained"] as const).map((name) => [
    name,
    account[name].low,
    account[name].high,
  ]);
  const details = verdict.obligations.flatMap(({ findings, gaps }) => [
    ...findings.map((finding) => `- ${finding.sentence}\n  ${finding.detail}`),
    ...gaps.map((gap) => `- ${gap.sentence}`),
  ]);
  return [
    `${verdict.site} of ${verdict.party}: ${verdict.verdict} (declared sites only).`,
    "",
    ...new Set(details),
    "",
    table(["account", "low", "high"], amounts),
    "",
    table(
      ["obligation", "verdict", "title"],
      verdict.obligations.map(({ id, verdict: value, title }) => [id, value, title]),
    ),
  ].join("\n");
}
