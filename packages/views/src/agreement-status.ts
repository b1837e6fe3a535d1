import {
  type Change,
  type Coalition,
  countSupports,
  type Duty,
  dutiesOf,
  elapseTo,
  rulesOf,
  type SupportCount,
  type Terms,
} from "@standstill/agreement";
import type { StateAt } from "@standstill/replay";
import { type BindingSummary, roundOf } from "./round.ts";

/** Who is bound at an instant, why, what that obliges to, and what is to come if nothing else is said. */
export interface AgreementStatus {
  /** Whether the instant lies after the newest mark. */
  readonly projected: boolean;
  readonly bound: readonly string[];
  readonly bindings: readonly BindingSummary[];
  readonly duties: readonly { readonly party: string; readonly duties: readonly Duty[] }[];
  readonly history: readonly Change[];
  readonly toCome: readonly Change[];
  readonly amendments: readonly {
    /** Hash of the amended terms. */
    readonly terms: string;
    readonly version: number;
    readonly consents: readonly string[];
    readonly adopted: boolean;
  }[];
  readonly supports: readonly (SupportCount & { readonly letter: string })[];
}

/** The status of an agreement as of a state. */
export function agreementStatusOf({ state, coalition, projected }: StateAt): AgreementStatus {
  const { terms, amendments, supports } = state.agreement;
  const agreement = { ...state.agreement, coalition };
  const { bound, bindings } = roundOf({ ...state, agreement });
  const letters = [...new Set([...supports.values()].map(({ letter }) => letter))];
  return {
    projected,
    bound,
    bindings,
    duties: bound.map((party) => ({
      party,
      duties: terms === undefined ? [] : dutiesOf(terms, coalition, party),
    })),
    history: coalition.history,
    toCome: terms === undefined ? [] : changesToCome(terms, coalition),
    amendments: [...amendments].map(([hash, one]) => ({
      terms: hash,
      version: one.terms.version,
      consents: [...one.consents.keys()],
      adopted: one.adoptedAt !== undefined,
    })),
    supports: letters.map((letter) => ({ letter, ...countSupports(supports, letter) })),
  };
}

function changesToCome(terms: Terms, coalition: Coalition): Change[] {
  const end = elapseTo(rulesOf(terms), coalition, Number.MAX_SAFE_INTEGER);
  return end.history.slice(coalition.history.length);
}
