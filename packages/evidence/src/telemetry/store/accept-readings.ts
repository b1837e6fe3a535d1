import { there } from "@standstill/record";
import { FeedMap } from "../feeds/feed-map.ts";
import { Receiver } from "../feeds/receiver.ts";
import type { Readings } from "../readings/readings.ts";
import type { Telemetry } from "./telemetry.ts";

/** Takes power readings of a site's devices in, as one feed tells them, through the same receiver as a monitor's; durable when this resolves. */
export async function acceptReadings(
  telemetry: Telemetry,
  site: string,
  feed: string,
  readings: Readings,
): Promise<void> {
  const receiver = new Receiver(site, feed, new FeedMap(), telemetry.table);
  const series = readings.devices.map((device) =>
    receiver.series({ device, quantity: "power" }, 1),
  );
  for (const [i, device] of readings.device.entries()) {
    const [timeMs, milliwatts] = [there(readings.timeMs[i]), there(readings.powerMilliwatts[i])];
    receiver.add(there(series[device]), timeMs, milliwatts);
  }
  await telemetry.accept(receiver.take());
}
