import type { Duty } from "@standstill/agreement";
import { type Asked, type Objection, objection } from "./objection.ts";
import { peakOf, peakOfAll } from "./peaks.ts";

/** An objection where accelerators of a job, or of its site, are together above a line in H100e. */
export function tooLarge(
  duty: Duty,
  aboveH100e: string | undefined,
  { rules, judged }: Asked,
): Objection[] {
  if (aboveH100e === undefined || rules.h100e === null) return [];
  const { request } = judged;
  const asked = BigInt(request.accelerators) * peakOf(rules, request.accelerator);
  // What is off or forbidden as a whole may not be used in parts either.
  const site = peakOfAll(rules, rules.atSite);
  const together = asked > site ? asked : site;
  if (together <= BigInt(aboveH100e) * rules.h100e) return [];
  const h100e = (together + rules.h100e - 1n) / rules.h100e;
  return [objection(duty, `at most ${aboveH100e} H100e together`, `${h100e} H100e`)];
}
