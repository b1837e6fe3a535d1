import type { Tripwire, TripwireLevel } from "@standstill/agreement";
import type { Measured } from "./training-compute.ts";

/**
 * Level of a tripwire: `watch` once the estimate is below its line, `tripped` only once the whole interval is below the
 * other, so that noise alone does not trip it.
 */
export function tripwireLevel(tripwire: Tripwire, measured: Measured): TripwireLevel {
  const { slowestMillidays, doublingMillidays } = measured;
  if (slowestMillidays !== null && slowestMillidays < tripwire.tripBelowDays * 1000)
    return "tripped";
  return doublingMillidays < tripwire.watchBelowDays * 1000 ? "watch" : "quiet";
}
