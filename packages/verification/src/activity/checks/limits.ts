import { ACTIVITIES } from "@standstill/evidence/activity";
import { parseQuantity } from "@standstill/record";
import { about } from "../../words/index.ts";
import type { ActivityFinding, ActivityGap } from "../finding.ts";
import { placeOf } from "../finding.ts";
import type { LogicalRun } from "../logical-runs.ts";
import type { Counted } from "../strands.ts";
import type { Subject } from "./check.ts";

/** An agreed limit, and what counts against it. */
export interface CountedLimit {
  readonly id: string;
  readonly per: "logical-run" | "total";
  readonly limit: bigint;
  /** Of the largest run, or of all records. */
  readonly counted: Counted;
  readonly findings: readonly ActivityFinding[];
  readonly gaps: readonly ActivityGap[];
}

/** Counts every limit of the terms: each logical run with all that it rests on, and all records together. */
export function countLimits(subject: Subject): CountedLimit[] {
  return subject.terms.limits.map((limit) => {
    const most = parseQuantity(limit.flop, "FLOP");
    const counts = ACTIVITIES.map((name) => limit.activities?.includes(name) ?? name !== "idle");
    return limit.per === "total"
      ? countTotal(subject, limit.id, most, counts)
      : countRuns(subject, limit.id, most, counts);
  });
}

function countTotal(
  { strands }: Subject,
  id: string,
  limit: bigint,
  counts: readonly boolean[],
): CountedLimit {
  const its = strands.all.filter(({ activity }) => counts[activity]);
  const counted = {
    low: its.reduce((sum, { low }) => sum + low, 0n),
    high: its.reduce((sum, { high }) => sum + high, 0n),
  };
  const what = names(counts);
  const finding: ActivityFinding = {
    check: "limits",
    obligation: id,
    severity: "contradiction",
    records: [],
    sentence: `${what} took ${apart(counted.low, limit)} in all; the limit ${id} is ${apart(limit, counted.low)}.`,
    numbers: { counted: `${counted.low} FLOP`, limit: `${limit} FLOP` },
  };
  return {
    id,
    per: "total",
    limit,
    counted,
    findings: counted.low > limit ? [finding] : [],
    gaps: couldExceed(id, limit, counted, what),
  };
}

function countRuns(
  subject: Subject,
  id: string,
  limit: bigint,
  counts: readonly boolean[],
): CountedLimit {
  const sums = subject.runs.all.map((run) => ({ run, ...sumOf(run, counts) }));
  let counted: Counted = { low: 0n, high: 0n };
  for (const { low, high } of sums) {
    counted = { low: larger(low, counted.low), high: larger(high, counted.high) };
  }
  const above = sums.filter(({ low }) => low > limit);
  above.sort((a, b) => (a.low === b.low ? a.run.number - b.run.number : a.low > b.low ? -1 : 1));
  const cut: ActivityGap = {
    code: "descent-cut",
    obligation: id,
    numbers: {},
    sentence:
      "Runs continue one another in too many ways to follow all of them: some may rest on more than is counted.",
  };
  return {
    id,
    per: "logical-run",
    limit,
    counted,
    findings: above.slice(0, 100).map(({ run, low }) => overLimit(subject, id, limit, run, low)),
    gaps: [
      ...couldExceed(id, limit, counted, "A logical run"),
      ...(subject.runs.isCut ? [cut] : []),
    ],
  };
}

function sumOf({ own, inherited }: LogicalRun, counts: readonly boolean[]): Counted {
  const its = own.filter((_, activity) => counts[activity]);
  return {
    low: its.reduce((sum, { low }) => sum + low, inherited),
    high: its.reduce((sum, { high }) => sum + high, inherited),
  };
}

function overLimit(
  subject: Subject,
  id: string,
  limit: bigint,
  run: LogicalRun,
  counted: bigint,
): ActivityFinding {
  const { table } = subject;
  const workloads = run.workloads.map((number) => table.texts.get(number));
  const many = workloads.length;
  const told = workloads.slice(0, 5).join(", ") + (many > 5 ? ` and ${many - 5} more` : "");
  const one = many === 1 ? `${told} is` : `${told} look like`;
  const why = run.links.length === 0 ? "" : ` They share ${run.links.join(", ")}.`;
  const rests =
    run.inherited > 0n
      ? ` Of it, ${about(run.inherited, "FLOP")} went into what it continues.`
      : "";
  return {
    check: "limits",
    obligation: id,
    severity: many > 1 && run.links.length > 0 ? "suspicion" : "contradiction",
    records: run.strands.slice(0, 100).map(({ sample }) => placeOf(table, sample)),
    sentence: `${one} one run of ${apart(counted, limit)}; the limit ${id} is ${apart(limit, counted)}.${why}${rests}`,
    numbers: {
      counted: `${counted} FLOP`,
      limit: `${limit} FLOP`,
      inherited: `${run.inherited} FLOP`,
      workloads: many,
      strands: run.strands.length,
    },
  };
}

function couldExceed(
  id: string,
  limit: bigint,
  { low, high }: Counted,
  what: string,
): ActivityGap[] {
  if (low > limit || high <= limit) return [];
  return [
    {
      code: "could-exceed",
      obligation: id,
      sentence: `${what} may have taken up to ${apart(high, limit)}, since not all compute is stated; the limit ${id} is ${apart(limit, high)}.`,
      numbers: { counted: `${low} FLOP`, most: `${high} FLOP`, limit: `${limit} FLOP` },
    },
  ];
}

function names(counts: readonly boolean[]): string {
  const its = ACTIVITIES.filter((_, activity) => counts[activity]);
  const all = ACTIVITIES.filter((name) => name !== "idle");
  if (all.every((name) => its.includes(name))) return "All activities";
  const text = its.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An amount as people read it, with all its digits only where another would otherwise look the same. */
function apart(amount: bigint, other: bigint): string {
  const told = about(amount, "FLOP");
  return told === about(other, "FLOP") ? `${amount} FLOP` : told;
}

function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
