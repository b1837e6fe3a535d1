import type { Accelerator } from "@standstill/agreement";
import type { Run } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";
import { exactly, type Interval, millionths } from "../interval.ts";
import { acceleratorOf, type Subject } from "../subject.ts";

/**
 * FLOP of a declared run: 6 per parameter and token in training, 2 in inference (Kaplan et al. 2020, section 2.1; the
 * agreement counts every operation equally), or accelerators × time × peak × the agreed utilization.
 */
export function declaredFlop(run: Run, subject: Pick<Subject, "site" | "terms">): Interval {
  if (run.work.basis === "tokens") {
    const perToken = run.activity === "training" ? 6n : run.activity === "inference" ? 2n : 0n;
    const parameters = parseQuantity(run.work.parameters, "parameters");
    return exactly(perToken * parameters * parseQuantity(run.work.tokens, "tokens"));
  }
  const node = subject.site.nodes.find(({ device }) => run.nodes.includes(device));
  const accelerator =
    node === undefined ? undefined : acceleratorOf(subject.terms, node.accelerator);
  if (accelerator === undefined) return exactly(0n);
  const peak =
    parseQuantity(accelerator.peak.bf16, "FLOP/s") *
    BigInt(run.work.accelerators) *
    parseQuantity(run.work.seconds, "s");
  return {
    low: (peak * millionths(accelerator.utilization.low)) / 1_000_000n,
    high: (peak * millionths(accelerator.utilization.high)) / 1_000_000n,
  };
}

/** Highest known dense peak of an accelerator in FLOP/s; a precision that the catalogue leaves blank is unknown. */
export function highestPeak(accelerator: Accelerator): bigint {
  const bf16 = parseQuantity(accelerator.peak.bf16, "FLOP/s");
  const fp8 =
    accelerator.peak.fp8 === undefined ? 0n : parseQuantity(accelerator.peak.fp8, "FLOP/s");
  return bf16 > fp8 ? bf16 : fp8;
}
