import { there } from "@standstill/record";
import type { Windows } from "./windows.ts";

/** A site's power over its reported period, at most 400 points. Powers in W; `null` where no node has a reading. */
export interface PowerSeries {
  readonly site: string;
  /** Id of the report whose evidence this is. */
  readonly report: string;
  readonly nodes: number;
  readonly startMs: number;
  readonly stepMs: number;
  readonly lowestWatts: readonly (number | null)[];
  readonly meanWatts: readonly (number | null)[];
  readonly highestWatts: readonly (number | null)[];
}

const MOST_POINTS = 400;

/** Lowest, mean and highest node of a site in equal steps. */
export function powerSeries(site: string, report: string, windows: Windows): PowerSeries {
  const stride = Math.ceil(windows.count / MOST_POINTS);
  const steps = Array.from({ length: Math.ceil(windows.count / stride) }, (_, i) =>
    stepOf(windows, i * stride, stride),
  );
  return {
    site,
    report,
    nodes: windows.devices.length,
    startMs: windows.startMs,
    stepMs: stride * windows.windowMs,
    lowestWatts: steps.map((step) => step?.lowest ?? null),
    meanWatts: steps.map((step) => step?.mean ?? null),
    highestWatts: steps.map((step) => step?.highest ?? null),
  };
}

function stepOf(windows: Windows, from: number, stride: number) {
  const means = windows.devices.flatMap((_, row) => {
    let sum = 0;
    let count = 0;
    for (let w = from; w < Math.min(windows.count, from + stride); w++) {
      const cell = row * windows.count + w;
      if (windows.readings[cell] === 0) continue;
      sum += there(windows.powerMilliwatts[cell]);
      count++;
    }
    return count === 0 ? [] : [Math.round(sum / count / 1000)];
  });
  if (means.length === 0) return undefined;
  const mean = Math.round(means.reduce((a, b) => a + b, 0) / means.length);
  return { lowest: Math.min(...means), mean, highest: Math.max(...means) };
}
