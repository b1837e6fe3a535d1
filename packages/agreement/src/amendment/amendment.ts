import { noFacts } from "../facts.ts";
import { isMet } from "../reading/met.ts";
import type { Mode } from "../terms/mode.ts";
import { rulesOf } from "../terms/rules-of.ts";
import type { Terms } from "../terms/terms.ts";

/** New terms on their way: proposed, perhaps adopted. */
export interface Amendment {
  readonly terms: Terms;
  /** Hash of the terms that it would replace. */
  readonly replaces: string;
  readonly proposedBy: string;
  readonly index: number;
  /** Who consented, with the entry. */
  readonly consents: ReadonlyMap<string, number>;
  /** Entry at which enough had consented; without one the amendment has no effect. */
  readonly adoptedAt: number | undefined;
}

/** Amendments by the hash of their terms. */
export type Amendments = ReadonlyMap<string, Amendment>;

/** Whether those who consent meet the rule by which terms are amended. */
export function isConsentEnough(terms: Terms, consenting: readonly string[]): boolean {
  if (terms.amendment === undefined) return false;
  return isMet(terms.amendment.when, {
    at: 0,
    bound: new Map(consenting.map((party): [string, Mode] => [party, "pause"])),
    instruments: new Map(),
    facts: noFacts,
    roll: rulesOf(terms).roll,
    held: new Map(),
  });
}
