import * as Plot from "@observablehq/plot";
import type { Hold, PartyNode } from "./coalition.ts";

interface Placed extends PartyNode {
  readonly x: number;
  readonly y: number;
}

/** Where names stand: below those at the bottom, above the others, and out of the way of arrows at the sides. */
const LABELS: readonly {
  readonly is: (party: Placed) => boolean;
  readonly dx: number;
  readonly dy: number;
}[] = [
  { is: ({ y }) => y < -0.2, dx: 0, dy: 26 },
  { is: ({ x, y }) => y >= -0.2 && x > 0.5, dx: 20, dy: -24 },
  { is: ({ x, y }) => y >= -0.2 && x < -0.5, dx: -20, dy: -24 },
  { is: ({ x, y }) => y >= -0.2 && x >= -0.5 && x <= 0.5, dx: 0, dy: -24 },
];

/** Who holds whom: parties on a circle, an arrow from each to those whom its pledge asks about. */
export function coalitionChart(
  parties: readonly PartyNode[],
  holds: readonly Hold[],
  width: number,
): Element {
  const placed = parties.map((party, i): Placed => {
    const angle = (2 * Math.PI * i) / parties.length - Math.PI / 2;
    return { ...party, x: Math.cos(angle), y: -Math.sin(angle) };
  });
  const at = new Map(placed.map((party) => [party.id, party]));
  const arrows = holds.flatMap(({ from, to }) => {
    const [start, end] = [at.get(from), at.get(to)];
    return start === undefined || end === undefined || from === to ? [] : [{ start, end }];
  });
  const live = ({ start, end }: (typeof arrows)[number]) => start.bound && end.bound;
  const arrow = (data: typeof arrows, stroke: string, strokeDasharray: string) =>
    Plot.arrow(data, {
      x1: ({ start }) => start.x,
      y1: ({ start }) => start.y,
      x2: ({ end }) => end.x,
      y2: ({ end }) => end.y,
      bend: 14,
      inset: 24,
      stroke,
      strokeDasharray,
      strokeWidth: 1.5,
      headLength: 8,
    });
  const size = Math.min(width, 460);
  return Plot.plot({
    width: size,
    height: size * 0.82,
    margin: 46,
    style: { background: "transparent", fontFamily: "Inter, sans-serif", fontSize: "13px" },
    x: { axis: null, domain: [-1.1, 1.1] },
    y: { axis: null, domain: [-1.1, 1.1] },
    marks: [
      arrow(
        arrows.filter((one) => !live(one)),
        "var(--ink-soft)",
        "2 4",
      ),
      arrow(arrows.filter(live), "var(--accent)", "none"),
      Plot.dot(placed, {
        x: "x",
        y: "y",
        r: 15,
        fill: (party: Placed) => (party.bound ? "var(--accent)" : "var(--paper)"),
        stroke: (party: Placed) => (party.bound ? "var(--accent)" : "var(--ink-soft)"),
        strokeWidth: 1.5,
      }),
      ...LABELS.map(({ is, dx, dy }) =>
        Plot.text(placed.filter(is), {
          x: "x",
          y: "y",
          text: (party: Placed) => `${party.name}${party.bound ? "" : " (not bound)"}`,
          dx,
          dy,
          fill: "var(--ink)",
          fontWeight: 600,
        }),
      ),
    ],
  });
}
