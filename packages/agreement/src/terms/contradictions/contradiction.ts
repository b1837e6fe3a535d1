import type { Draft } from "../terms.ts";

/** Path of a field in terms. */
export type Path = readonly (string | number)[];

/** What is contradictory in terms, and where. */
export interface Contradiction {
  readonly path: Path;
  readonly message: string;
}

/** One rule: terms in, contradictions out, in the order of the terms. */
export type ContradictionRule = (terms: Draft) => Iterable<Contradiction>;
