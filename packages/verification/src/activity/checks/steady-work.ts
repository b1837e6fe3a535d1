import { thresholds } from "../../methods/draft/thresholds.ts";
import { type ActivityContext, statedFlop, TRAINING } from "../context.ts";
import type { ActivityFinding } from "../finding.ts";
import { placeOf } from "../finding.ts";
import type { RecordCheck } from "./check.ts";

/** Training works as it usually does, and at least as much as was agreed. */
export const steadyWork: RecordCheck = {
  id: "steady-work",
  obligation: "work-as-told",
  needs: ["flop"],
  about:
    "Training of which more than a fifth of the windows tell of less than half of its usual work; training that reaches less of its devices' peak than the terms allow.",
  run(subject) {
    const { table, repeated } = subject;
    const byWorkload = new Map<number, number[]>();
    for (let i = 0; i < table.count; i++) {
      if (table.activity[i] !== TRAINING || repeated[i] === 1 || statedFlop(table, i) === undefined)
        continue;
      const workload = table.workload[i] as number;
      const its = byWorkload.get(workload);
      if (its === undefined) byWorkload.set(workload, [i]);
      else its.push(i);
    }
    const findings: ActivityFinding[] = [];
    for (const [workload, records] of byWorkload) {
      findings.push(...unsteady(subject, workload, records), ...weak(subject, workload, records));
    }
    return { findings, gaps: [] };
  },
};

function unsteady(
  { table }: ActivityContext,
  workload: number,
  records: readonly number[],
): ActivityFinding[] {
  if (records.length < thresholds.logs.steady.leastWindows) return [];
  const rates = Float64Array.from(records, (i) => {
    const seconds = ((table.endMs[i] as number) - (table.startMs[i] as number)) / 1000;
    return (statedFlop(table, i) as number) / seconds;
  });
  // What it usually does is what it does when it works: slow windows must not make slowness usual.
  const usual = rates.slice().sort()[Math.floor(rates.length * 0.75)] as number;
  const slow = records.filter((_, k) => (rates[k] as number) < usual * thresholds.logs.steady.slow);
  const name = table.texts.get(workload);
  const finding = (its: readonly number[], windows: number, of: string): ActivityFinding => ({
    check: "steady-work",
    obligation: "work-as-told",
    severity: "suspicion",
    records: its.slice(0, 100).map((record) => placeOf(table, record)),
    sentence: `${its.length} of ${windows} windows of ${name}${of} tell of less than half of what it usually does; what was done then is not told.`,
    numbers: { slow: its.length, windows },
  });
  if (slow.length > records.length * thresholds.logs.steady.ofRun)
    return [finding(slow, records.length, "")];
  const slowOf = new Map<number, number[]>();
  for (const record of slow) {
    const device = table.device[record] as number;
    slowOf.set(device, [...(slowOf.get(device) ?? []), record]);
  }
  const findings: ActivityFinding[] = [];
  for (const [device, its] of slowOf) {
    if (its.length < thresholds.logs.steady.leastWindows / 2) continue;
    const windows = records.filter((record) => table.device[record] === device).length;
    if (
      windows >= thresholds.logs.steady.leastWindows &&
      its.length > windows * thresholds.logs.steady.ofDevice
    ) {
      findings.push(finding(its, windows, ` on ${table.texts.get(device)}`));
    }
  }
  return findings.slice(0, 100);
}

function weak(
  { table, terms, listed }: ActivityContext,
  workload: number,
  records: readonly number[],
): ActivityFinding[] {
  const least = Number(terms.tolerances?.leastUtilization ?? "0");
  let [flop, could] = [0, 0];
  for (const i of records) {
    const device = listed.get(table.device[i] as number);
    const lowest = [...(device?.peak.values() ?? [])].reduce(
      (sum, one) => Math.min(sum, Number(one)),
      Number.POSITIVE_INFINITY,
    );
    if (!Number.isFinite(lowest)) continue;
    flop += statedFlop(table, i) as number;
    could += (lowest * ((table.endMs[i] as number) - (table.startMs[i] as number))) / 1000;
  }
  if (could === 0 || flop >= could * least) return [];
  const share = (flop / could).toFixed(4);
  return [
    {
      check: "steady-work",
      obligation: "work-as-told",
      severity: "suspicion",
      records: records.slice(0, 100).map((record) => placeOf(table, record)),
      sentence: `${table.texts.get(workload)} reached ${share} of its devices' peak; the terms expect ${least} at least of training, so not all of its work may be told.`,
      numbers: { utilization: share, expected: String(least) },
    },
  ];
}
