import { allowanceDays, type Duty, freesWork } from "@standstill/agreement";
import { parseQuantity } from "@standstill/record";
import { amount } from "../amount.ts";
import type { Ledger, LedgerSums } from "../ledger.ts";
import type { GateRules } from "../rules.ts";
import { objectionsOf } from "./by-kind.ts";
import { type Judged, type Objection, objectionTo, UNDECLARED_DAYS } from "./objection.ts";
import { knownH100e } from "./peaks.ts";

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
    const found = objectionsOf(duty, { rules, judged, sums, now });
    if (found.length === 0) return [];
    const free = exemptionFrom(duty, rules, judged, sums);
    if (free === undefined) return found;
    exempted.add(free);
    return [];
  });
  const objections = [...byUse(rules, judged, sums), ...ofUnknown(rules, judged), ...byDuty];
  return { objections, exempted: [...exempted] };
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
    const days = allowanceDays(exemption);
    const before = use === undefined ? sums.all(days) : sums.forUse(use, days);
    return freesWork(exemption, { use, h100e: knownH100e(rules, request), flop: before + flop });
  })?.id;
}
