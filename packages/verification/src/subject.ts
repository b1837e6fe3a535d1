import type { Accelerator, CheckableTerms, Terms } from "@standstill/agreement";
import type { FeedKind, Period, Run, Seal, Site, SiteEvidence } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";

/**
 * Who signed a feed, as the key and its role in the agreement tell: the operator itself, or somebody independent of
 * it. Labels in the data are not believed.
 */
export type FeedClass = "operator" | "independent";

/** Everything a verdict on one closed period of one site is computed from. */
export interface Subject {
  readonly party: string;
  readonly terms: CheckableTerms<Terms>;
  readonly site: Site;
  readonly runs: readonly Run[];
  readonly period: Period;
  readonly feeds: readonly { readonly kind: FeedKind; readonly feedClass: FeedClass }[];
  readonly evidence: SiteEvidence;
  /** What the report committed to before the evidence was opened. */
  readonly seal: Seal;
  /** Text from which all randomness comes: the identity of the sealed report. */
  readonly seed: string;
}

/** The catalogue entry of an accelerator type; the terms list every type that a site may declare. */
export function acceleratorOf(
  terms: Pick<CheckableTerms, "accelerators">,
  id: string,
): Accelerator | undefined {
  return terms.accelerators.find((accelerator) => accelerator.id === id);
}

/** Whole seconds of a period, rounded up. */
export function secondsOf(period: Period): bigint {
  return BigInt(Math.ceil((period.endMs - period.startMs) / 1000));
}

/** The nodes of a site with their catalogue entries; nodes of types that the terms do not list are left out. */
export function nodesOf(
  subject: Subject,
): { device: string; accelerator: Accelerator; accelerators: bigint }[] {
  return subject.site.nodes.flatMap((node) => {
    const accelerator = acceleratorOf(subject.terms, node.accelerator);
    return accelerator === undefined
      ? []
      : [{ device: node.device, accelerator, accelerators: BigInt(node.accelerators) }];
  });
}

/** Power that a node draws at most at full load, in W; 0 for a node that is not declared. */
export function fullPowerWatts(subject: Subject, device: string): bigint {
  const node = nodesOf(subject).find((one) => one.device === device);
  return node === undefined
    ? 0n
    : node.accelerators * parseQuantity(node.accelerator.power.full.high, "W");
}
