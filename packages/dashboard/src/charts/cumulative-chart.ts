import * as Plot from "@observablehq/plot";
import { there } from "@standstill/record";
import { clock } from "./clock.ts";

/** Compute so far: what the energy allows as a band, what was declared as a line. */
export interface CumulativePoint {
  readonly time: Date;
  readonly low: number;
  readonly high: number;
  readonly declared: number;
}

/** A site's balance over time, in FLOP on a linear axis from zero. */
export function cumulativeChart(points: readonly CumulativePoint[], width: number): Element {
  const last = there(points.at(-1));
  return Plot.plot({
    width,
    height: 280,
    marginLeft: 62,
    marginRight: 76,
    marginTop: 24,
    style: { background: "transparent", fontFamily: "Inter, sans-serif", fontSize: "12px" },
    x: { type: "utc", label: "UTC", tickFormat: clock(points[0]?.time, points.at(-1)?.time) },
    y: {
      label: "FLOP since the start",
      grid: true,
      tickFormat: (value: number) =>
        value === 0 ? "0" : value.toExponential(1).replace("e+", "e"),
    },
    marks: [
      Plot.areaY(points, { x: "time", y1: "low", y2: "high", fill: "var(--band)" }),
      Plot.lineY(points, { x: "time", y: "declared", stroke: "var(--accent)", strokeWidth: 2.5 }),
      Plot.ruleY([0], { stroke: "var(--rule)" }),
      Plot.text([last], {
        x: "time",
        y: "declared",
        text: () => "declared",
        textAnchor: "start",
        dx: 6,
        dy: -7,
        fill: "var(--accent)",
        fontWeight: 600,
      }),
      Plot.text([last], {
        x: "time",
        y: "high",
        text: () => "at most",
        textAnchor: "start",
        dx: 6,
        fill: "var(--ink)",
      }),
      Plot.text([last], {
        x: "time",
        y: "low",
        text: () => "at least",
        textAnchor: "start",
        dx: 6,
        dy: 8,
        fill: "var(--ink)",
      }),
    ],
  });
}
