import * as Plot from "@observablehq/plot";
import { power } from "./power-of-ten.ts";

/** One site's balance in FLOP. */
export interface BalanceRow {
  readonly name: string;
  readonly capacity: number;
  readonly measuredLow: number;
  readonly measuredHigh: number;
  readonly declared: number;
}

/** Capacity as an outline, what the readings allow as a band, declared as a line, on a logarithmic axis. */
export function balanceChart(rows: readonly BalanceRow[], width: number): Element {
  const narrow = width < 480;
  const lowest = Math.min(...rows.map((row) => Math.min(row.measuredLow, row.declared))) / 3;
  const names = rows.map((row) => row.name);
  return Plot.plot({
    width,
    height: 76 + rows.length * 56,
    marginTop: 34,
    marginLeft: narrow ? 66 : 90,
    marginRight: 20,
    style: {
      background: "transparent",
      fontFamily: "Inter, sans-serif",
      fontSize: narrow ? "11px" : "13px",
    },
    x: {
      type: "log",
      label: "FLOP",
      domain: [lowest, Math.max(...rows.map((row) => row.capacity)) * 2],
      grid: true,
      ticks: narrow ? 4 : 8,
      tickFormat: power,
    },
    y: { domain: names, label: null, padding: 0.25 },
    marks: [
      Plot.barX(rows, {
        y: "name",
        x1: () => lowest,
        x2: "capacity",
        fill: "none",
        stroke: "var(--ink-soft)",
        strokeWidth: 1,
      }),
      Plot.barX(rows, {
        y: "name",
        x1: "measuredLow",
        x2: "measuredHigh",
        fill: "var(--band)",
        insetTop: 4,
        insetBottom: 4,
      }),
      Plot.tickX(rows, { y: "name", x: "declared", stroke: "var(--accent)", strokeWidth: 3 }),
      Plot.text(rows.slice(0, 1), {
        y: "name",
        x: "declared",
        text: () => "declared",
        dy: -32,
        fill: "var(--accent)",
        fontWeight: 600,
      }),
      Plot.text(narrow ? [] : rows.slice(0, 1), {
        y: "name",
        x: (row: BalanceRow) => Math.sqrt(row.measuredLow * row.declared),
        text: () => "measured",
        fill: "var(--ink)",
      }),
    ],
  });
}
