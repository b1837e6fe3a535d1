import type { Amendments } from "./amendment/amendment.ts";
import { type Coalition, emptyCoalition } from "./coalition/state.ts";
import type { KeyChange } from "./keys/keys-in-force.ts";
import { Supports } from "./support/supports.ts";
import type { Terms } from "./terms/terms.ts";

/** Terms with the instant from which they held, until the next ones did. */
export interface TermsVersion {
  readonly terms: Terms;
  readonly hash: string;
  /** POSIX milliseconds. */
  readonly from: number;
  /** Entry at which they came to hold. */
  readonly index: number;
}

/** What the record says about the agreement itself. */
export interface AgreementState {
  readonly terms: Terms | undefined;
  /** Hash of the terms. */
  readonly hash: string | undefined;
  /** All terms that were ever in force, the present ones last. */
  readonly versions: readonly TermsVersion[];
  /** Who adopted, with the entry at which it did. */
  readonly adopted: ReadonlyMap<string, number>;
  /** Entry at which the last party adopted; from then on pledges count. */
  readonly inForceSince: number | undefined;
  readonly coalition: Coalition;
  readonly amendments: Amendments;
  readonly supports: Supports;
  /** Keys that were replaced or taken back, in order. */
  readonly keyChanges: readonly KeyChange[];
}

/** An agreement whose terms are on record, as it is from the first statement on. */
export interface Agreed extends AgreementState {
  readonly terms: Terms;
  readonly hash: string;
}

/** What of a state holds the agreement. */
export interface AgreementPart {
  readonly agreement: AgreementState;
}

/** What of a state holds the agreement, once its terms are on record. */
export interface AgreedPart {
  readonly agreement: Agreed;
}

/** What of a state holds the terms, or the part of them that somebody asks for. */
export interface UnderTerms<Asked extends keyof Terms = keyof Terms> {
  readonly agreement: { readonly terms: Pick<Terms, Asked> };
}

/** The agreement before anything was said. */
export const noAgreement: AgreementState = {
  terms: undefined,
  hash: undefined,
  versions: [],
  adopted: new Map(),
  inForceSince: undefined,
  coalition: emptyCoalition,
  amendments: new Map(),
  supports: Supports.none(),
  keyChanges: [],
};
