import type { Accelerator } from "@standstill/agreement";
import type { Run } from "@standstill/evidence";
import { millionths, parseQuantity } from "@standstill/record";
import { exactly, type Interval } from "../interval.ts";
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

/**
 * What of a declared run counts in the period that is judged: its share of time, as if it went on evenly. A run over several periods
 * would otherwise explain all its energy in each of them; who works unevenly declares a run for each period. Upper ends are
 * rounded up.
 */
export function declaredInPeriod(
  run: Run,
  subject: Pick<Subject, "site" | "terms" | "period">,
): Interval {
  const { low, high } = declaredFlop(run, subject);
  const { inside, all } = timeInPeriod(run, subject);
  return { low: (low * inside) / all, high: (high * inside + all - 1n) / all };
}

/** Milliseconds of a run that lie in the period, and all of them. */
export function timeInPeriod(run: Run, { period }: Pick<Subject, "period">) {
  const [start, end] = [Date.parse(run.period.start), Date.parse(run.period.end)];
  const inside = Math.max(0, Math.min(end, period.endMs) - Math.max(start, period.startMs));
  return { inside: BigInt(inside), all: BigInt(Math.max(1, end - start)) };
}

/** Highest known dense peak of an accelerator in FLOP/s; a precision that the catalogue leaves blank is unknown. */
export function highestPeak(accelerator: Accelerator): bigint {
  const bf16 = parseQuantity(accelerator.peak.bf16, "FLOP/s");
  const fp8 =
    accelerator.peak.fp8 === undefined ? 0n : parseQuantity(accelerator.peak.fp8, "FLOP/s");
  return bf16 > fp8 ? bf16 : fp8;
}
