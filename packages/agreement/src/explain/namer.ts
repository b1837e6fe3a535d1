import type { Draft } from "../terms/terms.ts";

/** Turns the ids of parties, groups and roles into names. */
export function namer(terms: Draft): (id: string) => string {
  const names = new Map(
    [...terms.parties, terms.keeper, ...(terms.roles ?? [])].map(({ id, name }) => [id, name]),
  );
  return (id) => names.get(id) ?? id;
}
