import * as Plot from "@observablehq/plot";
import { flopFrame, flopRange } from "./flop-frame.ts";

/** One amount of a site's account in FLOP, from what is at least to what is at most so. */
export interface AccountRow {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly kind: "capacity" | "measure" | "declared" | "unexplained";
}

/** The account of one site: capacity as an outline, what each feed allows as bands, declared as a line, the remainder hatched. */
export function accountChart(
  rows: readonly AccountRow[],
  significant: number,
  width: number,
): Element {
  const narrow = width < 480;
  const [lowest, highest] = flopRange([
    significant,
    ...rows.flatMap(({ low, high }) => [low, high]),
  ]);
  const from = (row: AccountRow) => Math.max(lowest, row.low);
  const to = (row: AccountRow) => Math.max(lowest, row.high);
  const of = (...kinds: AccountRow["kind"][]) => rows.filter(({ kind }) => kinds.includes(kind));
  return Plot.plot({
    ...flopFrame(width, [lowest, highest]),
    height: 84 + rows.length * 34,
    marginTop: 40,
    marginLeft: narrow ? 92 : 150,
    y: { domain: rows.map(({ name }) => name), label: null, padding: 0.3 },
    marks: [
      Plot.ruleX([significant], { stroke: "var(--ink-soft)", strokeDasharray: "3 3" }),
      Plot.text([significant], {
        x: (value: number) => value,
        frameAnchor: "top",
        dy: -14,
        text: () => "matters from here",
        fill: "var(--ink-soft)",
      }),
      Plot.barX(of("capacity"), {
        y: "name",
        x1: () => lowest,
        x2: to,
        fill: "none",
        stroke: "var(--ink-soft)",
      }),
      Plot.barX(of("measure"), { y: "name", x1: from, x2: to, fill: "var(--band)" }),
      Plot.barX(of("unexplained"), {
        y: "name",
        x1: from,
        x2: to,
        fill: "none",
        stroke: "var(--accent)",
        strokeDasharray: "4 3",
      }),
      Plot.tickX(of("declared"), { y: "name", x: to, stroke: "var(--accent)", strokeWidth: 3 }),
      Plot.text(of("declared"), {
        y: "name",
        x: to,
        text: () => "declared",
        dx: 8,
        textAnchor: "start",
        fill: "var(--accent)",
        fontWeight: 600,
      }),
    ],
  });
}
