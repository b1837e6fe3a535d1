import { MINUTE_MS } from "@standstill/record";

const QUARTER_HOUR_MS = 15 * MINUTE_MS;

/** How ticks between two times are written: with seconds where minutes alone would repeat. */
export function clock(from: Date | undefined, to: Date | undefined): string {
  const span = (to?.getTime() ?? 0) - (from?.getTime() ?? 0);
  return span < QUARTER_HOUR_MS ? "%H:%M:%S" : "%H:%M";
}
