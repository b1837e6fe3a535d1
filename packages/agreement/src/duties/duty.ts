import { DAY_MS } from "@standstill/record";
import { dayOf } from "../instant.ts";
import { type Obligation, obligationRuleOf } from "../obligations/obligation.ts";
import { isAtLeast, type Mode } from "../terms/mode.ts";
import type { Draft } from "../terms/terms.ts";
import type { Exemption } from "./exemption.ts";

/** What a party owes: an obligation in force. */
export interface Duty {
  readonly obligation: Obligation;
  /** The line in FLOP that counts, after any schedule; absent for obligations that draw none. */
  readonly limit: string | undefined;
  /**
   * The line for runs that had begun before a pause and may be ended in order until its hour: the one that counted before. Absent where
   * nothing may go on.
   */
  readonly finishing: string | undefined;
  /** Exemptions that may free it from this obligation. */
  readonly exemptions: readonly Exemption[];
}

/** What decides which duties a party has at an instant, besides the terms. */
export interface Binding {
  /** POSIX milliseconds. */
  readonly at: number;
  /** Mode that binds it; `null` where none does. */
  readonly mode: Mode | null;
  /** When the agreement entered into force, from which schedules count. */
  readonly inForceAt: number | undefined;
  /** In a pause: the mode before it, while what had begun may still be ended in order. */
  readonly windingDownFrom: Mode | undefined;
  /** When the agreement was lifted, for whoever was bound by it. */
  readonly liftedAt: number | undefined;
}

/**
 * The rule of duties, written once; `dutiesOf` asks it at an instant and `dutiesOver` over a period. The obligations of the party's mode bind
 * it. In `pause` a limit on training is nothing at all, but for what exemptions leave; in `taper` it follows the schedule from the
 * entry into force. For a time after the lifting the limits of the ramp bind whoever was bound.
 */
export function dutiesUnder(terms: Draft, party: string, binding: Binding): Duty[] {
  const { mode, windingDownFrom } = binding;
  if (mode === null) return rampOf(terms, party, binding);
  return terms.obligations
    .filter((one) => isAtLeast(mode, one.mode) && binds(terms, one, party))
    .map((obligation) => ({
      obligation,
      limit: limitAt(obligation, mode, binding),
      finishing:
        windingDownFrom === undefined || !obligationRuleOf(obligation).isNothingInPause(obligation)
          ? undefined
          : limitAt(obligation, windingDownFrom, binding),
      exemptions: (terms.exemptions ?? []).filter(({ from, group, until }) => {
        const isFor = group === undefined || members(terms, group).includes(party);
        const isOver = until !== undefined && dayOf(binding.at) > until;
        return from.includes(obligation.id) && isFor && !isOver;
      }),
    }));
}

function rampOf(terms: Draft, party: string, { at, liftedAt }: Binding): Duty[] {
  if (liftedAt === undefined) return [];
  const step = terms.lift?.ramp?.find(({ untilDays }) => at < liftedAt + untilDays * DAY_MS);
  if (step === undefined) return [];
  return terms.obligations
    .filter((one) => obligationRuleOf(one).limitsRuns && binds(terms, one, party))
    .map((obligation) => ({
      obligation,
      limit: step.limit,
      finishing: undefined,
      exemptions: [],
    }));
}

function binds(terms: Draft, { binds: group }: Obligation, party: string): boolean {
  return group === undefined || members(terms, group).includes(party);
}

function members(terms: Draft, group: string): readonly string[] {
  return terms.groups?.find(({ id }) => id === group)?.parties ?? [];
}

function limitAt(obligation: Obligation, mode: Mode, { at, inForceAt }: Binding) {
  const elapsedMs = inForceAt === undefined ? undefined : at - inForceAt;
  return obligationRuleOf(obligation).inForce(obligation, { mode, elapsedMs });
}
