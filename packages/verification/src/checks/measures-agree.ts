import { type CheckResult, contradiction, type EvidenceCheck, silent } from "../finding.ts";
import { about, recordWords } from "../words/index.ts";

/** Energy, counters and other meters speak of the same work: some amount must lie in all their intervals. */
export const measuresAgree: EvidenceCheck = {
  id: "measures-agree",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power", "counters"],
  accuses: true,
  underEvasion: "misled",
  run: (_subject, { measures, measuresAgree: agree }): CheckResult => {
    if (agree) return silent;
    const each = measures.map(
      ({ from, low, high }) => `By ${from}: ${about(low, "FLOP")} to ${about(high, "FLOP")}`,
    );
    const numbers = Object.fromEntries(
      measures.map(({ from, low, high }) => [from, `${low} to ${high} FLOP`]),
    );
    return {
      findings: [
        contradiction("site", recordWords.measuresContradict(each.join(". ")), { numbers }),
      ],
      gaps: [],
    };
  },
};
