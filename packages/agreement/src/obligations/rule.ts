import type { z } from "zod";
import type { Mode } from "../terms/mode.ts";
import type { ObligationHead } from "./head.ts";

/** Everything that agreements know of one kind of obligation. What checks and the gate know of it stands in their packages, by the same kind. */
export interface ObligationRule<Own extends ObligationHead> {
  /** Its form, on record and in terms. */
  readonly schema: z.ZodType<Own> & z.core.$ZodTypeDiscriminable;
  /** The line that it draws in FLOP, which means nothing without a counting rule. */
  readonly line: (own: Own) => Line | undefined;
  /** The line in FLOP that counts at an instant. */
  readonly inForce: (own: Own, when: When) => string | undefined;
  /** Days from the entry into force at which a schedule changes the line. */
  readonly changesAfterDays: (own: Own) => readonly number[];
  /** Whether a pause leaves nothing of what it limits, but for what had begun and may be ended in order. */
  readonly isNothingInPause: (own: Own) => boolean;
  /** Whether it limits training runs: what the ramp after a lifting limits, and what declarations and goals are held against. */
  readonly limitsRuns: boolean;
  /** The line that it draws in H100e. */
  readonly h100e: (own: Own) => string | undefined;
  /** Whether it holds anybody back, so that an agreement has to say when that ends. */
  readonly holdsBack: boolean;
  /** Whether the evasions that goals name are evasions of it. */
  readonly isEvaded: boolean;
  /** Whether the other obligations can be walked around without one of its kind. */
  readonly isNeeded: boolean;
  /** Whether some check, gate or inspection could measure it; the others are judged by ruling only. */
  readonly isMeasurable: boolean;
  /** Names that it takes from the terms besides those of every obligation. */
  readonly names: (own: Own) => readonly ObligationName[];
  /** Its rule in prose. */
  readonly sentences: (own: Own) => readonly string[];
  readonly lint: (own: Own, beside: Beside<Own>) => readonly ObligationFlaw[];
  /** Which changes of its own fields make it stricter. */
  readonly stricter: Strictness<Own>;
}

/** A line in FLOP and the field that draws it. */
export interface Line {
  readonly field: "limit" | "above";
  readonly amount: string;
}

/** What decides, besides the terms, which line counts. */
export interface When {
  readonly mode: Mode;
  /** Milliseconds from the entry into force, from which schedules count; `undefined` where there was none. */
  readonly elapsedMs: number | undefined;
}

/** A name that an obligation takes from the terms, and the field in which it stands. */
export interface ObligationName {
  readonly what: "role" | "safeguard" | "tripwire";
  readonly name: string;
  readonly field: string;
}

/** What stands beside an obligation in the terms. */
export interface Beside<Own> {
  /** Obligations of its kind, itself among them, in the order of the terms. */
  readonly alike: readonly Own[];
  /** Limits on a training run, in FLOP. */
  readonly runLimits: readonly string[];
  /** Evasions that goals name; `undefined` where there are no goals. */
  readonly evasions: readonly string[] | undefined;
  /** Whether the terms say what activity logs are held to. */
  readonly hasLogTerms: boolean;
}

/** A flaw of one obligation: the lint rule, the path in it, and the sentence that says what is wrong and what would mend it. */
export interface ObligationFlaw {
  readonly rule: string;
  readonly path: readonly (string | number)[];
  readonly sentence: string;
}

/** Which change of a field makes an obligation stricter, where that can be said. */
export type Stricter =
  /** Less, or more, of an amount. */
  | "less"
  | "more"
  /** Words from looser to stricter. */
  | readonly string[]
  /** Less, and to have it at all. */
  | "less-or-added"
  /** To have it at all. */
  | "added"
  | "cannot-be-said";

/** For each field of a kind besides those of every obligation, which change makes it stricter. */
export type Strictness<Own> = {
  readonly [Field in Exclude<keyof Own, keyof ObligationHead | "kind">]-?: Stricter;
};

/** The rule of a kind: what it does not say of itself is that it draws no line, asks for no names and has no flaws of its own. */
export function obligationRule<Own extends ObligationHead>(
  own: Pick<
    ObligationRule<Own>,
    "schema" | "sentences" | "stricter" | "holdsBack" | "isMeasurable"
  > &
    Partial<ObligationRule<Own>>,
): ObligationRule<Own> {
  const line = own.line ?? (() => undefined);
  return {
    line,
    inForce: (one) => line(one)?.amount,
    changesAfterDays: () => [],
    isNothingInPause: () => false,
    limitsRuns: false,
    h100e: () => undefined,
    isEvaded: false,
    isNeeded: false,
    names: () => [],
    lint: () => [],
    ...own,
  };
}
