import { Grouped, recordsThat } from "../finding.ts";
import type { RecordCheck } from "./check.ts";

const base = {
  check: "one-at-a-time",
  obligation: "one-at-a-time",
  severity: "contradiction",
} as const;

/** No device does two things at once, or is in two regions. */
export const oneAtATime: RecordCheck = {
  id: "one-at-a-time",
  obligation: "one-at-a-time",
  needs: [],
  about:
    "Windows of a device that overlap, and devices that are told to be in another region than before or than the terms say.",
  run({ table, order, from, devices, repeated, tolerances, listed }) {
    const overlapping = new Grouped<number>();
    const moved = new Grouped<number>();
    for (let d = 0; d < devices.length; d++) {
      const device = devices[d] as number;
      const agreed = listed.get(device)?.region;
      let region = agreed === undefined ? -1 : (table.texts.find(agreed) ?? -2);
      let reached = Number.NEGATIVE_INFINITY;
      for (let k = from[d] as number; k < (from[d + 1] as number); k++) {
        const record = order[k] as number;
        if (repeated[record] === 1) continue;
        if ((table.startMs[record] as number) < reached - tolerances.overlapMs) {
          overlapping.add(device, record);
        }
        reached = Math.max(reached, table.endMs[record] as number);
        const its = table.region[record] as number;
        if (its === -1) continue;
        if (region !== -1 && its !== region) moved.add(device, record);
        if (region === -1) region = its;
      }
    }
    return {
      findings: [
        ...overlapping.findings(table, (device, count) => ({
          ...base,
          numbers: {},
          sentence: `${recordsThat(count, "begin", `of ${table.texts.get(device)}`)} before the window before them ends: a device does one thing at a time.`,
        })),
        ...moved.findings(table, (device, count) => ({
          ...base,
          numbers: {},
          sentence: `${recordsThat(count, "tell")} that ${table.texts.get(device)} was in another region than before.`,
        })),
      ],
      gaps: [],
    };
  },
};
