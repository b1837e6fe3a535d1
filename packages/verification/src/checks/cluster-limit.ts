import { parseQuantity } from "@standstill/record";
import { counterNamed, nodeSeries } from "../counters.ts";
import { contradiction, type DutyCheck, type FindingTold, type GapTold, gap } from "../finding.ts";
import { nodesOf, type Subject } from "../subject.ts";
import { about, recordWords } from "../words/index.ts";

/**
 * The three-part test of a cluster: H100-equivalents, memory, and what goes over the network between nodes; it is covered if any
 * of the lines is crossed (MIRI draft, articles II and V, with the later line for memory).
 */
export const clusterLimit: DutyCheck = {
  id: "cluster-limit",
  of: "duty",
  serves: ["cluster-limit"],
  needs: [],
  accuses: true,
  run: ({ stretches }, subject) => {
    const findings: FindingTold[] = [];
    const gaps: GapTold[] = [];
    for (const { duty } of stretches) {
      const { obligation } = duty;
      if (obligation.kind !== "cluster-limit" || obligation.stance !== "forbidden") continue;
      const { aboveH100e, aboveMemory, aboveBandwidth } = obligation;
      const lines = [
        line(
          "accelerators",
          "thousandths of an H100e",
          aboveH100e,
          h100eThousandths(subject),
          (one) => BigInt(one) * 1000n,
        ),
        line("memory", "bytes", aboveMemory, memoryBytes(subject), (one) =>
          parseQuantity(one, "bytes"),
        ),
        line("bandwidth", "bit/s", aboveBandwidth, bitsPerSecond(subject), (one) =>
          parseQuantity(one, "bit/s"),
        ),
      ];
      for (const { result, untold } of lines) {
        if (untold !== undefined)
          gaps.push(gap("cluster-unknown", recordWords.clusterUnknown(untold)));
        if (result === undefined || result.has <= result.limit) continue;
        const { has, limit, unit } = result;
        const words = recordWords.clusterOver(about(has, unit), about(limit, unit));
        const numbers = { has: `${has} ${unit}`, line: `${limit} ${unit}` };
        findings.push(contradiction("site", words, { numbers }));
      }
    }
    return { findings, gaps };
  },
};

function line(
  name: string,
  unit: string,
  agreed: string | undefined,
  has: bigint | undefined,
  parse: (text: string) => bigint,
) {
  if (agreed === undefined) return { result: undefined, untold: undefined };
  if (has === undefined) return { result: undefined, untold: name };
  return { result: { has, limit: parse(agreed), unit }, untold: undefined };
}

/** H100-equivalents of all nodes in thousandths, rounded down; nothing where the agreement has no H100e. */
export function h100eThousandths(subject: Pick<Subject, "site" | "terms">): bigint | undefined {
  const unit = subject.terms.h100e;
  if (unit === undefined) return undefined;
  const { precision } = unit;
  let peak = 0n;
  for (const { accelerator, accelerators } of nodesOf(subject)) {
    const own = precision === "fp8" ? accelerator.peak.fp8 : accelerator.peak.bf16;
    if (own === undefined) return undefined;
    peak += accelerators * parseQuantity(own, "FLOP/s");
  }
  return (peak * 1000n) / parseQuantity(unit.peak, "FLOP/s");
}

function memoryBytes(subject: Subject): bigint | undefined {
  let bytes = 0n;
  for (const { accelerator, accelerators } of nodesOf(subject)) {
    if (accelerator.memory === undefined) return undefined;
    bytes += accelerators * parseQuantity(accelerator.memory, "bytes");
  }
  return bytes;
}

/** The most that any node sent in a window, as a rate: links are at least so fast. */
function bitsPerSecond(subject: Subject): bigint | undefined {
  const counter = counterNamed(subject, "network-sent");
  if (counter === undefined) return undefined;
  let most = 0;
  for (const { device } of subject.site.nodes) {
    const series = nodeSeries(counter, device, "sum");
    for (const bytes of series?.values ?? []) if (bytes > most) most = bytes;
  }
  return (BigInt(most) * 8000n) / BigInt(counter.windowMs);
}
