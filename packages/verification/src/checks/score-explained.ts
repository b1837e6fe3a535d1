import { millionths, parseQuantity } from "@standstill/record";
import {
  type CheckResult,
  type EvidenceCheck,
  type FindingTold,
  type GapTold,
  gap,
  silent,
  suspicion,
} from "../finding.ts";
import { lineageTotal } from "../lineage.ts";
import { independently, type Subject } from "../subject.ts";
import { about, recordWords } from "../words/index.ts";

/** A model that achieves more than its declared compute explains has more in it than was declared, or knows something new. */
export const scoreExplained: EvidenceCheck = {
  id: "score-explained",
  of: "evidence",
  serves: ["training-declared"],
  needs: [],
  accuses: true,
  run: (subject): CheckResult => {
    const benchmarks = new Map(
      (subject.terms.yardsticks?.scores ?? []).map((one) => [one.id, one]),
    );
    if (benchmarks.size === 0) return silent;
    const findings: FindingTold[] = [];
    const gaps: GapTold[] = [];
    for (const { measured } of independently(subject, "score")) {
      const benchmark = benchmarks.get(measured.benchmark);
      if (benchmark === undefined) continue;
      const flop = declaredFor(subject, measured.model);
      if (flop === undefined) {
        gaps.push(gap("model-undeclared", recordWords.scoreUnknown(measured.model)));
        continue;
      }
      const most = mostWith(benchmark.most, flop);
      if (most === undefined || millionths(measured.score) <= millionths(most)) continue;
      const words = recordWords.scoreTooHigh(
        measured.model,
        benchmark.name,
        measured.score,
        about(flop, "FLOP"),
        most,
      );
      const numbers = { score: measured.score, most, declared: `${flop} FLOP` };
      findings.push(suspicion(measured.model, words, { numbers }));
    }
    return { findings, gaps };
  },
};

/** The largest lineage of any of the party's training runs of a model. */
function declaredFor(subject: Subject, model: string): bigint | undefined {
  let most: bigint | undefined;
  for (const one of subject.beside.allRuns) {
    const { party, run } = one;
    if (party !== subject.party || run.activity !== "training" || run.model !== model) continue;
    const { total } = lineageTotal(subject, one);
    if (most === undefined || total > most) most = total;
  }
  return most;
}

/** What the next larger agreed amount achieves; nothing was agreed for more than the largest. */
function mostWith(
  points: readonly { readonly flop: string; readonly score: string }[],
  flop: bigint,
): string | undefined {
  return points
    .map((point) => ({ flop: parseQuantity(point.flop, "FLOP"), score: point.score }))
    .sort((a, b) => (a.flop < b.flop ? -1 : 1))
    .find((point) => point.flop >= flop)?.score;
}
