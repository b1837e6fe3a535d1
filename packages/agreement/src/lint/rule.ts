import type { Path } from "../terms/contradictions/contradiction.ts";
import type { Draft } from "../terms/terms.ts";

/** A flaw as a rule tells it. */
export interface Told {
  readonly rule: string;
  readonly path: Path;
  /** What is wrong, and what would mend it. */
  readonly sentence: string;
}

/** One rule: terms in, flaws out. */
export type Rule = (terms: Draft) => Told[];

/** Tells a flaw if something is so. */
export function tellIf(isSo: boolean, rule: string, path: Path, sentence: string): Told[] {
  return isSo ? [{ rule, path, sentence }] : [];
}
