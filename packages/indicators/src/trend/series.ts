import { startOfDay } from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import { IndicatorError } from "../error.ts";
import type { DatedValue } from "./doubling.ts";

/**
 * Reads a series: a day and a number a line, as `2026-05-01,42`; a first line of names is passed over.
 *
 * @throws IndicatorError `malformed-data` with the line
 */
export function parseSeries(text: string): DatedValue[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !/^date\b/i.test(line))
    .map((line, i) => {
      const [date = "", value = ""] = line.split(",").map((cell) => cell.trim());
      const day = startOfDay(date) / DAY_MS;
      if (Number.isInteger(day) && value !== "" && Number.isFinite(Number(value)))
        return { day, value: Number(value) };
      throw new IndicatorError(
        "malformed-data",
        `expected a day and a number, as 2026-05-01,42, got ${JSON.stringify(line.slice(0, 60))}`,
        `line ${i + 1}`,
      );
    });
}
