import { exactFlop, IDLE, peakOf, statedFlop } from "../context.ts";
import { type ActivityGap, Grouped, recordsThat } from "../finding.ts";
import type { RecordCheck } from "./check.ts";

const base = { obligation: "work-possible", severity: "contradiction" } as const;

/** No record tells of more than its device's peak allows in its precision. */
export const workPossible: RecordCheck = {
  id: "work-possible",
  obligation: "work-possible",
  needs: ["flop"],
  about:
    "FLOP above the device's dense peak in the precision that is told, or in any where none is.",
  run(subject) {
    const { table, tolerances, listed } = subject;
    let unknown = 0;
    const above = new Grouped<number>();
    const most = new Map<number, bigint>();
    const share = BigInt(Math.round(tolerances.utilization * 1_000_000));
    for (let i = 0; i < table.count; i++) {
      const stated = statedFlop(table, i);
      const peak = stated === undefined ? undefined : peakOf(subject, i);
      if (stated !== undefined && peak === undefined && listed.has(table.device[i] as number)) {
        unknown++;
      }
      if (stated === undefined || peak === undefined) continue;
      const ms = (table.endMs[i] as number) - (table.startMs[i] as number);
      // Doubles decide all but what is close.
      if (stated < Number(peak) * (ms / 1000) * tolerances.utilization * 0.999) continue;
      const exact = exactFlop(table, i);
      if (exact * 1_000_000_000n <= peak * BigInt(ms) * share) continue;
      const device = table.device[i] as number;
      above.add(device, i);
      const shareOfPeak = (exact * 1_000_000n) / (peak * BigInt(ms));
      if (shareOfPeak > (most.get(device) ?? 0n)) most.set(device, shareOfPeak);
    }
    return {
      findings: above.findings(table, (device, count) => {
        const times = (Number(most.get(device) ?? 0n) / 1000).toFixed(3);
        return {
          ...base,
          check: "work-possible",
          numbers: { timesPeak: times },
          sentence: `${recordsThat(count, "tell")} of more FLOP on ${table.texts.get(device)} than it can do, up to ${times} times its peak.`,
        };
      }),
      gaps: unknown === 0 ? [] : [gapOf(unknown)],
    };
  },
};

function gapOf(records: number): ActivityGap {
  return {
    code: "peak-unknown",
    obligation: base.obligation,
    numbers: { records },
    sentence: `The terms tell no peak of the devices of ${records} records: whether these can do what is told cannot be said.`,
  };
}

/** Idle devices do nothing. */
export const idleIsIdle: RecordCheck = {
  id: "idle-is-idle",
  obligation: "work-possible",
  needs: [],
  about: "Records that say idle, and tell of FLOP or tokens.",
  run({ table }) {
    const working = new Grouped<number>();
    for (let i = 0; i < table.count; i++) {
      if (table.activity[i] !== IDLE) continue;
      const works = (statedFlop(table, i) ?? 0) > 0 || (table.tokens[i] as number) > 0;
      if (works) working.add(table.device[i] as number, i);
    }
    return {
      findings: working.findings(table, (device, count) => ({
        ...base,
        check: "idle-is-idle",
        numbers: {},
        sentence: `${recordsThat(count, "say")} that ${table.texts.get(device)} was idle, and tell of work.`,
      })),
      gaps: [],
    };
  },
};
