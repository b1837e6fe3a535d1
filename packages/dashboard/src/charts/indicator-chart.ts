import * as Plot from "@observablehq/plot";
import { DAY_MS, there } from "@standstill/record";

/** A measurement with its interval, at the end of its period. */
export interface IndicatorPoint {
  readonly date: Date;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly by: string;
}

/** A line that an indicator may cross. */
export interface IndicatorLine {
  readonly level: string;
  readonly at: number;
}

/** Measurements over time with their intervals, and the lines of a tripwire. */
export function indicatorChart(
  points: readonly IndicatorPoint[],
  lines: readonly IndicatorLine[],
  told: (value: number) => string,
  width: number,
): Element {
  const dates = points.map(({ date }) => date.getTime());
  const margin = 45 * DAY_MS;
  const ends = [Math.min(...dates) - margin, Math.max(...dates) + margin].map((at) => new Date(at));
  return Plot.plot({
    width,
    height: 220,
    marginLeft: 54,
    marginRight: width < 480 ? 60 : 90,
    style: { background: "transparent", fontFamily: "Inter, sans-serif", fontSize: "12px" },
    x: { type: "utc", label: null, domain: ends, ticks: 4 },
    y: { label: null, grid: true, ticks: 5, tickFormat: told, zero: true },
    marks: [
      Plot.ruleY(lines, { y: "at", stroke: "var(--ink-soft)", strokeDasharray: "4,3" }),
      Plot.text(lines, {
        x: () => there(ends[1]),
        y: "at",
        text: "level",
        textAnchor: "start",
        dx: 6,
        fill: "var(--ink)",
      }),
      Plot.ruleX(
        points.filter(({ low, high }) => low !== null && high !== null),
        { x: "date", y1: "low", y2: "high", stroke: "var(--accent)", strokeWidth: 2 },
      ),
      Plot.dot(points, { x: "date", y: "value", r: 4, fill: "var(--accent)" }),
    ],
  });
}
