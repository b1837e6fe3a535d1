import { SamplesBuilder } from "../intake/samples.ts";
import type { Readings } from "../readings.ts";
import type { Telemetry } from "./telemetry.ts";

/** Takes power readings of a site's devices in, as one feed tells them; durable when this resolves. */
export async function acceptReadings(
  telemetry: Telemetry,
  site: string,
  feed: string,
  readings: Readings,
): Promise<void> {
  const numbers = readings.devices.map((device) =>
    telemetry.table.numberOf({
      site,
      feed,
      device,
      quantity: "power",
    }),
  );
  const builder = new SamplesBuilder(readings.device.length + 1);
  for (const [i, device] of readings.device.entries()) {
    builder.add(
      numbers[device] as number,
      readings.timeMs[i] as number,
      readings.powerMilliwatts[i] as number,
    );
  }
  await telemetry.accept(builder.take());
}
