import {
  type Accelerator,
  type CheckableTerms,
  type DutyPiece,
  isIndependentOf,
  type Terms,
} from "@standstill/agreement";
import type {
  FeedKind,
  Measured,
  Period,
  Run,
  Seal,
  Site,
  SiteEvidence,
} from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";

/**
 * Who signed a feed, as the key and its role in the agreement tell: the operator itself, or somebody independent of
 * it. Labels in the data are not believed.
 */
export type FeedClass = "operator" | "independent";

/** Something that was measured of the party or the site, by itself or by somebody else. */
export interface Measurement {
  readonly by: string;
  readonly feedClass: FeedClass;
  readonly period: Period;
  readonly measured: Measured;
}

/** A run that some party has declared. */
export interface RunOnRecord {
  readonly party: string;
  readonly run: Run;
  readonly site: Site;
  /** When it was declared at the earliest, in POSIX milliseconds; nothing where the record does not tell. */
  readonly notBeforeMs: number | undefined;
  /** Entry with which it was declared; nothing offline. */
  readonly index?: number | undefined;
}

/** What was measured of the site in an earlier period, by its own meters and by others. */
export interface EarlierPeriod {
  readonly period: Period;
  /** Energy in J by the site's own meters, and how many of their windows were silent. */
  readonly ownJoules: bigint;
  readonly missing: number;
  readonly all: number;
}

/** What else the record holds by the time of the verdict. */
export interface Beside {
  readonly measurements: readonly Measurement[];
  /** Runs on this site that were declared only after the period was sealed. */
  readonly lateRuns: readonly Run[];
  /** Every run that any party has declared, this site's among them. */
  readonly allRuns: readonly RunOnRecord[];
  /** Sites of the party. */
  readonly sites: readonly Site[];
  /** Periods of the site that were judged before, oldest first. */
  readonly earlier: readonly EarlierPeriod[];
  /** The earlier period of the site that its party named as the one in which it idled, where a pause holds. */
  readonly baseline?: EarlierPeriod | undefined;
  /** Identities that devices of any site have shown. */
  readonly identities: readonly {
    readonly site: string;
    readonly device: string;
    readonly identity: string;
  }[];
}

/** Nothing but the site itself. */
export const nothingBeside: Beside = {
  measurements: [],
  lateRuns: [],
  allRuns: [],
  sites: [],
  earlier: [],
  identities: [],
};

/** Everything a verdict on one closed period of one site is computed from. */
export interface Subject {
  readonly party: string;
  /** The terms that say how compute is measured. What is owed is in `duties`. */
  readonly terms: CheckableTerms<Terms>;
  readonly site: Site;
  readonly runs: readonly Run[];
  readonly period: Period;
  /** What the party owed in the period, in pieces where it changed. */
  readonly duties: readonly DutyPiece[];
  readonly feeds: readonly { readonly kind: FeedKind; readonly feedClass: FeedClass }[];
  readonly evidence: SiteEvidence;
  readonly beside: Beside;
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
  subject: Pick<Subject, "site" | "terms">,
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

/** Whose word a measurement of a party is; see `isIndependentOf`. */
export function feedClassOf(
  terms: Pick<Terms, "roles" | "yardsticks">,
  party: string,
  by: string,
): FeedClass {
  return isIndependentOf(terms, party, by) ? "independent" : "operator";
}

/** What was measured of one kind by somebody independent of the party. */
export function independently<Kind extends Measured["kind"]>(
  { beside }: Subject,
  kind: Kind,
): (Measurement & { readonly measured: Extract<Measured, { readonly kind: Kind }> })[] {
  return beside.measurements.filter(
    (one): one is Measurement & { measured: Extract<Measured, { kind: Kind }> } =>
      one.feedClass === "independent" && one.measured.kind === kind,
  );
}
