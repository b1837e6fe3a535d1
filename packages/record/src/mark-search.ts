import type { AppendList } from "./append-list.ts";
import type { Mark } from "./mark.ts";
import { there } from "./there.ts";

type Marks = AppendList<Mark>;

/** The place of the first mark for which something holds, as it does for all after it; their number where it holds for none. */
export function firstMarkThat(marks: Marks, holds: (mark: Mark) => boolean): number {
  let [low, high] = [0, marks.size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(there(marks.get(middle)))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Instant of the newest mark before an entry, or of the first mark; POSIX milliseconds. */
export function markBefore({ marks }: { readonly marks: Marks }, index: number): number {
  const after = firstMarkThat(marks, (mark) => mark.index > index);
  return marks.get(Math.max(0, after - 1))?.at ?? 0;
}

/** Instant of the first mark at or after an entry; `undefined` until there is one. */
export function markFrom({ marks }: { readonly marks: Marks }, index: number): number | undefined {
  return marks.get(firstMarkThat(marks, (mark) => mark.index >= index))?.at;
}
