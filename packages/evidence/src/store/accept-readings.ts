import { FeedMap } from "../intake/feed-map.ts";
import { Intake } from "../intake/intake.ts";
import type { Readings } from "../readings.ts";
import type { Telemetry } from "./telemetry.ts";

/** Takes power readings of a site's devices in, as one feed tells them, through the same intake as a monitor's; durable when this resolves. */
export async function acceptReadings(
  telemetry: Telemetry,
  site: string,
  feed: string,
  readings: Readings,
): Promise<void> {
  const intake = new Intake(site, feed, new FeedMap(), telemetry.table);
  const series = readings.devices.map((device) => intake.series({ device, quantity: "power" }, 1));
  for (const [i, device] of readings.device.entries()) {
    const [timeMs, milliwatts] = [readings.timeMs[i], readings.powerMilliwatts[i]];
    intake.add(series[device] as number, timeMs as number, milliwatts as number);
  }
  await telemetry.accept(intake.take());
}
