import { type Duty, type DutyPiece, freesWholly, type ObligationKind } from "@standstill/agreement";
import type { Period } from "@standstill/evidence";
import { parseQuantity } from "@standstill/record";
import { acceleratorOf, type Subject } from "./subject.ts";

/** A piece of time in which a duty stayed the same. */
export interface DutyStretch extends Pick<DutyPiece, "startMs" | "endMs" | "mode" | "pause"> {
  readonly duty: Duty;
  /** Exemption that frees the party from it, whatever it does; `undefined` where none does. */
  readonly freedBy: string | undefined;
}

/** One duty of a period: the obligation of one id, wherever it is in force, oldest piece first. */
export interface DutyInForce {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly title: string;
  readonly stretches: readonly DutyStretch[];
}

/** The duties of a subject's period, in the order of the terms. An id that amended terms give to another kind is another duty. */
export function dutiesInForce(subject: Subject): DutyInForce[] {
  return dutiesInForceOf(subject.duties, partyH100e(subject));
}

/**
 * The duties in pieces of time, each with all the time in which it was in force.
 *
 * @param h100e all accelerators that the party has, as exemptions ask for them; nothing where that is not known
 */
export function dutiesInForceOf(
  pieces: readonly DutyPiece[],
  h100e: bigint | undefined,
): DutyInForce[] {
  const found = new Map<string, { readonly duty: Duty; readonly stretches: DutyStretch[] }>();
  for (const { startMs, endMs, mode, pause, duties } of pieces) {
    for (const duty of duties) {
      const key = `${duty.obligation.kind} ${duty.obligation.id}`;
      const known = found.get(key) ?? { duty, stretches: [] };
      const freedBy = duty.exemptions.find((one) => freesWholly(one, h100e))?.id;
      known.stretches.push({ startMs, endMs, mode, pause, duty, freedBy });
      found.set(key, { ...known, duty });
    }
  }
  return [...found.values()].map(({ duty: { obligation }, stretches }) => ({
    id: obligation.id,
    kind: obligation.kind,
    title: obligation.title,
    stretches,
  }));
}

/** The time in which a duty binds the party: neighbouring pieces as one, without those in which an exemption frees it. */
export function spansOf({ stretches }: Pick<DutyInForce, "stretches">): Period[] {
  return joined(stretches.filter(({ freedBy }) => freedBy === undefined));
}

/** The time in which the party had any duty, or was bound. */
export function judgedSpans({ duties }: Pick<Subject, "duties">): Period[] {
  return joined(duties.filter((piece) => piece.duties.length > 0));
}

/** A duty as far as it lies in a span. */
export function dutyWithin(duty: DutyInForce, span: Period): DutyInForce {
  const stretches = duty.stretches.filter(
    ({ startMs, endMs, freedBy }) =>
      freedBy === undefined && startMs < span.endMs && endMs > span.startMs,
  );
  return { ...duty, stretches };
}

/** Neighbouring pieces of time as one. */
export function joined(pieces: readonly Period[]): Period[] {
  const spans: Period[] = [];
  for (const { startMs, endMs } of pieces) {
    const last = spans.at(-1);
    if (last?.endMs === startMs) spans[spans.length - 1] = { startMs: last.startMs, endMs };
    else spans.push({ startMs, endMs });
  }
  return spans;
}

/** All accelerators that the party has on record, in H100e rounded up; nothing where the agreement has no H100e, or no peak of some. */
export function partyH100e({ terms, site, beside }: Pick<Subject, "terms" | "site" | "beside">) {
  const unit = terms.h100e;
  if (unit === undefined) return undefined;
  const others = beside.sites.filter((one) => one.site !== site.site);
  let peak = 0n;
  for (const { accelerator: id, accelerators } of [site, ...others].flatMap(({ nodes }) => nodes)) {
    const known = acceleratorOf(terms, id)?.peak;
    const each = unit.precision === "fp8" ? known?.fp8 : known?.bf16;
    if (each === undefined) return undefined;
    peak += BigInt(accelerators) * parseQuantity(each, "FLOP/s");
  }
  const one = parseQuantity(unit.peak, "FLOP/s");
  return (peak + one - 1n) / one;
}
