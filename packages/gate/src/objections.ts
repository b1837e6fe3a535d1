import { type Duty, freesWork } from "@standstill/agreement";
import { parseQuantity } from "@standstill/record";
import { amount } from "./amount.ts";
import type { Ledger, LedgerSums } from "./ledger.ts";
import type { JobRequest } from "./request.ts";
import type { GateRules } from "./rules.ts";

/** A job with what it could do at most. */
export interface Judged {
  readonly request: JobRequest;
  readonly seconds: number;
  readonly flop: bigint;
}

/** What a job would break. */
export interface Objection {
  /** Obligation or use of the agreement. */
  readonly clause: string;
  readonly title: string;
  readonly expected: string;
  readonly got: string;
  readonly sentence: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days over which training that nobody declared counts together, so that it cannot be split under a line. */
const UNDECLARED_DAYS = 365;

/** Everything that a job would break, and the exemptions that free it of what it otherwise would. */
export function objectionsTo(
  rules: GateRules,
  ledger: Ledger,
  judged: Judged,
  now: number,
): { readonly objections: Objection[]; readonly exempted: string[] } {
  const { request } = judged;
  const sums = ledger.sums(now, request.job, request.run);
  const exempted = new Set<string>();
  const byDuty = rules.duties.flatMap((duty) => {
    const found = objectionOf(duty, { rules, judged, sums, now });
    if (found.length === 0) return [];
    const free = exemptionFrom(duty, rules, judged, sums);
    if (free === undefined) return found;
    exempted.add(free);
    return [];
  });
  const objections = [...byUse(rules, judged, sums), ...ofUnknown(rules, judged), ...byDuty];
  return { objections, exempted: [...exempted] };
}

interface Asked {
  readonly rules: GateRules;
  readonly judged: Judged;
  readonly sums: LedgerSums;
  readonly now: number;
}

/** What a job would break of one obligation. Kinds that no job can break by itself are left to checks and rulings. */
function objectionOf(duty: Duty, asked: Asked): Objection[] {
  const { obligation, limit } = duty;
  const { request } = asked.judged;
  const isTraining = request.activity === "training";
  switch (obligation.kind) {
    case "training-run-limit":
      return isTraining ? overRun(duty, limit, obligation.over === "lineage", asked) : [];
    case "post-training-limit":
      return isTraining && (runOf(asked)?.ancestryFlop ?? 0n) > 0n
        ? overRun(duty, limit, false, asked)
        : [];
    case "training-declared":
      return isTraining ? undeclared(duty, obligation.above, asked) : [];
    case "declared-before-start":
      return isTraining ? tooSoon(duty, obligation.above, obligation.noticeDays, asked) : [];
    case "research-compute-limit":
      return overTime(duty, limit, obligation.perDays, asked);
    case "cluster-limit":
      return obligation.stance === "forbidden" ? tooLarge(duty, obligation.aboveH100e, asked) : [];
    case "powered-off":
      return tooLarge(duty, obligation.aboveH100e, asked);
    case "accelerators-registered":
      return unregistered(duty, asked);
    default:
      return [];
  }
}

function runOf({ rules, judged }: Asked) {
  const { run } = judged.request;
  return run === undefined ? undefined : rules.runs.get(run);
}

function overRun(
  duty: Duty,
  limit: string | undefined,
  withAncestry: boolean,
  asked: Asked,
): Objection[] {
  if (limit === undefined) return [];
  const { judged, sums } = asked;
  const ancestry = withAncestry ? (runOf(asked)?.ancestryFlop ?? 0n) : 0n;
  const before =
    judged.request.run === undefined ? sums.undeclaredTraining(UNDECLARED_DAYS) : sums.inRun;
  const most = parseQuantity(limit, "FLOP");
  const all = ancestry + before + judged.flop;
  if (all <= most) return [];
  const what = withAncestry ? "in a run and what it rests on" : "in a run";
  return [
    objection(
      duty,
      `at most ${amount(most)} ${what}`,
      `${amount(all)}: ${amount(ancestry + before)} before, ${amount(judged.flop)} asked for`,
    ),
  ];
}

function undeclared(duty: Duty, above: string, asked: Asked): Objection[] {
  const { judged, sums } = asked;
  const line = parseQuantity(above, "FLOP");
  const run = runOf(asked);
  if (run === undefined) {
    const all = sums.undeclaredTraining(UNDECLARED_DAYS) + judged.flop;
    return all < line
      ? []
      : [
          objection(
            duty,
            `training of ${amount(line)} or more declared as a run of the party`,
            judged.request.run === undefined
              ? `${amount(all)} of training without a run`
              : `the run ${judged.request.run}, which is not on record`,
          ),
        ];
  }
  const all = sums.inRun + judged.flop;
  if (run.activity !== "training" && all >= line)
    return [objection(duty, `the run ${run.run} declared as training`, `it as ${run.activity}`)];
  return all <= run.flop || all < line
    ? []
    : [
        objection(
          duty,
          `at most ${amount(run.flop)}, as the run ${run.run} is declared`,
          `${amount(all)}: ${amount(sums.inRun)} before, ${amount(judged.flop)} asked for`,
        ),
      ];
}

function tooSoon(duty: Duty, above: string, noticeDays: number, asked: Asked): Objection[] {
  const { judged, sums, now } = asked;
  const line = parseQuantity(above, "FLOP");
  const run = runOf(asked);
  const before =
    run === undefined ? sums.undeclaredTraining(UNDECLARED_DAYS) : sums.inRun + run.ancestryFlop;
  if (before + judged.flop < line && (run?.flop ?? 0n) < line) return [];
  const expected = `a run of ${amount(line)} or more declared ${noticeDays} days before it starts`;
  if (run === undefined) return [objection(duty, expected, "no run on record")];
  const startsAt = run.declaredAt + noticeDays * DAY_MS;
  return now >= startsAt
    ? []
    : [objection(duty, expected, `one that may start at ${new Date(startsAt).toISOString()}`)];
}

function overTime(
  duty: Duty,
  limit: string | undefined,
  perDays: number,
  { judged, sums }: Asked,
): Objection[] {
  if (limit === undefined) return [];
  const most = parseQuantity(limit, "FLOP");
  const all = sums.all(perDays) + judged.flop;
  return all <= most
    ? []
    : [objection(duty, `at most ${amount(most)} in ${perDays} days`, amount(all))];
}

function tooLarge(
  duty: Duty,
  aboveH100e: string | undefined,
  { rules, judged }: Asked,
): Objection[] {
  if (aboveH100e === undefined || rules.h100e === null) return [];
  const { request } = judged;
  const asked = BigInt(request.accelerators) * peakOf(rules, request.accelerator);
  // What is off or forbidden as a whole may not be used in parts either.
  const site = peakOfAll(rules, rules.atSite);
  const together = asked > site ? asked : site;
  return together <= BigInt(aboveH100e) * rules.h100e
    ? []
    : [
        objection(
          duty,
          `at most ${aboveH100e} H100e together`,
          `${(together + rules.h100e - 1n) / rules.h100e} H100e`,
        ),
      ];
}

function unregistered(duty: Duty, { rules, judged }: Asked): Objection[] {
  const { accelerator, accelerators } = judged.request;
  const all = [...rules.registered.values()].reduce((sum, one) => sum + one, 0);
  const known = accelerator === undefined ? all : (rules.registered.get(accelerator) ?? 0);
  return accelerators <= known
    ? []
    : [
        objection(
          duty,
          "every accelerator on record as part of a site",
          `${accelerators} where ${known} ${accelerator ?? ""} are on record`.replace("  ", " "),
        ),
      ];
}

function byUse({ uses }: GateRules, { request, flop }: Judged, sums: LedgerSums): Objection[] {
  const use = uses.find(({ id }) => id === request.use);
  if (use === undefined) return [];
  if (use.stance === "prohibited")
    return [objectionTo(use.id, use.title, "nothing for this use", `a job for ${use.id}`)];
  if (use.limit === undefined) return [];
  const days = use.perDays ?? UNDECLARED_DAYS;
  const all = sums.forUse(use.id, days) + flop;
  const most = parseQuantity(use.limit, "FLOP");
  return all <= most
    ? []
    : [objectionTo(use.id, use.title, `at most ${amount(most)} in ${days} days`, amount(all))];
}

/** Names that nobody put on record: more often a slip than a plan, and work could be split under them. */
function ofUnknown({ uses, speeds, runs }: GateRules, { request }: Judged): Objection[] {
  const { use, accelerator, run } = request;
  const found: Objection[] = [];
  if (run !== undefined && !runs.has(run))
    found.push(objectionTo("runs", "Runs on record.", "a run that the party declared", run));
  if (use !== undefined && !uses.some(({ id }) => id === use))
    found.push(
      objectionTo(
        "uses",
        "Uses of the agreement.",
        `one of ${uses.map(({ id }) => id).join(", ")}`,
        use,
      ),
    );
  if (accelerator !== undefined && !speeds.has(accelerator))
    found.push(
      objectionTo(
        "accelerators",
        "Accelerators of the agreement.",
        `one of ${[...speeds.keys()].join(", ")}`,
        accelerator,
      ),
    );
  return found;
}

/** An exemption that frees this job from a duty, with room left in its allowance. */
function exemptionFrom(
  { exemptions }: Duty,
  rules: GateRules,
  { request, flop }: Judged,
  sums: LedgerSums,
): string | undefined {
  const { use } = request;
  return exemptions.find((exemption) => {
    const days = exemption.perDays ?? UNDECLARED_DAYS;
    const before = use === undefined ? sums.all(days) : sums.forUse(use, days);
    return freesWork(exemption, { use, h100e: knownH100e(rules, request), flop: before + flop });
  })?.id;
}

/** What accelerators on record do together at their peak, in FLOP/s. */
function peakOfAll({ peaks }: GateRules, onRecord: ReadonlyMap<string, number>): bigint {
  let sum = 0n;
  for (const [kind, count] of onRecord) sum += BigInt(count) * (peaks.get(kind) ?? 0n);
  return sum;
}

/** All accelerators on record, or those that the job asks for where they are more, in H100e, rounded up. */
function knownH100e(
  rules: GateRules,
  { accelerator, accelerators, tasks }: JobRequest,
): bigint | undefined {
  const { registered, h100e } = rules;
  if (h100e === null) return undefined;
  const onRecord = peakOfAll(rules, registered);
  const asked = BigInt(accelerators) * BigInt(tasks) * peakOf(rules, accelerator);
  return ((asked > onRecord ? asked : onRecord) + h100e - 1n) / h100e;
}

/** The peak of a kind of accelerator; of one that is not told, the highest. */
function peakOf({ peaks }: GateRules, accelerator: string | undefined): bigint {
  const highest = [...peaks.values()].reduce((most, one) => (one > most ? one : most), 0n);
  return (accelerator === undefined ? undefined : peaks.get(accelerator)) ?? highest;
}

function objection({ obligation }: Duty, expected: string, got: string): Objection {
  return objectionTo(obligation.id, obligation.title, expected, got);
}

function objectionTo(clause: string, title: string, expected: string, got: string): Objection {
  const sentence = `${clause}: ${title} Expected ${expected}, got ${got}.`;
  return { clause, title, expected, got, sentence };
}
