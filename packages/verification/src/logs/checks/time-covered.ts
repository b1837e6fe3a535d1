import { there } from "@standstill/record";
import type { FindingTold, GapTold } from "../../finding.ts";
import { IDLE, type ListedDevice, type LogContext, timeText } from "../context.ts";
import { Grouped, logFinding, logGap, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

const MOST_TOLD = 200;

interface Missing {
  readonly device: string;
  readonly ms: number;
  readonly firstMs: number;
}

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
    const outages = outagesOf(subject);
    const missing: Missing[] = [];
    const excused: Missing[] = [];
    for (const device of subject.all) {
      const found = uncovered(subject, device, outages.get(device.device) ?? outages.get("") ?? []);
      if (found.missing.ms > 0) missing.push(found.missing);
      if (found.excused > 0) excused.push({ device: device.device, ms: found.excused, firstMs: 0 });
      for (const record of found.during) during.add(there(table.device[record]), record);
    }
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
    tellMissing(subject, missing, endMs - startMs, tolerances.missing, findings, gaps);
    tellOutages(excused, (endMs - startMs) * subject.all.length, tolerances.outages, gaps);
    return { findings, gaps };
  },
});

function tellMissing(
  log: LogContext,
  missing: readonly Missing[],
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
  excused: readonly Missing[],
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

type Span = readonly [startMs: number, endMs: number];

/** Outages of each device in order of time; those of all devices under the empty name, and added to the others. */
function outagesOf({ terms }: LogContext): Map<string, Span[]> {
  const found = new Map<string, Span[]>();
  const every: Span[] = [];
  for (const { devices, start, end } of terms.outages ?? []) {
    const span: Span = [Date.parse(start), Date.parse(end)];
    if (devices === undefined) every.push(span);
    for (const device of devices ?? []) found.set(device, [...(found.get(device) ?? []), span]);
  }
  for (const [device, spans] of found) found.set(device, joined([...spans, ...every]));
  return found.set("", joined(every));
}

function joined(spans: readonly Span[]): Span[] {
  const whole: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = whole.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else whole.push([start, end]);
  }
  return whole;
}

/** Time of a device that no record and no outage covers; time that only outages cover; records that lie in outages. */
function uncovered(
  subject: LogContext,
  { device }: ListedDevice,
  outages: readonly Span[],
): { missing: Missing; excused: number; during: number[] } {
  const { table, order, from: starts, places, startMs, endMs } = subject;
  const number = table.texts.find(device);
  const d = number === undefined ? -1 : (places.get(number) ?? -1);
  const during: number[] = [];
  let [missing, excused, firstMs, reached, over] = [0, 0, 0, startMs, 0];
  const gap = (start: number, end: number) => {
    let out = 0;
    for (let k = over; k < outages.length && there(outages[k])[0] < end; k++) {
      const [from, until] = there(outages[k]);
      out += Math.max(0, Math.min(end, until) - Math.max(start, from));
    }
    excused += out;
    if (end - start - out > 0 && missing === 0) firstMs = start;
    missing += end - start - out;
  };
  for (let k = d < 0 ? 0 : there(starts[d]); d >= 0 && k < there(starts[d + 1]); k++) {
    const record = there(order[k]);
    const start = Math.max(there(table.startMs[record]), startMs);
    const end = Math.min(there(table.endMs[record]), endMs);
    if (start >= end) continue;
    if (start > reached) gap(reached, start);
    reached = Math.max(reached, end);
    // Both are in order of time: an outage that is over stays so.
    while (over < outages.length && there(outages[over])[1] <= start) over++;
    const [from, until] = outages[over] ?? [endMs, endMs];
    const isWork = table.activity[record] !== IDLE;
    // Edges need not agree to the second, but most of the one must not lie in the other.
    const common = Math.min(end, until) - Math.max(start, from);
    if (isWork && common * 2 > Math.min(end - start, until - from)) during.push(record);
  }
  if (reached < endMs) gap(reached, endMs);
  return { missing: { device, ms: missing, firstMs }, excused, during };
}
