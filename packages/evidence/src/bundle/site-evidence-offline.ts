import { EvidenceError } from "../error.ts";
import type { SiteEvidence } from "../sealing/site-evidence.ts";
import { windowsOf } from "../windows/windows.ts";
import type { Bundle } from "./bundle.ts";
import { countersIn } from "./take-in.ts";

/** The evidence of a bundle without a store, for judging it offline: its readings are taken as they are. */
export function siteEvidenceOffline(bundle: Bundle, windowMs: number, salt: string): SiteEvidence {
  const [readings, more] = bundle.readings;
  const counters = countersIn(bundle, windowMs);
  const { logs } = bundle;
  if (readings === undefined)
    return { salt, jobs: bundle.jobs, windows: undefined, counters, logs };
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
    logs,
  };
}
