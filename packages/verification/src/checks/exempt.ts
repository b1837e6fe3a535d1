import { allowanceDays, freesWork } from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import { type DutyInForce, partyH100e } from "../duties-in-force.ts";
import { recordedRuns } from "../recorded-runs.ts";
import type { RunOnRecord, Subject } from "../subject.ts";
import { doneUntil } from "./held-to.ts";

/** Whether an exemption frees a run: of its use, with room in the allowance for what the party declared of it up to the run's end. */
export function isExempt(
  subject: Subject,
  { stretches }: DutyInForce,
  { run }: Pick<RunOnRecord, "run">,
): boolean {
  const start = Date.parse(run.period.start);
  const end = Date.parse(run.period.end);
  const during = stretches.filter(({ startMs, endMs }) => startMs < end && endMs > start);
  const h100e = partyH100e(subject);
  return (
    during.length > 0 &&
    during.every(({ duty, endMs }) =>
      duty.exemptions.some((exemption) => {
        if (!freesWork(exemption, { use: run.use, h100e, flop: 0n })) return false;
        const until = Math.min(end, endMs);
        const since = until - allowanceDays(exemption) * DAY_MS;
        const flop = declaredForUse(subject, run.use, since, until);
        return freesWork(exemption, { use: run.use, h100e, flop });
      }),
    )
  );
}

/** What a party declared of a use in some time; where no use is told, all of its training. */
function declaredForUse(subject: Subject, use: string | undefined, since: number, until: number) {
  const own = new Map(recordedRuns(subject).map((one) => [one.run.run, one]));
  for (const one of subject.beside.allRuns)
    if (one.party === subject.party) own.set(one.run.run, one);
  let flop = 0n;
  for (const one of own.values())
    if (one.run.activity === "training" && (use === undefined || one.run.use === use))
      flop += doneUntil(subject, one, until) - doneUntil(subject, one, since);
  return flop;
}
