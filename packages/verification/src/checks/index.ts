import type { Account } from "../account.ts";
import type { Check, CheckResult, Finding } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { energyExplained } from "./energy-explained.ts";
import { feedComplete } from "./feed-complete.ts";
import { nodesSeparate } from "./nodes-separate.ts";
import { nodesTogether } from "./nodes-together.ts";
import { physicallyPossible } from "./physically-possible.ts";
import { runLimit } from "./run-limit.ts";

/** All checks, in the order in which their findings are told. */
export const checks: readonly Check[] = [
  feedComplete,
  physicallyPossible,
  energyExplained,
  nodesSeparate,
  nodesTogether,
  runLimit,
];

/** Runs every check and puts what they say together. */
export function runChecks(subject: Subject, account: Account): CheckResult {
  const results = checks.map((check) => check.run(subject, account));
  return { findings: results.flatMap((r) => r.findings), gaps: results.flatMap((r) => r.gaps) };
}

/** What the checks that can expose a cheat find: the part that an injected evasion reruns, many times. */
export function findingsOf(subject: Subject, account: Account): readonly Finding[] {
  return checks
    .filter((check) => check.accuses)
    .flatMap((check) => check.run(subject, account).findings);
}
