import type { Draft } from "./terms.ts";

/** What names in terms stand for. */
export type Named =
  | "party"
  | "holder"
  | "group"
  | "table of weights"
  | "role"
  | "definition"
  | "obligation"
  | "use"
  | "tripwire"
  | "safeguard";

/** Names that terms have, by what they stand for. */
export type Names = { readonly [What in Named]: ReadonlySet<string> };

/** The names that terms have; found once for the same terms. A holder is whoever may hold a key. */
export function namesOf(terms: Draft): Names {
  const before = known.get(terms);
  if (before !== undefined) return before;
  const parties = ids(terms.parties);
  const names: Names = {
    party: parties,
    holder: new Set([...parties, terms.keeper.id, ...ids(terms.roles)]),
    group: ids(terms.groups),
    "table of weights": ids(terms.weights),
    role: ids(terms.roles),
    definition: ids(terms.definitions),
    obligation: ids(terms.obligations),
    use: ids(terms.uses),
    tripwire: ids(terms.tripwires),
    safeguard: ids(terms.safeguards),
  };
  known.set(terms, names);
  return names;
}

const known = new WeakMap<Draft, Names>();

function ids(list: readonly { readonly id: string }[] | undefined): Set<string> {
  return new Set((list ?? []).map(({ id }) => id));
}
