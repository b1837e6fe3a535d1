/**
 * Why something was not computed again: this program does not know the version of the statement; it follows one that it does not know, so
 * that the state it rests on is not known; it does not know the method; what it rests on is not there, or cannot be read.
 */
export type WhyNot =
  | "unknown-version"
  | "after-unknown-version"
  | "unknown-method"
  | "evidence-missing"
  | "evidence-unreadable";

/** What was not computed again, or, where it is neither, not judged. */
export type NotRecomputedKind = "verdict" | "measurement" | "statement";

/** Things of one kind that an audit did not compute again for one reason. Nobody is accused by it. */
export interface NotRecomputed {
  readonly what: NotRecomputedKind;
  readonly why: WhyNot;
  readonly count: number;
  /** Entry of the first of them, and what of it was expected, and what came. */
  readonly index: number;
  readonly message: string;
}

/** What an audit did not compute again, counted as it goes. */
export class NotRecomputedCount {
  readonly #counted = new Map<string, NotRecomputed>();

  /** Counts one more. */
  add(what: NotRecomputedKind, why: WhyNot, index: number, message: string): void {
    const key = `${what} ${why}`;
    const before = this.#counted.get(key) ?? { what, why, count: 0, index, message };
    this.#counted.set(key, { ...before, count: before.count + 1 });
  }

  /** All that was counted, the first entries first. */
  get all(): readonly NotRecomputed[] {
    return [...this.#counted.values()].sort((a, b) => a.index - b.index);
  }
}

const ANOTHER = "To check that, use the program that made the record.";
const REASONS: Readonly<Record<WhyNot, readonly [because: string, toChange: string]>> = {
  "unknown-version": ["this program does not know the version of the statement", ANOTHER],
  "after-unknown-version": [
    "this program does not know the version of a statement before, and so not what that one did",
    ANOTHER,
  ],
  "unknown-method": ["this program does not have the method", ANOTHER],
  "evidence-missing": [
    "the evidence is not there",
    "To check that, put the evidence beside the log.",
  ],
  "evidence-unreadable": [
    "the evidence cannot be read",
    "To check that, ask whoever reported it what it is.",
  ],
};

/**
 * A few sentences for each reason: how many, why, which is the first, what would change it.
 *
 * @example notRecomputedWords(report.notRecomputed)[0] // "2 verdicts were not computed again, because …"
 */
export function notRecomputedWords(all: readonly NotRecomputed[]): string[] {
  return all.map(({ what, why, count, index, message }) => {
    const [because, toChange] = REASONS[why];
    const told = what === "statement" ? "judged" : "computed again";
    const them = `${count} ${what === "statement" ? "other statement" : what}`;
    const were = count === 1 ? `${them} was` : `${them}s were`;
    return `${were} not ${told}, because ${because}. The first: entry ${index}, ${message}. ${toChange}`;
  });
}
