import type { CounterWindows, Quantity } from "@standstill/evidence";
import { millionths, there } from "@standstill/record";
import { findRepeat, type SeriesTable } from "@standstill/statistics";
import { placeOfWindows } from "../counters.ts";
import {
  type CheckResult,
  contradiction,
  type EvidenceCheck,
  type FindingTold,
  type GapTold,
  gap,
  silent,
} from "../finding.ts";
import type { Subject } from "../subject.ts";
import { counterWords } from "../words/index.ts";

/** Counters that move with the work; a memory in use or a clock may stand still for days. */
const MOVING: ReadonlySet<Quantity> = new Set([
  "power",
  "energy",
  "tensor-activity",
  "sm-activity",
  "memory-activity",
  "nvlink-sent",
  "nvlink-received",
  "network-sent",
  "network-received",
]);

/**
 * Readings that return to the last digit, later or on another device: a recording, not a meter. How many in a row make it unlikely is
 * computed from how often the values follow each other anyway, so that no more false alarms come than were agreed.
 */
export const replayed: EvidenceCheck = {
  id: "replayed",
  of: "evidence",
  serves: ["training-declared"],
  needs: [],
  accuses: true,
  underEvasion: "misled",
  run: (subject): CheckResult => {
    const tables = tablesOf(subject);
    if (tables.length === 0) return silent;
    const { terms } = subject;
    const rate = Number(millionths(terms.goals.falseAlarmRate)) / 1e6;
    const share = rate / terms.parties.length / tables.length;
    const findings: FindingTold[] = [];
    const gaps: GapTold[] = [];
    for (const { name, table, counter } of tables) {
      const found = findRepeat(table, share);
      if (found === undefined) continue;
      if (found === "coarse") {
        gaps.push(gap("readings-coarse", counterWords.coarse(name)));
        continue;
      }
      const { row, first, length, from } = found;
      const device = there(table.devices[row]);
      const again =
        from.row === row
          ? span((first - from.first) * counter.windowMs)
          : `on ${there(table.devices[from.row])} ${span((first - from.first) * counter.windowMs)}`;
      findings.push(
        contradiction(device, counterWords.replayed(device, name, length, again), {
          numbers: {
            windows: `${length}`,
            seenBefore: `${there(table.devices[from.row])}`,
            shift: `${first - from.first} windows`,
          },
          where: placeOfWindows(counter, [device], first, first + length - 1),
        }),
      );
    }
    return { findings, gaps };
  },
};

function tablesOf({ evidence }: Subject) {
  const { windows, counters } = evidence;
  const tables: {
    readonly name: string;
    readonly table: SeriesTable & { readonly devices: readonly string[] };
    readonly counter: Pick<CounterWindows, "startMs" | "windowMs">;
  }[] = [];
  if (windows !== undefined) {
    const { devices, count, readings, powerMilliwatts: values } = windows;
    tables.push({ name: "Power", table: { devices, count, readings, values }, counter: windows });
  }
  for (const counter of counters) {
    if (!MOVING.has(counter.quantity)) continue;
    const { devices, count, readings, values } = counter;
    tables.push({ name: counter.quantity, table: { devices, count, readings, values }, counter });
  }
  return tables;
}

function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 7200) return `${seconds} s`;
  return seconds < 172_800
    ? `${Math.floor(seconds / 3600)} hours`
    : `${Math.floor(seconds / 86_400)} days`;
}
