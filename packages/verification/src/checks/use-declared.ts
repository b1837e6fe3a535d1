import { millionths, parseQuantity } from "@standstill/record";
import { highestPeak } from "../account/index.ts";
import { type CheckResult, contradiction, type EvidenceCheck, silent } from "../finding.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import { acceleratorOf, independently } from "../subject.ts";
import { about, recordWords } from "../words/index.ts";

/**
 * Use of others' accelerators, over all providers: what they tell together, less what the party has declared at each. A use that
 * stays small at every provider does not stay small here.
 */
export const useDeclared: EvidenceCheck = {
  id: "use-declared",
  of: "evidence",
  serves: ["training-declared"],
  needs: [],
  accuses: true,
  run: (subject): CheckResult => {
    const reports = independently(subject, "accelerator-time").filter(
      ({ period }) =>
        period.startMs >= subject.period.startMs && period.endMs <= subject.period.endMs,
    );
    let [seconds, low, high] = [0n, 0n, 0n];
    const told: string[] = [];
    for (const provider of [...new Set(reports.map(({ by }) => by))].sort()) {
      for (const [type, used] of usedOf(reports.filter(({ by }) => by === provider))) {
        const accelerator = acceleratorOf(subject.terms, type);
        const declared = declaredSeconds(subject.beside.sites, provider, type, subject.period);
        told.push(`${provider}: ${about(used, `s of ${type}`)}, declared ${about(declared, "s")}`);
        if (used * 1000n <= declared * thresholds.useThousandths || accelerator === undefined)
          continue;
        const excess = used - declared;
        seconds += excess;
        low +=
          (excess *
            parseQuantity(accelerator.peak.bf16, "FLOP/s") *
            millionths(accelerator.utilization.low)) /
          1_000_000n;
        high += excess * highestPeak(accelerator);
      }
    }
    if (high < parseQuantity(subject.terms.goals.significantQuantity, "FLOP")) return silent;
    const words = recordWords.usedElsewhere(
      told.join("; "),
      about(seconds, "accelerator-seconds"),
      about(low, "FLOP"),
      about(high, "FLOP"),
    );
    const numbers = {
      undeclared: `${seconds} s`,
      leastDone: `${low} FLOP`,
      mostDone: `${high} FLOP`,
    };
    return { findings: [contradiction("party", words, { numbers })], gaps: [] };
  },
};

function usedOf(
  reports: readonly {
    readonly measured: { readonly accelerator: string; readonly seconds: string };
  }[],
): Map<string, bigint> {
  const used = new Map<string, bigint>();
  for (const { measured } of reports) {
    const before = used.get(measured.accelerator) ?? 0n;
    used.set(measured.accelerator, before + parseQuantity(measured.seconds, "s"));
  }
  return used;
}

/** Accelerator-seconds that the party declared at a provider: all of them, for all of the period. */
function declaredSeconds(
  sites: readonly {
    readonly provider?: string | undefined;
    readonly nodes: readonly { readonly accelerator: string; readonly accelerators: number }[];
  }[],
  provider: string,
  type: string,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): bigint {
  let accelerators = 0;
  for (const site of sites) {
    if (site.provider !== provider) continue;
    for (const node of site.nodes) if (node.accelerator === type) accelerators += node.accelerators;
  }
  return (BigInt(accelerators) * BigInt(endMs - startMs)) / 1000n;
}
