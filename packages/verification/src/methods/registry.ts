import { computeVerdict } from "../on-record/judgement.ts";
import type { OnRecord } from "../on-record/on-record.ts";
import type { Verdict } from "../statements/verdict.ts";
import { METHOD } from "../verdict.ts";

/** The name of a method as a verdict tells it, whether or not anybody knows it. */
export interface MethodName {
  readonly name: string;
  /** The name of a draft, or `1`, `2`, … of a release, as text. */
  readonly version: string | number;
}

/** A method of verdicts. Once it is released it stays as it is: whoever changes a rule or a threshold gives it a new number. */
export interface Method extends MethodName {
  /** The verdict on a report, from the state before it and the evidence that the report names. */
  readonly computeVerdict: (state: OnRecord, report: string, evidence: Uint8Array) => Verdict;
}

/** Every method that this program has. Until the first release that is the present draft alone. */
export const methods: readonly Method[] = [{ ...METHOD, computeVerdict }];

/**
 * The method that a verdict names; nothing where this program has none of that name and version.
 *
 * @example findMethod(verdict.method)?.computeVerdict(state, verdict.report, evidence)
 */
export function findMethod(
  { name, version }: MethodName,
  among: readonly Method[] = methods,
): Method | undefined {
  return among.find((one) => one.name === name && one.version === version);
}
