import { nodeSeries } from "../counters.ts";
import { type Check, type CheckResult, type Finding, type Gap, silent } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { identicalPairs } from "../synchrony.ts";
import { counterWords, findingWords, gapWords } from "../words/index.ts";

/** Up to one window in a hundred may be silent without a word: meters restart. */
const TOLERATED_SHARE_PERCENT = 1;

/**
 * Completeness of the feed: a reading for every declared device and window, none from others, and no two devices with
 * the same readings.
 */
export const feedComplete: Check = {
  id: "feed-complete",
  needs: [],
  accuses: true,
  run: (subject, account): CheckResult => {
    const { windows } = subject.evidence;
    if (windows === undefined) return { ...silent, gaps: [gapWords.noMeter()] };
    const declared = new Set(subject.site.nodes.map((node) => node.device));
    const findings = windows.devices
      .filter((device) => !declared.has(device))
      .map((device) => ({ ...findingWords.unlistedDevice(device), numbers: {} }));
    const { missing, all } = account.missingWindows;
    const gaps: Gap[] =
      missing * 100 > all * TOLERATED_SHARE_PERCENT ? [gapWords.incomplete(missing, all)] : [];
    const pairs = identicalPairs(windows);
    if (pairs[0] !== undefined) gaps.push(gapWords.identical(pairs.length, pairs[0].join(" and ")));
    return {
      findings: [...findings, ...unlistedCounters(subject)],
      gaps: [...gaps, ...counterGaps(subject)],
    };
  },
};

/** Devices of counters that are neither a declared node nor below one. */
function unlistedCounters({ evidence, site }: Subject): Finding[] {
  const nodes = site.nodes.map(({ device }) => device);
  const unlisted = new Set(
    evidence.counters
      .flatMap(({ devices }) => devices)
      .filter((device) => !nodes.some((node) => device === node || device.startsWith(`${node}/`))),
  );
  return [...unlisted].map((device) => ({ ...findingWords.unlistedDevice(device), numbers: {} }));
}

/** Where counters were agreed upon: none at all, or silent ones. */
function counterGaps({ evidence, site, terms }: Subject): Gap[] {
  if (terms.yardsticks?.counters === undefined) return [];
  if (!evidence.counters.some(({ quantity }) => quantity === "tensor-activity"))
    return [counterWords.noCounters()];
  return evidence.counters.flatMap((counter) => {
    let missing = 0;
    for (const { device } of site.nodes) {
      const series = nodeSeries(counter, device, "sum");
      if (series === undefined) missing += counter.count;
      else for (const known of series.known) if (known === 0) missing++;
    }
    const all = site.nodes.length * counter.count;
    return missing * 100 > all * TOLERATED_SHARE_PERCENT
      ? [counterWords.countersIncomplete(counter.quantity, missing, all)]
      : [];
  });
}
