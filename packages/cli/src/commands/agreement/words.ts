import { type Change, type Draft, dayOf } from "@standstill/agreement";

/** Turns ids of parties into names. */
export function nameIn(terms: Draft | undefined): (id: string) => string {
  return (id) => terms?.parties.find((party) => party.id === id)?.name ?? id;
}

/** "on 2026-11-22", or that the record has no clock yet. */
export function instantWords(at: number): string {
  return at === 0 ? "before the first mark" : `on ${dayOf(at)}`;
}

/** One change as a line: when, who, what, and the entry that caused it. */
export function changeWords(change: Change, name: (id: string) => string): string {
  const who = change.party === undefined ? "the agreement" : name(change.party);
  const what = change.status.replaceAll("-", " ");
  const mode = change.mode === undefined ? "" : ` to a ${change.mode}`;
  const trigger = change.trigger === undefined ? "" : ` by ${change.trigger}`;
  const cause = change.index === undefined ? "" : ` (entry ${change.index})`;
  const when = change.at === 0 ? "before the first mark" : dayOf(change.at);
  return `${when}  ${who}: ${what}${mode}${trigger}${cause}`;
}
