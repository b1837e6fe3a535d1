import * as Plot from "@observablehq/plot";
import type { PowerSeries } from "@standstill/evidence";
import { clock } from "./clock.ts";

/**
 * A site's power over time: the mean node as a line, lowest to highest node as a band, silence as a gap, and the times that findings
 * are about shaded behind.
 */
export function powerChart(
  series: PowerSeries,
  runs: readonly { name: string; from: Date; to: Date }[],
  width: number,
  found: readonly { from: Date; to: Date }[] = [],
): Element {
  const points = series.meanWatts.map((mean, i) => ({
    time: new Date(series.startMs + i * series.stepMs),
    mean: mean ?? Number.NaN,
    lowest: series.lowestWatts[i] ?? Number.NaN,
    highest: series.highestWatts[i] ?? Number.NaN,
  }));
  const top = Math.max(...points.map((point) => point.highest || 0));
  return Plot.plot({
    width,
    height: 260,
    marginLeft: 50,
    marginTop: 28,
    style: { background: "transparent", fontFamily: "Inter, sans-serif", fontSize: "12px" },
    x: { type: "utc", label: "UTC", tickFormat: clock(points[0]?.time, points.at(-1)?.time) },
    y: { label: "W per node", domain: [0, top * 1.15], grid: true },
    marks: [
      Plot.rectY(found, {
        x1: "from",
        x2: "to",
        y1: () => 0,
        y2: () => top * 1.05,
        fill: "var(--anomalous)",
        fillOpacity: 0.12,
      }),
      Plot.areaY(points, { x: "time", y1: "lowest", y2: "highest", fill: "var(--band)" }),
      Plot.lineY(points, { x: "time", y: "mean", stroke: "var(--accent)", strokeWidth: 1.5 }),
      Plot.ruleY([0], { stroke: "var(--rule)" }),
      Plot.ruleY(runs, {
        x1: "from",
        x2: "to",
        y: () => top * 1.08,
        stroke: "var(--ink-soft)",
        strokeWidth: 2,
      }),
      Plot.text(runs, {
        x: "from",
        y: () => top * 1.08,
        text: "name",
        textAnchor: "start",
        dy: -9,
        fill: "var(--ink)",
      }),
    ],
  });
}
