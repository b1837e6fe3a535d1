import type { JobRequest } from "../request.ts";
import type { GateRules } from "../rules.ts";

/** What accelerators on record do together at their peak, in FLOP/s. */
export function peakOfAll({ peaks }: GateRules, onRecord: ReadonlyMap<string, number>): bigint {
  let sum = 0n;
  for (const [kind, count] of onRecord) sum += BigInt(count) * (peaks.get(kind) ?? 0n);
  return sum;
}

/** The peak of a kind of accelerator in FLOP/s; of one that is not told, the highest. */
export function peakOf({ peaks }: GateRules, accelerator: string | undefined): bigint {
  const known = accelerator === undefined ? undefined : peaks.get(accelerator);
  return known ?? [...peaks.values()].reduce((most, one) => (one > most ? one : most), 0n);
}

/** All accelerators on record, or those that the job asks for where they are more, in H100e, rounded up. */
export function knownH100e(
  rules: GateRules,
  { accelerator, accelerators, tasks }: JobRequest,
): bigint | undefined {
  const { registered, h100e } = rules;
  if (h100e === null) return undefined;
  const onRecord = peakOfAll(rules, registered);
  const asked = BigInt(accelerators) * BigInt(tasks) * peakOf(rules, accelerator);
  return ((asked > onRecord ? asked : onRecord) + h100e - 1n) / h100e;
}
