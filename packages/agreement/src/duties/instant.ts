import type { Coalition } from "../coalition/state.ts";
import type { Draft } from "../terms/terms.ts";
import { type Duty, dutiesUnder } from "./duty.ts";
import { pauseAt, spansOf, wasEverBound } from "./spans.ts";

/**
 * What binds a party at the coalition's instant.
 *
 * @example dutiesOf(terms, coalition, "aster").map(({ obligation }) => obligation.id)
 */
export function dutiesOf(terms: Draft, coalition: Coalition, party: string): Duty[] {
  const { at, bound, inForceAt, ended } = coalition;
  const mode = bound.get(party) ?? null;
  const pause = mode === "pause" ? pauseAt(terms, coalition, spansOf(coalition, party)) : undefined;
  return dutiesUnder(terms, party, {
    at,
    mode,
    inForceAt,
    windingDownFrom: pause !== undefined && at < pause.stop ? pause.from : undefined,
    liftedAt: ended?.how === "lifted" && wasEverBound(coalition, party) ? ended.at : undefined,
  });
}
