import { type EvidenceCheck, gap } from "../finding.ts";
import { gapWords } from "../words/index.ts";

/** Whether anybody but the party has counted its accelerators: nobody has, until inspections are on record. */
export const acceleratorsInspected: EvidenceCheck = {
  id: "accelerators-inspected",
  of: "evidence",
  serves: ["accelerators-registered"],
  needs: [],
  accuses: false,
  run: () => ({ findings: [], gaps: [gap("not-inspected", gapWords.notInspected())] }),
};
