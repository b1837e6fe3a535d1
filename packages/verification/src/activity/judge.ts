import type { ActivityTerms } from "@standstill/agreement";
import type { ActivityTable } from "@standstill/evidence/activity";
import type { VerdictValue } from "../verdict.ts";
import { OBLIGATIONS, type Subject } from "./checks/check.ts";
import { activityChecks, recordChecks } from "./checks/index.ts";
import { type CountedLimit, countLimits } from "./checks/limits.ts";
import { provenance } from "./checks/origin-told.ts";
import { contextOf } from "./context.ts";
import { COVERED_EVASIONS, UNCOVERED_EVASIONS } from "./evasion-names.ts";
import type { ActivityFinding, ActivityGap, ActivityResult } from "./finding.ts";
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

/** What checks found in a log, by check. */
export type ActivityResults = ReadonlyMap<string, ActivityResult>;

/**
 * Judges a log: runs every check, counts the limits, and concludes. Deterministic: the same logs and terms give the same bytes.
 *
 * @example judgeActivity(readActivityTable([{ name: "log", content }]), parseActivityTerms(text)).verdict
 */
export function judgeActivity(table: ActivityTable, terms: ActivityTerms): ActivityVerdict {
  return concludeActivity(table, terms, checkRecords(table, terms), checkRuns(table, terms));
}

/**
 * Runs the checks that look at records by themselves, or some of them: the rest may be run elsewhere meanwhile.
 *
 * @param isWanted whether a check with an id is run
 */
export function checkRecords(
  table: ActivityTable,
  terms: ActivityTerms,
  isWanted: (id: string) => boolean = () => true,
): ActivityResults {
  const context = contextOf(table, terms);
  return new Map(
    recordChecks.filter(({ id }) => isWanted(id)).map((check) => [check.id, check.run(context)]),
  );
}

/** Puts records together into strands and logical runs, and counts the limits. Independent of the other checks. */
export function checkRuns(table: ActivityTable, terms: ActivityTerms): RunResults {
  const context = contextOf(table, terms);
  const strands = strandsOf(context);
  const lineage = lineageOf(context);
  const runs = logicalRunsOf(context, strands, lineage);
  const subject: Subject = { ...context, strands, lineage, runs };
  return {
    results: new Map([[provenance.id, provenance.run(subject)]]),
    limits: countLimits(subject),
  };
}

/** What logical runs come to. */
export interface RunResults {
  readonly results: ActivityResults;
  readonly limits: readonly CountedLimit[];
}

/**
 * The verdict rule for activity logs, written once: findings and gaps of all checks and limits, and what the agreed evasions would need.
 * With a finding it is anomalous, with a gap unverified, else verified.
 */
export function concludeActivity(
  table: Pick<ActivityTable, "count">,
  terms: ActivityTerms,
  records: ActivityResults,
  { results: ofRuns, limits }: RunResults,
): ActivityVerdict {
  const results = activityChecks.flatMap(({ id }) => records.get(id) ?? ofRuns.get(id) ?? []);
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
        id,
        limit: `${limit} FLOP`,
        counted: `${counted.low} FLOP`,
        kept: kept(id),
      })),
      ...Object.keys(OBLIGATIONS).map((id) => ({ id, limit: null, counted: null, kept: kept(id) })),
    ],
    gaps,
  };
}

const emptyLog: ActivityGap = {
  code: "no-records",
  obligation: "log-whole",
  numbers: {},
  sentence: "There are no records.",
};

function gapsOfEvasions({ evasions = [] }: ActivityTerms): ActivityGap[] {
  return evasions
    .filter((name) => !COVERED_EVASIONS.includes(name))
    .map((name) => ({
      code: "evasion-not-excluded",
      obligation: "log-whole",
      numbers: { evasion: name },
      sentence: UNCOVERED_EVASIONS.includes(name)
        ? `An activity log alone cannot exclude ${name}; a feed that the operator does not write is needed.`
        : `The evasion ${name} is not known, so it cannot be excluded.`,
    }));
}
