import { there } from "@standstill/record";
import { EvidenceError } from "../error.ts";
import { type Period, type Readings, trapezoids } from "../telemetry/readings/readings.ts";

/**
 * A site's power in equal windows. Columns are by device, then by window: cell `d * count + w`. A window without a
 * reading has zero in all three columns.
 */
export interface Windows {
  readonly startMs: number;
  readonly windowMs: number;
  /** Windows per device. */
  readonly count: number;
  readonly devices: readonly string[];
  readonly readings: Uint16Array;
  /** Mean of the readings, rounded down. */
  readonly powerMilliwatts: Uint32Array;
  /** Energy of the trapezoids that end in the window. */
  readonly energyMillijoules: Uint32Array;
}

/** A step between readings longer than this many windows is a gap: no energy is made up across it. */
export const LONGEST_STEP_WINDOWS = 2;

/** Windows with nothing in them yet, for a period that starts and ends on window edges. */
export function emptyWindows(
  devices: readonly string[],
  period: Period,
  windowMs: number,
): Windows {
  const span = period.endMs - period.startMs;
  if (!(span > 0) || span % windowMs !== 0 || period.startMs % windowMs !== 0) {
    throw new EvidenceError(
      "malformed-evidence",
      `expected a period of whole windows of ${windowMs} ms, got ${period.startMs} to ${period.endMs}`,
    );
  }
  const count = span / windowMs;
  const cells = count * devices.length;
  if (cells > 100_000_000) {
    throw new EvidenceError("limit-exceeded", `expected at most 100,000,000 windows, got ${cells}`);
  }
  return {
    startMs: period.startMs,
    windowMs,
    count,
    devices,
    readings: new Uint16Array(cells),
    powerMilliwatts: new Uint32Array(cells),
    energyMillijoules: new Uint32Array(cells),
  };
}

/** Windows of readings, computed in this process. The engine's SQL gives the same integers. */
export function windowsOf(
  readings: Readings,
  devices: readonly string[],
  period: Period,
  windowMs: number,
): Windows {
  const windows = emptyWindows(devices, period, windowMs);
  const sums = new Float64Array(windows.readings.length);
  for (const [row, name] of devices.entries()) {
    const device = readings.devices.indexOf(name);
    if (device < 0) continue;
    for (const step of trapezoids(readings, device, period, LONGEST_STEP_WINDOWS * windowMs)) {
      const cell = row * windows.count + Math.floor((step.timeMs - period.startMs) / windowMs);
      windows.readings[cell] = Math.min(65_535, there(windows.readings[cell]) + 1);
      sums[cell] = there(sums[cell]) + step.powerMilliwatts;
      windows.energyMillijoules[cell] =
        there(windows.energyMillijoules[cell]) + step.energyMillijoules;
      windows.powerMilliwatts[cell] = Math.floor(there(sums[cell]) / there(windows.readings[cell]));
    }
  }
  return windows;
}

/** So many of the largest energies add up exactly in a double. */
const EXACT_SUM_CELLS = 1_000_000;

/** Energy of all windows in mJ. */
export function totalEnergyMillijoules({ energyMillijoules }: Windows): bigint {
  let total = 0n;
  for (let from = 0; from < energyMillijoules.length; from += EXACT_SUM_CELLS) {
    const end = Math.min(energyMillijoules.length, from + EXACT_SUM_CELLS);
    let sum = 0;
    for (let cell = from; cell < end; cell++) sum += there(energyMillijoules[cell]);
    total += BigInt(sum);
  }
  return total;
}
