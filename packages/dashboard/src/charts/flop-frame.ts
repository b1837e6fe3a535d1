import type { PlotOptions } from "@observablehq/plot";

/** Where an axis of FLOP begins and ends, so that every amount above zero has room; zero is drawn at its beginning. */
export function flopRange(amounts: readonly number[]): readonly [lowest: number, highest: number] {
  const positive = amounts.filter((amount) => amount > 0);
  if (positive.length === 0) return [1, 10];
  return [Math.min(...positive) / 3, Math.max(...positive) * 2];
}

/** What charts of amounts of compute share: a logarithmic axis of FLOP, and type that fits the width. */
export function flopFrame(
  width: number,
  domain: readonly [lowest: number, highest: number],
): PlotOptions {
  const narrow = width < 480;
  return {
    width,
    marginRight: 20,
    style: {
      background: "transparent",
      fontFamily: "Inter, sans-serif",
      fontSize: narrow ? "11px" : "13px",
    },
    x: {
      type: "log",
      label: "FLOP",
      domain: [...domain],
      grid: true,
      ticks: narrow ? 4 : 8,
      tickFormat: power,
    },
  };
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Powers of ten as readers write them; other ticks are left unlabelled. */
function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(value / 10 ** exponent - 1) > 1e-6) return "";
  return `10${[...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)]).join("")}`;
}
