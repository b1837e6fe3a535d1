import { sealEvidence } from "@standstill/evidence";
import type { Finding } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { findingWords } from "../words/index.ts";

/**
 * Compares what was opened with what was sealed: the same root, the reported period, the agreed windows. This is no
 * check that an injected evasion reruns: a cheat would have sealed the cheated readings.
 */
export function checkOpening(subject: Subject): Finding[] {
  const opened = sealEvidence(subject.evidence);
  const findings: Finding[] = [];
  if (
    opened.root !== subject.seal.root ||
    opened.energyMillijoules !== subject.seal.energyMillijoules
  ) {
    findings.push({
      ...findingWords.notWhatWasSealed(subject.seal.root, opened.root),
      numbers: {
        sealedEnergy: `${subject.seal.energyMillijoules} mJ`,
        openedEnergy: `${opened.energyMillijoules} mJ`,
      },
    });
  }
  const { windows } = subject.evidence;
  if (
    windows !== undefined &&
    (windows.startMs !== subject.period.startMs ||
      windows.startMs + windows.count * windows.windowMs !== subject.period.endMs ||
      windows.windowMs !== subject.terms.window.milliseconds)
  ) {
    findings.push({ ...findingWords.notThePeriod(), numbers: {} });
  }
  return findings;
}
