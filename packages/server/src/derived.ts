import { coalitionToJson, elapseTo, rulesOf } from "@standstill/agreement";
import type { State } from "@standstill/replay";
import { noticesOf, roundOf } from "@standstill/views";

/**
 * Derives once for each state what many ask of it. A state never changes, and what was derived is forgotten with it, so an answer is
 * never an old one.
 *
 * @example oncePerState(roundOf)(view.state) // computed at the first request after a new entry
 */
export function oncePerState<Derived>(
  derive: (state: State) => Derived,
): (state: State) => Derived {
  const derived = new WeakMap<State, { readonly value: Derived }>();
  return (state) => {
    const known = derived.get(state) ?? { value: derive(state) };
    derived.set(state, known);
    return known.value;
  };
}

/** The round of a state. */
export const roundAt = oncePerState(roundOf);

/** All notices of a state, the newest last. */
export const noticesAt = oncePerState((state) => noticesOf(state));

/** Terms, adoption, the coalition with its history, and what is to come if nobody does anything. */
export const agreementAt = oncePerState((state) => {
  const { terms, hash, inForceSince, coalition, amendments } = state.agreement;
  const end =
    terms === undefined ? coalition : elapseTo(rulesOf(terms), coalition, Number.MAX_SAFE_INTEGER);
  return {
    terms: terms ?? null,
    hash: hash ?? null,
    inForceSince: inForceSince ?? null,
    coalition: coalitionToJson(coalition),
    toCome: end.history.slice(coalition.history.length),
    amendments: [...amendments].map(([terms, { proposedBy, index, consents, adoptedAt }]) => ({
      terms,
      proposedBy,
      index,
      consents: [...consents.keys()],
      adoptedAt: adoptedAt ?? null,
    })),
  };
});

/** The newest report of each site, by the site's name. */
export const newestReportsAt = oncePerState(
  ({ evidence }) => new Map([...evidence.reports.values()].map((one) => [one.body.site, one])),
);
