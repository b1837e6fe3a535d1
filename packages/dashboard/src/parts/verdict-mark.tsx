import type { VerdictValue } from "@standstill/verification";
import { NOT_JUDGED, VERDICT_MARKS } from "../words.ts";

/** A verdict as shape, word and colour; `null` where nothing was judged. */
export function VerdictMark({ value }: { readonly value: VerdictValue | null }) {
  const { shape, word, means } = value === null ? NOT_JUDGED : VERDICT_MARKS[value];
  return (
    <span className={`verdict ${value ?? "not-judged"}`} title={means}>
      <span aria-hidden="true">{shape}</span> {word}
    </span>
  );
}
