import type { VerdictValue } from "@standstill/verification";
import { VERDICT_MARKS } from "../words.ts";

/** A verdict as shape, word and colour. */
export function VerdictMark({ value }: { readonly value: VerdictValue }) {
  const { shape, word, means } = VERDICT_MARKS[value];
  return (
    <span className={`verdict ${value}`} title={means}>
      <span aria-hidden="true">{shape}</span> {word}
    </span>
  );
}
