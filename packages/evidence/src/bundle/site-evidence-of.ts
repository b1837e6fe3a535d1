import { EvidenceError } from "../error.ts";
import type { SiteEvidence } from "../sealing/site-evidence.ts";
import { acceptReadings } from "../telemetry/store/accept-readings.ts";
import type { Telemetry } from "../telemetry/store/telemetry.ts";
import type { CounterWindows } from "../windows/counter-windows.ts";
import { windowsOf } from "../windows/windows.ts";
import type { Bundle } from "./bundle.ts";
import { countersOf } from "./counters-of.ts";

/** Under which name the operator's own meters are kept. */
const FEED = "operator";

/**
 * Takes a bundle's readings into the operator's store and makes the evidence of its period: windows of every declared
 * device and of every other that sent readings, and the accounting.
 *
 * @param salt 32 bytes of hexadecimal, secret until the period is opened
 */
export async function siteEvidenceOf(
  bundle: Bundle,
  telemetry: Telemetry,
  windowMs: number,
  salt: string,
): Promise<SiteEvidence> {
  const { site } = bundle.site;
  const period = { startMs: Date.parse(bundle.period.start), endMs: Date.parse(bundle.period.end) };
  for (const readings of bundle.readings) await acceptReadings(telemetry, site, FEED, readings);
  const counters = countersIn(bundle, windowMs);
  if (bundle.readings.length === 0)
    return { salt, jobs: bundle.jobs, windows: undefined, counters };
  const declared = bundle.site.nodes.map((node) => node.device);
  const others = (await telemetry.devices(site, FEED, period)).filter(
    (device) => !declared.includes(device),
  );
  return {
    salt,
    jobs: bundle.jobs,
    windows: await telemetry.windows(site, FEED, [...declared, ...others], period, windowMs),
    counters,
  };
}

/** The same evidence without a store, for judging a bundle offline: its readings are taken as they are. */
export function siteEvidenceOffline(bundle: Bundle, windowMs: number, salt: string): SiteEvidence {
  const [readings, more] = bundle.readings;
  const counters = countersIn(bundle, windowMs);
  if (readings === undefined) return { salt, jobs: bundle.jobs, windows: undefined, counters };
  if (more !== undefined) {
    throw new EvidenceError(
      "malformed-file",
      "expected one power feed in a bundle that is judged offline, got more",
    );
  }
  const period = { startMs: Date.parse(bundle.period.start), endMs: Date.parse(bundle.period.end) };
  const declared = bundle.site.nodes.map((node) => node.device);
  const others = readings.devices.filter((device) => !declared.includes(device)).sort();
  return {
    salt,
    jobs: bundle.jobs,
    windows: windowsOf(readings, [...declared, ...others], period, windowMs),
    counters,
  };
}

function countersIn(bundle: Bundle, windowMs: number): CounterWindows[] {
  if (bundle.counters === undefined) return [];
  const period = { startMs: Date.parse(bundle.period.start), endMs: Date.parse(bundle.period.end) };
  const nodes = new Set(bundle.site.nodes.map(({ device }) => device));
  return countersOf(bundle.counters, nodes, period, windowMs);
}
