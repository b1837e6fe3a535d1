import { there } from "@standstill/record";
import type { FindingTold } from "../../finding.ts";
import { thresholds } from "../../methods/draft/thresholds.ts";
import { isJudged, type LogContext, statedFlop, TRAINING } from "../context.ts";
import { logFinding } from "../records.ts";
import { logCheck } from "./check.ts";

/** Training works as it usually does, and at least as much as was agreed. */
export const steadyWork = logCheck({
  id: "steady-work",
  rule: "work-as-told",
  fields: ["flop"],
  run(subject) {
    const { table, repeated } = subject;
    const byWorkload = new Map<number, number[]>();
    for (let i = 0; i < table.count; i++) {
      if (
        table.activity[i] !== TRAINING ||
        repeated[i] === 1 ||
        !isJudged(subject, i) ||
        statedFlop(table, i) === undefined
      )
        continue;
      const workload = there(table.workload[i]);
      const its = byWorkload.get(workload);
      if (its === undefined) byWorkload.set(workload, [i]);
      else its.push(i);
    }
    const findings: FindingTold[] = [];
    for (const [workload, records] of byWorkload) {
      findings.push(...unsteady(subject, workload, records), ...weak(subject, workload, records));
    }
    return { findings, gaps: [] };
  },
});

function unsteady(log: LogContext, workload: number, records: readonly number[]): FindingTold[] {
  const { table } = log;
  if (records.length < thresholds.logs.steady.leastWindows) return [];
  const rates = Float64Array.from(records, (i) => {
    const seconds = (there(table.endMs[i]) - there(table.startMs[i])) / 1000;
    return there(statedFlop(table, i)) / seconds;
  });
  // What it usually does is what it does when it works: slow windows must not make slowness usual.
  const usual = there(rates.slice().sort()[Math.floor(rates.length * 0.75)]);
  const slow = records.filter((_, k) => there(rates[k]) < usual * thresholds.logs.steady.slow);
  const name = table.texts.get(workload);
  const finding = (its: readonly number[], windows: number, of: string): FindingTold => {
    const sentence = `${its.length} of ${windows} windows of ${name}${of} tell of less than half of what it usually does; what was done then is not told.`;
    const numbers = { slow: its.length, windows };
    return logFinding(log, { severity: "suspicion", about: name, sentence, numbers }, its);
  };
  if (slow.length > records.length * thresholds.logs.steady.ofRun)
    return [finding(slow, records.length, "")];
  const slowOf = new Map<number, number[]>();
  for (const record of slow) {
    const device = there(table.device[record]);
    slowOf.set(device, [...(slowOf.get(device) ?? []), record]);
  }
  const findings: FindingTold[] = [];
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

function weak(log: LogContext, workload: number, records: readonly number[]): FindingTold[] {
  const { table, terms, listed } = log;
  const least = Number(terms.tolerances?.leastUtilization ?? "0");
  let [flop, could] = [0, 0];
  for (const i of records) {
    const device = listed.get(there(table.device[i]));
    const lowest = [...(device?.peak.values() ?? [])].reduce(
      (sum, one) => Math.min(sum, Number(one)),
      Number.POSITIVE_INFINITY,
    );
    if (!Number.isFinite(lowest)) continue;
    flop += there(statedFlop(table, i));
    could += (lowest * (there(table.endMs[i]) - there(table.startMs[i]))) / 1000;
  }
  if (could === 0 || flop >= could * least) return [];
  const share = (flop / could).toFixed(4);
  const about = table.texts.get(workload);
  const sentence = `${about} reached ${share} of its devices' peak; the terms expect ${least} at least of training, so not all of its work may be told.`;
  const numbers = { utilization: share, expected: least };
  return [logFinding(log, { severity: "suspicion", about, sentence, numbers }, records)];
}
