import { z } from "zod";
import { EvidenceError } from "../error.ts";
import { deviceName } from "../telemetry/feeds/feed-map.ts";
import type { Receiver } from "../telemetry/feeds/receiver.ts";

/**
 * Takes in an answer of a baseboard controller (DMTF Redfish): `EnvironmentMetrics` of a chassis or processor, or the older
 * `Power`. The controller is a machine of its own, outside the operating system that a tenant runs. A reading that is null
 * is none. The device is named by the resource's path.
 *
 * @returns how many readings there were
 */
export function readRedfish(text: string, atMs: number, receiver: Receiver): number {
  const { data, error } = metricsSchema.safeParse(jsonOf(text));
  const path = data?.["@odata.id"]?.replace(/^\/redfish\/v1\//, "");
  const device =
    path === undefined
      ? undefined
      : deviceName(path.replace(/\/(?:EnvironmentMetrics|Power)$/, ""));
  if (data === undefined || device === undefined) {
    const what = error?.issues[0]?.message ?? "no @odata.id";
    throw new EvidenceError(
      "malformed-file",
      `expected a Redfish resource with its path, got ${what}`,
    );
  }
  let taken = 0;
  const add = (
    name: string,
    quantity: "power" | "energy" | "temperature",
    scale: number,
    value: number | null | undefined,
  ) => {
    if (value === null || value === undefined) return;
    receiver.add(receiver.series({ device: name, quantity }, scale), atMs, value);
    taken++;
  };
  add(device, "power", 1000, data.PowerWatts?.Reading);
  add(device, "energy", 1000, data.EnergyJoules?.Reading ?? kWhAsJoules(data.EnergykWh?.Reading));
  add(device, "temperature", 1000, data.TemperatureCelsius?.Reading);
  for (const [i, control] of (data.PowerControl ?? []).entries()) {
    add(`${device}/${control.MemberId ?? i}`, "power", 1000, control.PowerConsumedWatts);
  }
  return taken;
}

const reading = z.looseObject({ Reading: z.number().nullish() }).nullish();
const metricsSchema = z.looseObject({
  "@odata.id": z.string().optional(),
  PowerWatts: reading,
  EnergyJoules: reading,
  EnergykWh: reading,
  TemperatureCelsius: reading,
  /** The older resource `Chassis/{id}/Power`. */
  PowerControl: z
    .array(
      z.looseObject({ PowerConsumedWatts: z.number().nullish(), MemberId: z.string().optional() }),
    )
    .optional(),
});

const JOULES_PER_KWH = 3_600_000;

function kWhAsJoules(kWh: number | null | undefined): number | undefined {
  return kWh === null || kWh === undefined ? undefined : kWh * JOULES_PER_KWH;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EvidenceError(
      "malformed-file",
      "expected JSON of a Redfish service, got other text",
      {
        cause,
      },
    );
  }
}
