import { type Check, type CheckResult, type Gap, silent } from "../finding.ts";
import { identicalPairs } from "../synchrony.ts";
import { findingWords, gapWords } from "../words.ts";

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
    return { findings, gaps };
  },
};
