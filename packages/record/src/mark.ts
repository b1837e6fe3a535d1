import type { AppendList } from "./append-list.ts";

/** What of a state tells the time. */
export interface ClockPart {
  /** What time it is by the record's own marks. */
  readonly clock: Clock;
}

/** What of a state holds every mark. */
export interface MarksPart extends ClockPart {
  /** Every mark, oldest first. */
  readonly marks: AppendList<Mark>;
}

/** A checkpoint that a mark carries: entries below `size` were there at `at`, as a quorum of witnesses says. */
export interface Witnessed {
  readonly size: number;
  readonly root: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What is doubtful about a mark: the keeper was late with it, or the mark before it was ahead of its time. */
export interface ClockDoubt {
  readonly index: number;
  readonly kind: "late" | "ahead";
  readonly message: string;
}

/** One mark. */
export interface Mark {
  readonly index: number;
  /** Its time in milliseconds since 1970. */
  readonly at: number;
  /** Round of the beacon that it carries, so that it cannot have been made before it. */
  readonly round: number | undefined;
  readonly witnessed: Witnessed | undefined;
  readonly doubt: ClockDoubt | undefined;
}

/** The record's clock: its newest mark, or a time of 0 before the first. */
export type Clock = Omit<Mark, "index"> & { readonly index: number | undefined };

/** Before any mark. */
export const noMarks: Clock = {
  at: 0,
  index: undefined,
  round: undefined,
  witnessed: undefined,
  doubt: undefined,
};

/** The first mark: what the keeper says first, which nothing bounds yet. */
export function firstMark(at: number, index: number): Mark {
  return { ...noMarks, at, index };
}

/** The marks with one more, by which the time is told from now on. */
export function withMark({ marks }: MarksPart, mark: Mark): MarksPart {
  return { clock: mark, marks: marks.append(mark) };
}
