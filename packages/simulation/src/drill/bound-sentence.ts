import type { Stage } from "./stage.ts";

/** How many are bound, and to what. */
export function boundSentence({ state, draft }: Stage): string {
  const { bound } = state.agreement.coalition;
  const modes = [...new Set(bound.values())];
  return bound.size === 0
    ? "Nobody is bound."
    : `${bound.size} of ${draft.parties.length} are bound, to ${modes.join(" and ")}.`;
}
