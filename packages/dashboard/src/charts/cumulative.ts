import type { Accelerator } from "@standstill/agreement";
import type { PowerSeries, Run } from "@standstill/evidence";
import { numberOf } from "../words.ts";
import type { CumulativePoint } from "./cumulative-chart.ts";

/**
 * The balance over time for the picture: energy so far at the agreed efficiencies, less idling in the lower end and at
 * most capacity in the upper, beside the declared work spread evenly over each run. The table holds the exact account.
 */
export function cumulativePoints(
  series: PowerSeries,
  site: { readonly accelerator: Accelerator; readonly accelerators: number },
  runs: readonly (Run & { readonly flop: number })[],
): CumulativePoint[] {
  const { efficiency, power, peak } = site.accelerator;
  const seconds = series.stepMs / 1000;
  const idleWatts = (numberOf(power.idle.high) * site.accelerators) / series.nodes;
  const peakPerStep = numberOf(peak.fp8 ?? peak.bf16) * site.accelerators * seconds;
  const points: CumulativePoint[] = [];
  let low = 0;
  let high = 0;
  for (const [i, mean] of series.meanWatts.entries()) {
    const watts = mean ?? 0;
    low += Math.max(0, watts - idleWatts) * series.nodes * seconds * numberOf(efficiency.low);
    high += Math.min(peakPerStep, watts * series.nodes * seconds * numberOf(efficiency.high));
    const time = series.startMs + (i + 1) * series.stepMs;
    const declared = runs.reduce((sum, run) => sum + run.flop * share(run, time), 0);
    points.push({ time: new Date(time), low, high, declared });
  }
  return points;
}

/** FLOP of a declared run by tokens: 6 per parameter and token in training, 2 in inference. */
export function flopOf(run: Run): number {
  if (run.work.basis !== "tokens") return 0;
  const each = run.activity === "training" ? 6 : run.activity === "inference" ? 2 : 0;
  return each * numberOf(run.work.parameters) * numberOf(run.work.tokens);
}

function share(run: Run, timeMs: number): number {
  const start = Date.parse(run.period.start);
  const end = Date.parse(run.period.end);
  return Math.min(1, Math.max(0, (timeMs - start) / (end - start)));
}
