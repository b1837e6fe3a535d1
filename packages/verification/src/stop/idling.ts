import type { Run } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";
import { coveredWindows, placeOfWindows } from "../counters.ts";
import type { Where } from "../finding.ts";
import { nodesOf, type Subject } from "../subject.ts";

/** How the power of a site's nodes compares with idling. Energies in mJ. */
export interface Idling {
  /** What meters read, and the same with every window without a reading at full power, so that nobody idles by leaving windows out. */
  readonly read: bigint;
  readonly most: bigint;
  /** What idling takes at most, by the agreed range of each type. */
  readonly idle: bigint;
  /** Milliseconds of all accelerators together. */
  readonly acceleratorMs: bigint;
  readonly missing: number;
  readonly all: number;
  /** Windows of nodes that read more than idling takes and that no work covers which may go on; where, and what it can have done in FLOP. */
  readonly over: number;
  readonly where: Where | undefined;
  readonly done: { readonly low: bigint; readonly high: bigint };
}

/**
 * Holds each node's windows against what it takes to idle.
 *
 * @param mayGoOn whether a declared run explains that its nodes work
 * @returns nothing where no meter reported
 */
export function idlingOf(subject: Subject, mayGoOn: (run: Run) => boolean): Idling | undefined {
  const { windows } = subject.evidence;
  if (windows === undefined || windows.count === 0) return undefined;
  const windowMs = BigInt(windows.windowMs);
  let [read, most, idle, accelerators, low, high] = [0n, 0n, 0n, 0n, 0n, 0n];
  let [missing, over, first, last] = [0, 0, windows.count, 0];
  const devices: string[] = [];
  for (const { device, accelerator, accelerators: count } of nodesOf(subject)) {
    const idleWatts = count * parseQuantity(accelerator.power.idle.high, "W");
    const limit = Number(idleWatts) * 1000;
    const fullWatts = count * parseQuantity(accelerator.power.full.high, "W");
    const row: number = windows.devices.indexOf(device);
    const covered = coveredWindows(subject, device, windows, mayGoOn);
    let [energy, unread, above] = [0, 0, 0];
    for (let w = 0; w < windows.count; w++) {
      const cell = row * windows.count + w;
      if (row < 0 || windows.readings[cell] === 0) {
        unread++;
        continue;
      }
      energy += windows.energyMillijoules[cell] ?? 0;
      const power = windows.powerMilliwatts[cell] ?? 0;
      if (power <= limit || covered[w] === 1) continue;
      over++;
      above += Math.floor(((power - limit) * windows.windowMs) / 1000);
      if (devices.at(-1) !== device) devices.push(device);
      [first, last] = [Math.min(first, w), Math.max(last, w)];
    }
    read += BigInt(energy);
    most += BigInt(energy) + fullWatts * BigInt(unread) * windowMs;
    idle += idleWatts * BigInt(windows.count) * windowMs;
    accelerators += count;
    missing += unread;
    low += (BigInt(above) * parseQuantity(accelerator.efficiency.low, "FLOP/J")) / 1000n;
    high += (BigInt(above) * parseQuantity(accelerator.efficiency.high, "FLOP/J")) / 1000n;
  }
  return {
    read,
    most,
    idle,
    acceleratorMs: accelerators * BigInt(windows.count) * windowMs,
    missing,
    all: subject.site.nodes.length * windows.count,
    over,
    where: over === 0 ? undefined : placeOfWindows(windows, devices, first, last),
    done: { low, high },
  };
}
