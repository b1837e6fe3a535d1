import { OPERATOR_FEED, type Period, type SiteEvidence, type Windows } from "@standstill/evidence";
import { refuse } from "@standstill/record";
import type { State } from "@standstill/replay";
import { RefusedError } from "../speak/refused-error.ts";

/** Where the power readings of a site's meters lie, as the telemetry store has them. */
export interface PowerReadings {
  /** Devices of a site that a feed told of in a period. */
  devices(site: string, feed: string, period: Period): Promise<readonly string[]>;
  /** Windows of these devices in a period, one row each, in their order. */
  windows(
    site: string,
    feed: string,
    devices: readonly string[],
    period: Period,
    windowMs: number,
  ): Promise<Windows>;
}

/** A period of a site, and what was measured in it. */
export interface MeasuredPeriod {
  /** A site that the operator has declared. */
  readonly site: string;
  /** Instants as `2026-06-04T12:00:00.000Z`. */
  readonly period: { readonly start: string; readonly end: string };
  /** 32 bytes of hexadecimal, secret until the period is opened; see `periodSalt`. */
  readonly salt: string;
  /** Readings of power, where there are any. */
  readonly telemetry?: PowerReadings | undefined;
  /** Whose readings of power are meant; the operator's own where nothing is said. */
  readonly feed?: string | undefined;
  /** What the scheduler accounted for, where there is one. */
  readonly jobs?: SiteEvidence["jobs"];
  /** What else the site's devices told. */
  readonly counters?: SiteEvidence["counters"] | undefined;
  /** Logs of what its accelerators did. */
  readonly logs?: SiteEvidence["logs"] | undefined;
}

/**
 * The evidence of a period: windows of every declared device and of every other that sent readings, beside accounting, counters and activity logs. Which devices are declared
 * and how long a window is stands on the record. Refuses (`RefusedError`) where either is missing.
 */
export async function periodEvidence(
  { agreement, evidence }: State,
  {
    site,
    period: { start, end },
    salt,
    telemetry,
    feed = OPERATOR_FEED,
    jobs,
    counters = [],
    logs = [],
  }: MeasuredPeriod,
): Promise<SiteEvidence> {
  const declared = evidence.sites.get(site)?.body.nodes.map(({ device }) => device);
  const windowMs = agreement.terms?.window?.milliseconds;
  if (declared === undefined)
    throw new RefusedError(refuse("not-declared", `expected a declared site, got "${site}"`));
  if (windowMs === undefined)
    throw new RefusedError(
      refuse("not-declared", "expected terms that say how long a window is, got none"),
    );
  if (telemetry === undefined) return { salt, jobs, windows: undefined, counters, logs };
  const period = { startMs: Date.parse(start), endMs: Date.parse(end) };
  const known = new Set(declared);
  const seen = await telemetry.devices(site, feed, period);
  const devices = [...declared, ...seen.filter((device) => !known.has(device))];
  const windows = await telemetry.windows(site, feed, devices, period, windowMs);
  return { salt, jobs, windows, counters, logs };
}
