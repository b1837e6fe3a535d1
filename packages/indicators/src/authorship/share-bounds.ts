import type { Shares } from "./tally.ts";

/** Between which an AI's share lies: nothing of the unknown is the AI's, or all of it is. `null` where there is nothing to share. */
export interface ShareBounds {
  readonly atLeast: number;
  readonly atMost: number;
  /** AI lines among those that are attested at all; `null` where none are. */
  readonly ofAttested: number | null;
  /** Whether anything is attested: without, nothing can be said, and 0 is no measurement. */
  readonly says: "cannot-say" | "bounds";
}

/** Bounds of the AI's share; generated lines are nobody's, and are left out. */
export function shareBounds({ ai, human, total }: Shares, generated = 0): ShareBounds | null {
  const typed = total - generated;
  if (typed === 0) return null;
  const attested = ai + human;
  return {
    atLeast: ai / typed,
    atMost: (typed - human) / typed,
    ofAttested: attested === 0 ? null : ai / attested,
    says: attested === 0 ? "cannot-say" : "bounds",
  };
}
