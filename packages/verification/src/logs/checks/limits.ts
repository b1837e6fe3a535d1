import type { ObligationOf } from "@standstill/agreement";
import { ACTIVITIES } from "@standstill/evidence/activity";
import { parseQuantity } from "@standstill/record";
import type { DutyInForce } from "../../duties-in-force.ts";
import type { CheckResult, FindingTold, GapTold, LogDutyCheck } from "../../finding.ts";
import { about } from "../../words/index.ts";
import type { LogSubject } from "../log-subject.ts";
import type { LogicalRun } from "../logical-runs.ts";
import { logFinding, logGap } from "../records.ts";
import type { Counted } from "../strands.ts";

/** A limit as it was in force: where it changed in the time, between the lowest and the highest. */
interface LimitInForce {
  readonly id: string;
  readonly per: ObligationOf<"activity-limit">["per"];
  /** Whether each activity counts, by its number. */
  readonly counts: readonly boolean[];
  readonly low: bigint;
  readonly high: bigint;
}

/** Agreed limits, and what counts against them: each logical run with all that it rests on, or all records together. */
export const limits: LogDutyCheck = {
  id: "limits",
  of: "log-duty",
  serves: ["activity-limit"],
  needs: ["activity-log"],
  accuses: true,
  run: (duty, log) => {
    const limit = limitOf(duty);
    if (limit === undefined) return { findings: [], gaps: [] };
    const { findings, gaps } = limit.per === "total" ? ofTotal(log, limit) : ofRuns(log, limit);
    return { findings, gaps };
  },
};

/** FLOP that count against a duty's limit, as far as they are stated: of the largest run, or of all records; nothing where it is no such limit. */
export function countedOf(duty: DutyInForce, log: LogSubject): bigint | undefined {
  const limit = limitOf(duty);
  if (limit === undefined) return undefined;
  return (limit.per === "total" ? total(log, limit) : largest(log, limit)).low;
}

function limitOf({ id, stretches }: DutyInForce): LimitInForce | undefined {
  const found = stretches.flatMap(({ duty: { obligation, limit } }) =>
    obligation.kind === "activity-limit"
      ? [{ obligation, flop: parseQuantity(limit ?? obligation.limit, "FLOP") }]
      : [],
  );
  const last = found.at(-1)?.obligation;
  if (last === undefined) return undefined;
  const amounts = found.map(({ flop }) => flop);
  return {
    id,
    per: last.per,
    counts: ACTIVITIES.map((name) => last.activities?.includes(name) ?? name !== "idle"),
    low: amounts.reduce(smaller),
    high: amounts.reduce(larger),
  };
}

function total({ strands, untold }: LogSubject, { counts }: LimitInForce): Counted {
  const its = strands.all.filter(({ activity }) => counts[activity]);
  return {
    low: its.reduce((sum, { low }) => sum + low, 0n),
    high: its.reduce((sum, { high }) => sum + high, untold),
  };
}

function ofTotal(log: LogSubject, limit: LimitInForce): CheckResult {
  const { id, high, counts } = limit;
  const counted = total(log, limit);
  const what = names(counts);
  const sentence = `${what} took ${apart(counted.low, high)} in all; the limit ${id} is ${apart(high, counted.low)}.`;
  const numbers = { counted: `${counted.low} FLOP`, limit: `${high} FLOP` };
  const told = { severity: "contradiction", about: what, sentence, numbers } as const;
  return {
    findings: counted.low > high ? [logFinding(log, told, [])] : [],
    gaps: couldExceed(limit, counted, what),
  };
}

function largest({ runs, untold }: LogSubject, { counts }: LimitInForce): Counted {
  let counted: Counted = { low: 0n, high: 0n };
  for (const run of runs.all) {
    const { low, high } = sumOf(run, counts);
    counted = { low: larger(low, counted.low), high: larger(high, counted.high) };
  }
  // Whatever was done in time of which nothing is told may belong to the largest run.
  return { low: counted.low, high: counted.high + untold };
}

function ofRuns(log: LogSubject, limit: LimitInForce): CheckResult {
  const sums = log.runs.all.map((run) => ({ run, ...sumOf(run, limit.counts) }));
  const above = sums.filter(({ low }) => low > limit.high);
  above.sort((a, b) => (a.low === b.low ? a.run.number - b.run.number : a.low > b.low ? -1 : 1));
  const cut = logGap(
    "descent-cut",
    "Runs continue one another in too many ways to follow all of them: some may rest on more than is counted.",
  );
  return {
    findings: above.slice(0, 100).map(({ run, low }) => overLimit(log, limit, run, low)),
    gaps: [
      ...couldExceed(limit, largest(log, limit), "A logical run"),
      ...(log.runs.isCut ? [cut] : []),
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
  log: LogSubject,
  { id, high: limit }: LimitInForce,
  run: LogicalRun,
  counted: bigint,
): FindingTold {
  const { table } = log;
  const workloads = run.workloads.map((number) => table.texts.get(number));
  const many = workloads.length;
  const told = workloads.slice(0, 5).join(", ") + (many > 5 ? ` and ${many - 5} more` : "");
  const one = many === 1 ? `${told} is` : `${told} look like`;
  const why = run.links.length === 0 ? "" : ` They share ${run.links.join(", ")}.`;
  const rests =
    run.inherited > 0n
      ? ` Of it, ${about(run.inherited, "FLOP")} went into what it continues.`
      : "";
  return logFinding(
    log,
    {
      severity: many > 1 && run.links.length > 0 ? "suspicion" : "contradiction",
      about: told,
      sentence: `${one} one run of ${apart(counted, limit)}; the limit ${id} is ${apart(limit, counted)}.${why}${rests}`,
      numbers: {
        counted: `${counted} FLOP`,
        limit: `${limit} FLOP`,
        inherited: `${run.inherited} FLOP`,
        workloads: many,
        strands: run.strands.length,
      },
    },
    run.strands.map(({ sample }) => sample),
  );
}

/** Where not all compute is stated, or the limit changed in the time, it may have been exceeded. */
function couldExceed(
  { id, low: limit, high: highest }: LimitInForce,
  { low, high }: Counted,
  what: string,
): GapTold[] {
  if (low > highest || high <= limit) return [];
  const numbers = { counted: `${low} FLOP`, most: `${high} FLOP`, limit: `${limit} FLOP` };
  const why =
    high > low ? "not all compute of this time is stated" : "the limit changed in this time";
  const sentence = `${what} may have taken up to ${apart(high, limit)}, since ${why}; the limit ${id} is ${apart(limit, high)}.`;
  return [logGap("could-exceed", sentence, numbers)];
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
  return a > b ? a : b;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
