import {
  type CheckableTerms,
  DEVICE_NAMES,
  type LogTerms,
  type Terms,
} from "@standstill/agreement";
import type { Period, Site } from "@standstill/evidence";
import { nodesOf } from "../subject.ts";

/**
 * What the logs of a site's period are held to: what the terms say of logs, for the accelerators that the site has declared and the time that was
 * reported. Nodes of types that the terms do not list have no devices.
 */
export function siteLogTerms(
  terms: CheckableTerms<Terms>,
  site: Site,
  { startMs, endMs }: Period,
): LogTerms {
  const { deviceNames = DEVICE_NAMES, longestRecordSeconds, ...rules } = terms.logs ?? {};
  const longest = longestRecordSeconds === undefined ? {} : { longestRecordSeconds };
  const devices = nodesOf({ site, terms }).flatMap(({ device: node, accelerator, accelerators }) =>
    Array.from({ length: Number(accelerators) }, (_, number) => ({
      device: deviceNames.replaceAll("{node}", node).replaceAll("{number}", `${number}`),
      peak: Object.fromEntries(
        Object.entries(accelerator.peak).flatMap(([precision, peak]) =>
          peak === undefined ? [] : [[precision, peak]],
        ),
      ),
    })),
  );
  const [start, end] = [new Date(startMs).toISOString(), new Date(endMs).toISOString()];
  return { ...rules, window: { start, end, ...longest }, devices };
}
