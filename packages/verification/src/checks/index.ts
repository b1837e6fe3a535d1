import type { Account } from "../account.ts";
import type { Check, CheckResult } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { energyExplained } from "./energy-explained.ts";
import { feedComplete } from "./feed-complete.ts";
import { nodesSeparate } from "./nodes-separate.ts";
import { physicallyPossible } from "./physically-possible.ts";
import { runLimit } from "./run-limit.ts";

/** All checks, in the order in which their findings are told. */
export const checks: readonly Check[] = [
  feedComplete,
  physicallyPossible,
  energyExplained,
  nodesSeparate,
  runLimit,
];

/** Runs every check and puts what they say together. */
export function runChecks(subject: Subject, account: Account): CheckResult {
  const results = checks.map((check) => check.run(subject, account));
  return { findings: results.flatMap((r) => r.findings), gaps: results.flatMap((r) => r.gaps) };
}
