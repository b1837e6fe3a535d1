/** Why a reading is set aside. The set is closed. */
export const QUARANTINE_REASONS = [
  "not-a-number",
  "negative",
  "too-large",
  "blank",
  "time-unlikely",
  "time-ambiguous",
  "malformed",
] as const;
/** One of those reasons. */
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** Readings that were set aside: how many for each reason, and the first of each in words. */
export class Quarantine {
  readonly #found = new Map<QuarantineReason, { count: number; readonly first: string }>();

  /** Sets readings aside. `where` is asked only for the first of a reason. */
  add(reason: QuarantineReason, where: () => string, count = 1): void {
    const known = this.#found.get(reason);
    if (known === undefined) this.#found.set(reason, { count, first: where() });
    else known.count += count;
  }

  /** Takes over what another set aside. */
  merge(other: Quarantine): void {
    for (const [reason, { count, first }] of other.#found) this.add(reason, () => first, count);
  }

  /** Readings that were set aside for any reason. */
  get count(): number {
    let sum = 0;
    for (const { count } of this.#found.values()) sum += count;
    return sum;
  }

  /** By reason: how many, and the first of them. */
  get reasons(): Readonly<
    Partial<Record<QuarantineReason, { readonly count: number; readonly first: string }>>
  > {
    return Object.fromEntries(this.#found);
  }
}
