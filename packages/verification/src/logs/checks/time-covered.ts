import { there } from "@standstill/record";
import type { FindingTold, GapTold } from "../../finding.ts";
import { type LogContext, timeText } from "../context.ts";
import { coverageOf, type Untold } from "../coverage.ts";
import { Grouped, logFinding, logGap, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

const MOST_TOLD = 200;

/** Every listed device for all of the agreed time, outages apart; no other device, and nothing outside that time. */
export const timeCovered = logCheck({
  id: "time-covered",
  rule: "time-covered",
  fields: [],
  run(subject) {
    const { table, terms, tolerances, startMs, endMs } = subject;
    const [periodStartMs, periodEndMs] = [
      Date.parse(terms.window.start),
      Date.parse(terms.window.end),
    ];
    const unlisted = new Grouped<number>(subject);
    const outside = new Grouped<number>(subject);
    const long = new Grouped<number>(subject);
    const during = new Grouped<number>(subject);
    const longest = (terms.window.longestRecordSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    for (let i = 0; i < table.count; i++) {
      const [start, end] = [there(table.startMs[i]), there(table.endMs[i])];
      const device = there(table.device[i]);
      if (!subject.listed.has(device)) unlisted.add(device, i);
      if (end <= periodStartMs || start >= periodEndMs) outside.add(device, i);
      if (end - start > longest) long.add(device, i);
    }
    const covered = coverageOf(subject, { startMs, endMs });
    for (const record of covered.during) during.add(there(table.device[record]), record);
    const name = (device: number) => table.texts.get(device);
    const findings: FindingTold[] = [
      ...unlisted.findings((device, count) => ({
        severity: "contradiction",
        about: name(device),
        sentence: `${recordsThat(count, "are")} of ${name(device)}, which the terms do not list.`,
      })),
      ...outside.findings((device, count) => ({
        severity: "contradiction",
        about: name(device),
        sentence: `${recordsThat(count, "lie", `of ${name(device)}`)} outside the agreed time.`,
      })),
      ...long.findings((device, count) => ({
        severity: "contradiction",
        about: name(device),
        numbers: { longestSeconds: longest / 1000 },
        sentence: `${recordsThat(count, "tell", `of ${name(device)}`)} of more than the agreed ${longest / 1000} seconds at once.`,
      })),
      ...during.findings((device, count) => ({
        severity: "contradiction",
        about: name(device),
        sentence: `${recordsThat(count, "tell")} of work on ${name(device)} while it was declared to be out.`,
      })),
    ];
    const gaps: GapTold[] = [];
    tellMissing(subject, covered.missing, endMs - startMs, tolerances.missing, findings, gaps);
    tellOutages(covered.excused, (endMs - startMs) * subject.all.length, tolerances.outages, gaps);
    return { findings, gaps };
  },
});

function tellMissing(
  log: LogContext,
  missing: readonly Untold[],
  span: number,
  tolerated: number,
  findings: FindingTold[],
  gaps: GapTold[],
): void {
  for (const { device, ms, firstMs } of missing) {
    if (ms <= span * tolerated || findings.length >= MOST_TOLD) continue;
    const sentence = `Nothing is told of ${device} for ${seconds(ms)} s of the agreed time, first at ${timeText(firstMs)}, and no outage is declared.`;
    const numbers = { missingSeconds: seconds(ms), agreedSeconds: span / 1000 };
    const told = { severity: "contradiction", about: device, sentence, numbers } as const;
    findings.push(logFinding(log, told, []));
  }
  if (missing.length === 0) return;
  const all = seconds(missing.reduce((sum, { ms }) => sum + ms, 0));
  const sentence = `Nothing is told of ${missing.length} devices for ${all} device-seconds of the agreed time, and no outage is declared.`;
  gaps.push(logGap("time-missing", sentence, { devices: missing.length, seconds: all }));
}

/** Outages are agreed, so they accuse nobody; beyond what is tolerated of the time of all devices, they leave unknown what was done. */
function tellOutages(
  excused: readonly Untold[],
  deviceSpan: number,
  tolerated: number,
  gaps: GapTold[],
): void {
  const out = excused.reduce((sum, { ms }) => sum + ms, 0);
  if (out <= deviceSpan * tolerated) return;
  const numbers = {
    devices: excused.length,
    outageSeconds: seconds(out),
    agreedSeconds: deviceSpan / 1000,
  };
  const sentence = `${excused.length} devices were out for ${numbers.outageSeconds} device-seconds by declaration, more than is tolerated; what they did then is not known.`;
  gaps.push(logGap("outages-many", sentence, numbers));
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
