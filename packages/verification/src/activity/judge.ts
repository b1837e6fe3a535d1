import type { ActivityTerms } from "@standstill/agreement";
import type { ActivityTable } from "@standstill/evidence/activity";
import type { VerdictValue } from "../verdict.ts";
import { OBLIGATIONS, type Subject } from "./checks/check.ts";
import { activityChecks } from "./checks/index.ts";
import { countLimits } from "./checks/limits.ts";
import { contextOf } from "./context.ts";
import { COVERED_EVASIONS, UNCOVERED_EVASIONS } from "./evasion-names.ts";
import type { ActivityFinding, ActivityGap } from "./finding.ts";
import { lineageOf } from "./lineage.ts";
import { logicalRunsOf } from "./logical-runs.ts";
import { strandsOf } from "./strands.ts";

/** What became of one obligation. */
export interface ActivityObligation {
  readonly id: string;
  /** FLOP; nothing where an obligation is no limit. */
  readonly limit: string | null;
  /** FLOP that count against the limit, as far as they are stated. */
  readonly counted: string | null;
  /** `null` where it cannot be told. */
  readonly kept: boolean | null;
}

/** What activity logs say under given terms. The logs are an operator's word: it is judged whether the word holds together. */
export interface ActivityVerdict {
  readonly verdict: VerdictValue;
  readonly findings: readonly ActivityFinding[];
  readonly obligations: readonly ActivityObligation[];
  readonly gaps: readonly ActivityGap[];
}

/**
 * The verdict rule for activity logs, written once. Put records together into strands and logical runs; run the checks; count the
 * limits; add what the agreed evasions would need. With a finding it is anomalous, with a gap unverified, else verified.
 * Deterministic: the same logs and terms give the same bytes.
 */
export function judgeActivity(table: ActivityTable, terms: ActivityTerms): ActivityVerdict {
  const context = contextOf(table, terms);
  const strands = strandsOf(context);
  const lineage = lineageOf(context);
  const runs = logicalRunsOf(context, strands, lineage);
  const subject: Subject = { ...context, strands, lineage, runs };
  const results = activityChecks.map((check) => check.run(subject));
  const limits = countLimits(subject);
  const findings = [...results, ...limits].flatMap((result) => result.findings);
  const gaps = [
    ...[...results, ...limits].flatMap((result) => result.gaps),
    ...gapsOfEvasions(terms),
    ...(table.count === 0 ? [emptyLog] : []),
  ];
  const kept = (id: string) => {
    if (findings.some(({ obligation }) => obligation === id)) return false;
    return gaps.some(({ obligation }) => obligation === id) ? null : true;
  };
  return {
    verdict: findings.length > 0 ? "anomalous" : gaps.length > 0 ? "unverified" : "verified",
    findings,
    obligations: [
      ...limits.map(({ id, limit, counted }) => ({
        ...{ id, limit: `${limit} FLOP`, counted: `${counted.low} FLOP`, kept: kept(id) },
      })),
      ...Object.keys(OBLIGATIONS).map((id) => ({ id, limit: null, counted: null, kept: kept(id) })),
    ],
    gaps,
  };
}

const emptyLog: ActivityGap = {
  ...{ code: "no-records", obligation: "log-whole", numbers: {} },
  sentence: "There are no records.",
};

function gapsOfEvasions({ evasions = [] }: ActivityTerms): ActivityGap[] {
  return evasions
    .filter((name) => !COVERED_EVASIONS.includes(name))
    .map((name) => ({
      ...{ code: "evasion-not-excluded", obligation: "log-whole", numbers: { evasion: name } },
      sentence: UNCOVERED_EVASIONS.includes(name)
        ? `An activity log alone cannot exclude ${name}; a feed that the operator does not write is needed.`
        : `The evasion ${name} is not known, so it cannot be excluded.`,
    }));
}
