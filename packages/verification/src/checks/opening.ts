import { sealEvidence } from "@standstill/evidence";
import { contradiction, type EvidenceCheck, type FindingTold } from "../finding.ts";
import { findingWords } from "../words/index.ts";

/**
 * What was opened against what was sealed: the same root, the reported period, the agreed windows. An injected evasion does not rerun it: a
 * cheat would have sealed the cheated readings.
 */
export const opening: EvidenceCheck = {
  id: "opening",
  of: "evidence",
  whole: true,
  serves: ["training-declared", "activity-log", "activity-limit"],
  needs: [],
  accuses: true,
  underEvasion: "misled",
  run: ({ evidence, seal, period, terms }) => {
    const opened = sealEvidence(evidence);
    const findings: FindingTold[] = [];
    if (opened.root !== seal.root || opened.energyMillijoules !== seal.energyMillijoules) {
      const numbers = {
        sealedEnergy: `${seal.energyMillijoules} mJ`,
        openedEnergy: `${opened.energyMillijoules} mJ`,
      };
      const words = findingWords.notWhatWasSealed(seal.root, opened.root);
      findings.push(contradiction("site", words, { numbers }));
    }
    const { windows } = evidence;
    if (
      windows !== undefined &&
      (windows.startMs !== period.startMs ||
        windows.startMs + windows.count * windows.windowMs !== period.endMs ||
        windows.windowMs !== terms.window.milliseconds)
    )
      findings.push(contradiction("site", findingWords.notThePeriod()));
    return { findings, gaps: [] };
  },
};
