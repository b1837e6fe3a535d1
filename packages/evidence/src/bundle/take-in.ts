import { OPERATOR_FEED } from "../telemetry/feeds/feed-keys.ts";
import { acceptReadings } from "../telemetry/store/accept-readings.ts";
import type { Telemetry } from "../telemetry/store/telemetry.ts";
import type { CounterWindows } from "../windows/counter-windows.ts";
import type { Bundle } from "./bundle.ts";
import { countersOf } from "./counters-of.ts";

/** Takes a bundle's readings of power into the operator's store, as its own meters tell them; durable when this resolves. Twice changes nothing. */
export async function takeInReadings(bundle: Bundle, telemetry: Telemetry): Promise<void> {
  for (const readings of bundle.readings)
    await acceptReadings(telemetry, bundle.site.site, OPERATOR_FEED, readings);
}

/** What else a bundle's devices told in its period, in windows: one entry for each quantity. */
export function countersIn(bundle: Bundle, windowMs: number): CounterWindows[] {
  if (bundle.counters === undefined) return [];
  const period = { startMs: Date.parse(bundle.period.start), endMs: Date.parse(bundle.period.end) };
  const nodes = new Set(bundle.site.nodes.map(({ device }) => device));
  return countersOf(bundle.counters, nodes, period, windowMs);
}
