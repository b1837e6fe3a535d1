import { parseQuantity } from "@standstill/record";
import type { Coalition } from "./coalition/state.ts";
import { isAtLeast, type Mode } from "./condition/condition.ts";
import { DAY_MS, dayOf } from "./instant.ts";
import { lineOf, type Obligation } from "./terms/obligations.ts";
import type { Draft } from "./terms/terms.ts";

/** What a party owes at an instant. */
export interface Duty {
  readonly obligation: Obligation;
  /** The line in FLOP that counts now, after any schedule; absent for obligations that draw none. */
  readonly limit: string | undefined;
  /** Exemptions that may free it from this obligation. */
  readonly exemptions: readonly string[];
}

/**
 * What binds a party at the coalition's instant: the obligations of its mode. In `pause` a limit on training is nothing
 * at all, but for what exemptions leave; in `taper` it follows the schedule from the entry into force. For a time after the lifting the
 * limits of its ramp bind whoever was bound.
 *
 * @example dutiesOf(terms, coalition, "aster").map(({ obligation }) => obligation.id)
 */
export function dutiesOf(terms: Draft, coalition: Coalition, party: string): Duty[] {
  const mode = coalition.bound.get(party);
  if (mode === undefined) return rampOf(terms, coalition, party);
  return terms.obligations
    .filter((one) => isAtLeast(mode, one.mode) && binds(terms, one, party))
    .map((obligation) => ({
      obligation,
      limit: limitAt(obligation, mode, coalition),
      exemptions: (terms.exemptions ?? [])
        .filter(({ from, group, until }) => {
          const isFor = group === undefined || members(terms, group).includes(party);
          const isOver = until !== undefined && dayOf(coalition.at) > until;
          return from.includes(obligation.id) && isFor && !isOver;
        })
        .map(({ id }) => id),
    }));
}

function rampOf(terms: Draft, { ended, at, history }: Coalition, party: string): Duty[] {
  const wasBound = history.some((change) => change.party === party && change.status === "bound");
  if (ended?.how !== "lifted" || !wasBound) return [];
  const step = terms.lift?.ramp?.find(({ untilDays }) => at < ended.at + untilDays * DAY_MS);
  if (step === undefined) return [];
  return terms.obligations
    .filter((one) => one.kind === "training-run-limit" && binds(terms, one, party))
    .map((obligation) => ({ obligation, limit: step.limit, exemptions: [] }));
}

function binds(terms: Draft, { binds: group }: Obligation, party: string): boolean {
  return group === undefined || members(terms, group).includes(party);
}

function members(terms: Draft, group: string): readonly string[] {
  return terms.groups?.find(({ id }) => id === group)?.parties ?? [];
}

function limitAt(obligation: Obligation, mode: Mode, coalition: Coalition): string | undefined {
  const line = lineOf(obligation)?.amount;
  const isLimit =
    obligation.kind === "training-run-limit" || obligation.kind === "research-compute-limit";
  if (!isLimit) return line;
  if (mode === "pause") return "0 FLOP";
  if (mode !== "taper" || obligation.taper === undefined || coalition.inForceAt === undefined)
    return line;
  const elapsed = coalition.at - coalition.inForceAt;
  const due = obligation.taper.filter(({ afterDays }) => elapsed >= afterDays * DAY_MS);
  const limits = [obligation.limit, ...due.map(({ limit }) => limit)];
  return limits.reduce((least, one) =>
    parseQuantity(one, "FLOP") < parseQuantity(least, "FLOP") ? one : least,
  );
}
