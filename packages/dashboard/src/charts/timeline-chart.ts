import * as Plot from "@observablehq/plot";
import type { Stretch } from "./timeline.ts";

/** Who was bound over which stretch of the record. */
export function timelineChart(
  names: readonly string[],
  stretches: readonly Stretch[],
  size: number,
  width: number,
): Element {
  const narrow = width < 480;
  return Plot.plot({
    width,
    height: 76 + names.length * 26,
    marginBottom: 44,
    marginLeft: narrow ? 66 : 90,
    marginRight: 20,
    style: {
      background: "transparent",
      fontFamily: "Inter, sans-serif",
      fontSize: narrow ? "11px" : "13px",
    },
    x: { label: "statement of the record", domain: [0, size], grid: true, ticks: narrow ? 4 : 8 },
    y: { domain: [...names], label: null, padding: 0.3 },
    marks: [
      Plot.barX(stretches, { y: "name", x1: "from", x2: "to", fill: "var(--accent)" }),
      Plot.ruleX([0]),
    ],
  });
}
