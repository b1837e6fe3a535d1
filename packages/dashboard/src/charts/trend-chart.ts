import * as Plot from "@observablehq/plot";
import { DAY_MS, there } from "@standstill/record";

/** A published training run. */
export interface TrendPoint {
  readonly date: Date;
  readonly flop: number;
  readonly model: string;
  /** Whether it was among the largest of its time. */
  readonly frontier: boolean;
}

/** Compute of published training runs over time on a logarithmic axis, with the line that the frontier's growth gives. */
export function trendChart(
  points: readonly TrendPoint[],
  doublingDays: number,
  width: number,
): Element {
  const frontier = points.filter((point) => point.frontier);
  const meanDay = mean(frontier.map(({ date }) => date.getTime() / DAY_MS));
  const meanLog = mean(frontier.map(({ flop }) => Math.log2(flop)));
  const line = [frontier[0], frontier.at(-1)].map((point) => {
    const date = there(point).date;
    return { date, flop: 2 ** (meanLog + (date.getTime() / DAY_MS - meanDay) / doublingDays) };
  });
  const last = there(frontier.at(-1));
  return Plot.plot({
    width,
    height: 320,
    marginLeft: 54,
    marginRight: width < 480 ? 20 : 90,
    style: { background: "transparent", fontFamily: "Inter, sans-serif", fontSize: "12px" },
    x: { type: "utc", label: null },
    y: {
      type: "log",
      label: "FLOP",
      grid: true,
      ticks: 6,
      tickFormat: (value: number) => value.toExponential(0).replace("e+", "e"),
    },
    marks: [
      Plot.dot(points, {
        x: "date",
        y: "flop",
        r: 1.8,
        fill: "var(--ink-soft)",
        fillOpacity: 0.45,
      }),
      Plot.line(line, { x: "date", y: "flop", stroke: "var(--accent)", strokeWidth: 2 }),
      Plot.dot(frontier, { x: "date", y: "flop", r: 3.5, fill: "var(--accent)" }),
      Plot.text([last], {
        x: "date",
        y: "flop",
        text: "model",
        textAnchor: width < 480 ? "end" : "start",
        dx: width < 480 ? -8 : 8,
        fill: "var(--ink)",
      }),
    ],
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
