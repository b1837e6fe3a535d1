import { there } from "@standstill/record";
import type { Subject } from "../subject.ts";

/** What the meter of one node saw. */
export interface NodeEnergy {
  readonly energyMillijoules: bigint;
  /** Windows without a reading, and milliseconds of those with one. */
  readonly missing: number;
  readonly observedMs: bigint;
}

/** Energy of each declared node that the catalogue knows and of those it does not, by device. */
export function energyByNode(subject: Subject): ReadonlyMap<string, NodeEnergy> {
  const { windows } = subject.evidence;
  if (windows === undefined) return new Map();
  const rows = new Map(windows.devices.map((device, row) => [device, row]));
  return new Map(
    subject.site.nodes.map(({ device }) => {
      const row = rows.get(device);
      let energy = 0;
      let missing = row === undefined ? windows.count : 0;
      if (row !== undefined) {
        for (let cell = row * windows.count; cell < (row + 1) * windows.count; cell++) {
          energy += there(windows.energyMillijoules[cell]);
          if (windows.readings[cell] === 0) missing++;
        }
      }
      const observedMs = BigInt((windows.count - missing) * windows.windowMs);
      return [device, { energyMillijoules: BigInt(energy), missing, observedMs }];
    }),
  );
}
