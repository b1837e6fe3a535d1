import type { Obligation } from "@standstill/agreement";
import { DRAFT } from "@standstill/record";
import { type Account, accountOf } from "./account/index.ts";
import { type Assurance, assess } from "./assurance.ts";
import { CHECKED_OBLIGATIONS, runChecks } from "./checks/index.ts";
import { checkOpening } from "./checks/opening.ts";
import type { CheckResult, Finding, Gap } from "./finding.ts";
import { millionths } from "./interval.ts";
import type { Subject } from "./subject.ts";
import { evasionWords, gapWords, recordWords } from "./words/index.ts";

/** Values of a verdict, from best to worst. `violation` comes only from a ruling, never from a computation. */
export const VERDICTS = ["verified", "unverified", "anomalous", "violation"] as const;
/** One of the values of a verdict. */
export type VerdictValue = (typeof VERDICTS)[number];

/** Name and version of the method that computes verdicts: the present draft, until the first is released and frozen. */
export const METHOD = { name: "standstill", version: DRAFT } as const;

/** Verdict on one obligation. */
export interface ObligationVerdict {
  readonly id: string;
  readonly title: string;
  readonly verdict: VerdictValue;
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/** What a verdict on one period of one site says. */
export interface Judgement {
  readonly verdict: VerdictValue;
  /** Whether what was declared agrees with the evidence. */
  readonly correct: "consistent" | "contradicted";
  /** Whether anything could have been left out. */
  readonly complete: "shown" | "not-shown";
  readonly obligations: readonly ObligationVerdict[];
  readonly account: Account;
  readonly assurance: readonly Assurance[];
}

/**
 * The verdict rule, written once. Draw up the account; compare the opening with its seal; run the checks; measure how surely they would have seen a cheat;
 * add what nobody independent has shown. An obligation with a finding is anomalous, one with a gap is unverified, else
 * it is verified; the verdict is the worst of the obligations.
 */
export function judge(subject: Subject): Judgement {
  const account = accountOf(subject);
  const found = runChecks(subject, account);
  const checked = { ...found, findings: [...checkOpening(subject), ...found.findings] };
  const assurance = assess(subject);
  const gaps = [...checked.gaps, ...gapsOfAssurance(subject, assurance), ...gapsOfTrust(subject)];
  const obligations = subject.terms.obligations.map((obligation) =>
    judgeObligation(obligation, { ...checked, gaps }),
  );
  return {
    verdict: worst(obligations.map((obligation) => obligation.verdict)),
    correct: checked.findings.length > 0 ? "contradicted" : "consistent",
    complete: obligations.every((obligation) => obligation.verdict === "verified")
      ? "shown"
      : "not-shown",
    obligations,
    account,
    assurance,
  };
}

/** The worst of several verdicts; `verified` where there is none to doubt. */
export function worst(values: readonly VerdictValue[]): VerdictValue {
  return VERDICTS[Math.max(0, ...values.map((value) => VERDICTS.indexOf(value)))] as VerdictValue;
}

function judgeObligation(obligation: Obligation, checked: CheckResult): ObligationVerdict {
  const findings = checked.findings.filter((finding) => finding.obligation === obligation.kind);
  const gaps = checked.gaps.filter((gap) => gap.obligation === obligation.kind);
  const verdict = findings.length > 0 ? "anomalous" : gaps.length > 0 ? "unverified" : "verified";
  return { id: obligation.id, title: obligation.title, verdict, findings, gaps };
}

/** A quiet site proves nothing if cheating there would be quiet too. */
function gapsOfAssurance(subject: Subject, assurance: readonly Assurance[]): Gap[] {
  const goal = subject.terms.goals.detectionProbability;
  return assurance
    .filter(
      ({ adversary, probability }) =>
        adversary === "leaves-meters-alone" && probability !== undefined,
    )
    .filter(
      ({ probability }) => BigInt((probability as { low: number }).low) * 100n < millionths(goal),
    )
    .map(({ evasion, probability }) =>
      gapWords.quietIfCheating(
        evasionWords[evasion] as string,
        decimal((probability as { low: number }).low),
        goal,
      ),
    );
}

/** Obligations whose keeping is read from feeds, so that it is only as good as those. */
const RESTS_ON_FEEDS = [
  "training-declared",
  "training-run-limit",
  "post-training-limit",
  "cluster-limit",
] as const;

function gapsOfTrust(subject: Subject): Gap[] {
  const own = subject.feeds.every((feed) => feed.feedClass === "operator");
  const kinds = new Set(subject.terms.obligations.map(({ kind }) => kind));
  const rests = RESTS_ON_FEEDS.filter((kind) => kinds.has(kind));
  return [
    ...(own ? rests.map(gapWords.ownFeedsOnly) : []),
    gapWords.notInspected(),
    ...[...kinds].filter((kind) => !CHECKED_OBLIGATIONS.has(kind)).map(recordWords.notChecked),
  ];
}

function decimal(tenThousandths: number): string {
  return `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000)
    .padStart(4, "0")
    .slice(0, 2)}`;
}
