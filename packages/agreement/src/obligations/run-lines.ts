import { parseQuantity } from "@standstill/record";
import type { ObligationHead } from "./head.ts";
import type { ObligationFlaw } from "./rule.ts";

interface LimitOnRun extends ObligationHead {
  readonly limit: string;
}

/** The flaw of a limit that contradicts one before it, of the same kind, in the same mode, for the same group. */
export function disagreement<Own extends LimitOnRun>(
  own: Own,
  alike: readonly Own[],
): ObligationFlaw[] {
  const isOther = alike
    .slice(0, alike.indexOf(own))
    .some(
      ({ mode, binds, limit }) => mode === own.mode && binds === own.binds && limit !== own.limit,
    );
  if (!isOther) return [];
  const sentence =
    "Another limit on a run binds in the same mode with another amount. Keep one of them.";
  return [{ rule: "limits-disagree", path: ["limit"], sentence }];
}

/** The flaw of training that has to be declared only above what is forbidden. */
export function aboveLimit(above: string, runLimits: readonly string[]): ObligationFlaw[] {
  const line = parseQuantity(above, "FLOP");
  if (!runLimits.some((limit) => line > parseQuantity(limit, "FLOP"))) return [];
  const sentence =
    "Training has to be declared only above the limit on a run, so what is forbidden need not be declared. Lower it below the limit.";
  return [{ rule: "declared-above-limit", path: ["above"], sentence }];
}
