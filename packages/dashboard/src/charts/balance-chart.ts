import * as Plot from "@observablehq/plot";
import { flopFrame, flopRange } from "./flop-frame.ts";

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
  const range = flopRange(rows.flatMap((row) => [row.measuredLow, row.declared, row.capacity]));
  const [lowest] = range;
  const names = rows.map((row) => row.name);
  return Plot.plot({
    ...flopFrame(width, range),
    height: 76 + rows.length * 56,
    marginTop: 34,
    marginLeft: narrow ? 66 : 90,
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
        x1: (row: BalanceRow) => Math.max(lowest, row.measuredLow),
        x2: "measuredHigh",
        fill: "var(--band)",
        insetTop: 4,
        insetBottom: 4,
      }),
      Plot.tickX(rows, {
        y: "name",
        x: (row: BalanceRow) => Math.max(lowest, row.declared),
        stroke: "var(--accent)",
        strokeWidth: 3,
      }),
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
