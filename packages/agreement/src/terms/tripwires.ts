import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { sentence } from "./words.ts";

/**
 * Numbers that say how close AI is to improving itself, with their unit and the family that they belong to. Indicators of one family
 * move together, so that two of them confirm less than two of different ones.
 */
export const INDICATORS = {
  "task-horizon-p50": { family: "capability", unit: "minutes" },
  "task-horizon-p80": { family: "capability", unit: "minutes" },
  "task-horizon-doubling": { family: "capability", unit: "days" },
  "progress-ratio": { family: "capability", unit: "times" },
  "optimisation-speedup": { family: "capability", unit: "times" },
  "next-step-hard": { family: "capability", unit: "share" },
  "next-step-control": { family: "capability", unit: "share" },
  "task-success": { family: "capability", unit: "share" },
  "ai-line-share": { family: "code", unit: "share" },
  "ai-surviving-share": { family: "code", unit: "share" },
  "attribution-coverage": { family: "code", unit: "share" },
  throughput: { family: "code", unit: "times" },
  "human-review-coverage": { family: "oversight", unit: "share" },
  "ai-only-share": { family: "oversight", unit: "share" },
  "unverified-claims": { family: "oversight", unit: "share" },
  "evaded-blocks": { family: "oversight", unit: "share" },
  subversions: { family: "oversight", unit: "count" },
  "unattended-minutes": { family: "autonomy", unit: "minutes" },
  "interventions-per-run": { family: "autonomy", unit: "count" },
  "agent-workdays": { family: "autonomy", unit: "times" },
  "loop-closure": { family: "autonomy", unit: "share" },
  "uplift-self-report": { family: "uplift", unit: "times" },
  "uplift-measured": { family: "uplift", unit: "times" },
} as const;
/** Name of an indicator. */
export type IndicatorName = keyof typeof INDICATORS;
/** Names of all indicators. */
export const INDICATOR_NAMES = Object.keys(INDICATORS) as [IndicatorName, ...IndicatorName[]];

/** A number as text, so that it is the same everywhere. */
export const indicatorValue = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?$/, 'expected a decimal number as "0.5"');

/** A line that the doubling time of published training compute may cross; days within which it doubles. */
export const doublingTripwireSchema = z.strictObject({
  id: nameSchema,
  indicator: z.literal("training-compute"),
  watchBelowDays: z.int().min(1).max(36_500),
  tripBelowDays: z.int().min(1).max(36_500),
  source: sentence,
});

/** Lines that a measured indicator may cross, and what it takes to count as crossed. */
export const measuredTripwireSchema = z
  .strictObject({
    id: nameSchema,
    indicator: z.enum(INDICATOR_NAMES),
    /** Which way is worse. */
    worse: z.enum(["above", "below"]),
    watch: indicatorValue.optional(),
    alert: indicatorValue.optional(),
    trip: indicatorValue.optional(),
    /** Whether the estimate has to be across a line, or its whole interval. */
    by: z.enum(["estimate", "interval"]),
    /** Measurements in a row that must be across, and different measurers that must have one across. */
    inARow: z.int().min(1).max(20),
    measurers: z.int().min(1).max(20),
    /** Days after which the newest measurement is stale; it then counts as this level at least. */
    stale: z
      .strictObject({
        days: z.int().min(1).max(3650),
        level: z.enum(["watch", "alert", "tripped"]),
      })
      .optional(),
    /** Other tripwires of which one must be at alert or above for this one to trip. */
    together: z.array(nameSchema).min(1).max(20).optional(),
    source: sentence,
  })
  .superRefine((wire, context) => {
    const tell = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const lines = [wire.watch, wire.alert, wire.trip]
      .filter((line) => line !== undefined)
      .map(Number);
    if (lines.length === 0) tell("watch", "expected a line for watch, alert or trip, got none");
    const isOrdered = lines.every((line, i) => {
      const before = lines[i - 1] ?? line;
      return wire.worse === "above" ? line >= before : line <= before;
    });
    if (!isOrdered)
      tell("trip", "expected watch, alert and trip one after the other towards what is worse");
    // How much of the code an AI writes says little of how fast research goes: in 2026 it was above 80 % at less than twice the speed.
    if (
      INDICATORS[wire.indicator].family === "code" &&
      wire.trip !== undefined &&
      wire.together === undefined
    )
      tell(
        "together",
        "expected other tripwires under together, got none: a share of code never trips alone",
      );
  });

/** A tripwire of either kind. */
export const tripwireSchema = z.discriminatedUnion("indicator", [
  doublingTripwireSchema,
  measuredTripwireSchema,
]);
