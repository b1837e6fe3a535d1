import { nodeSeries } from "../counters.ts";
import { type EvidenceCheck, type GapTold, gap, silent } from "../finding.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import type { Subject } from "../subject.ts";
import { identicalPairs } from "../synchrony.ts";
import { counterWords, gapWords } from "../words/index.ts";

/** Completeness of the feed: a reading for every declared device and window, and no two devices with the same readings. */
export const feedComplete: EvidenceCheck = {
  id: "feed-complete",
  of: "evidence",
  serves: ["training-declared"],
  needs: [],
  accuses: false,
  run: (subject, account) => {
    const { windows } = subject.evidence;
    if (windows === undefined) return { ...silent, gaps: [gap("no-meter", gapWords.noMeter())] };
    const { missing, all } = account.missingWindows;
    const gaps: GapTold[] =
      missing * 100 > all * thresholds.silentPercent
        ? [gap("feed-incomplete", gapWords.incomplete(missing, all))]
        : [];
    const pairs = identicalPairs(windows);
    if (pairs[0] !== undefined)
      gaps.push(
        gap("identical-readings", gapWords.identical(pairs.length, pairs[0].join(" and "))),
      );
    return { findings: [], gaps: [...gaps, ...counterGaps(subject)] };
  },
};

/** Where counters were agreed upon: none at all, or silent ones. */
function counterGaps({ evidence, site, terms }: Subject): GapTold[] {
  if (terms.yardsticks?.counters === undefined) return [];
  if (!evidence.counters.some(({ quantity }) => quantity === "tensor-activity"))
    return [gap("no-counters", counterWords.noCounters())];
  return evidence.counters.flatMap((counter) => {
    let missing = 0;
    for (const { device } of site.nodes) {
      const series = nodeSeries(counter, device, "sum");
      if (series === undefined) missing += counter.count;
      else for (const known of series.known) if (known === 0) missing++;
    }
    const all = site.nodes.length * counter.count;
    const words = counterWords.countersIncomplete(counter.quantity, missing, all);
    return missing * 100 > all * thresholds.silentPercent
      ? [gap("counters-incomplete", words)]
      : [];
  });
}
