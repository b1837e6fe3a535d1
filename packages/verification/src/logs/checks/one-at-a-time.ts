import { there } from "@standstill/record";
import { Grouped, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

const base = { severity: "contradiction" } as const;

/** No device does two things at once, or is in two regions. */
export const oneAtATime = logCheck({
  id: "one-at-a-time",
  rule: "one-at-a-time",
  fields: [],
  run(log) {
    const { table, order, from, devices, repeated, tolerances, listed } = log;
    const overlapping = new Grouped<number>(log);
    const moved = new Grouped<number>(log);
    for (let d = 0; d < devices.length; d++) {
      const device = there(devices[d]);
      const agreed = listed.get(device)?.region;
      let region = agreed === undefined ? -1 : (table.texts.find(agreed) ?? -2);
      let reached = Number.NEGATIVE_INFINITY;
      for (let k = there(from[d]); k < there(from[d + 1]); k++) {
        const record = there(order[k]);
        if (repeated[record] === 1) continue;
        if (there(table.startMs[record]) < reached - tolerances.overlapMs) {
          overlapping.add(device, record);
        }
        reached = Math.max(reached, there(table.endMs[record]));
        const its = there(table.region[record]);
        if (its === -1) continue;
        if (region !== -1 && its !== region) moved.add(device, record);
        if (region === -1) region = its;
      }
    }
    return {
      findings: [
        ...overlapping.findings((device, count) => ({
          ...base,
          about: table.texts.get(device),
          sentence: `${recordsThat(count, "begin", `of ${table.texts.get(device)}`)} before the window before them ends: a device does one thing at a time.`,
        })),
        ...moved.findings((device, count) => ({
          ...base,
          about: table.texts.get(device),
          sentence: `${recordsThat(count, "tell")} that ${table.texts.get(device)} was in another region than before.`,
        })),
      ],
      gaps: [],
    };
  },
});
