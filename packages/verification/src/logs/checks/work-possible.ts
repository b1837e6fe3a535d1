import { there } from "@standstill/record";
import type { GapTold } from "../../finding.ts";
import { exactFlop, IDLE, isJudged, peakOf, statedFlop } from "../context.ts";
import { Grouped, logGap, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

const base = { severity: "contradiction" } as const;

/** No record tells of more than its device's peak allows in its precision. */
export const workPossible = logCheck({
  id: "work-possible",
  rule: "work-possible",
  fields: ["flop"],
  run(subject) {
    const { table, tolerances, listed } = subject;
    let unknown = 0;
    const above = new Grouped<number>(subject);
    const most = new Map<number, bigint>();
    const share = BigInt(Math.round(tolerances.utilization * 1_000_000));
    for (let i = 0; i < table.count; i++) {
      const stated = statedFlop(table, i);
      const peak = stated === undefined ? undefined : peakOf(subject, i);
      if (
        stated !== undefined &&
        peak === undefined &&
        isJudged(subject, i) &&
        listed.has(there(table.device[i]))
      ) {
        unknown++;
      }
      if (stated === undefined || peak === undefined) continue;
      const ms = there(table.endMs[i]) - there(table.startMs[i]);
      // Doubles decide all but what is close.
      if (stated < Number(peak) * (ms / 1000) * tolerances.utilization * 0.999) continue;
      const exact = exactFlop(table, i);
      if (exact * 1_000_000_000n <= peak * BigInt(ms) * share) continue;
      const device = there(table.device[i]);
      above.add(device, i);
      const shareOfPeak = (exact * 1_000_000n) / (peak * BigInt(ms));
      if (shareOfPeak > (most.get(device) ?? 0n)) most.set(device, shareOfPeak);
    }
    return {
      findings: above.findings((device, count) => {
        const times = (Number(most.get(device) ?? 0n) / 1000).toFixed(3);
        return {
          ...base,
          about: table.texts.get(device),
          numbers: { timesPeak: times },
          sentence: `${recordsThat(count, "tell")} of more FLOP on ${table.texts.get(device)} than it can do, up to ${times} times its peak.`,
        };
      }),
      gaps: unknown === 0 ? [] : [gapOf(unknown)],
    };
  },
});

function gapOf(records: number): GapTold {
  return logGap(
    "peak-unknown",
    `The terms tell no peak of the devices of ${records} records: whether these can do what is told cannot be said.`,
    { records },
  );
}

/** Idle devices do nothing. */
export const idleTellsNoWork = logCheck({
  id: "idle-tells-no-work",
  rule: "work-possible",
  fields: [],
  run(subject) {
    const { table } = subject;
    const working = new Grouped<number>(subject);
    for (let i = 0; i < table.count; i++) {
      if (table.activity[i] !== IDLE) continue;
      const works = (statedFlop(table, i) ?? 0) > 0 || there(table.tokens[i]) > 0;
      if (works) working.add(there(table.device[i]), i);
    }
    return {
      findings: working.findings((device, count) => ({
        ...base,
        about: table.texts.get(device),
        sentence: `${recordsThat(count, "say")} that ${table.texts.get(device)} was idle, and tell of work.`,
      })),
      gaps: [],
    };
  },
});
