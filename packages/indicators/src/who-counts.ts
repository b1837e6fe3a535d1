import { isIndependentOf, type Terms } from "@standstill/agreement";
import {
  type IndicatorState,
  type MeasuredOnRecord,
  measuredOnRecord,
  type PublishedMeasurement,
  WORLD,
} from "./state.ts";

/** What the terms say of who may measure whom. */
export type Measurers = Pick<Terms, "roles" | "yardsticks" | "keeper">;

/**
 * Whether somebody's measurement of a subject counts: the subject's own, an inspector's, and that of whom the agreement names among its
 * reporters; of the whole world also the keeper's. Others may measure, and it is on record, but they neither trip nor confirm anything.
 */
export function counts(terms: Measurers, subject: string, by: string): boolean {
  return (
    by === subject ||
    isIndependentOf(terms, subject, by) ||
    (subject === WORLD && by === terms.keeper.id)
  );
}

/** The measurements of labs' own data that count, in the order of the record. */
export function countedOnRecord(terms: Measurers, state: IndicatorState): MeasuredOnRecord[] {
  return measuredOnRecord(state).filter(({ issuer, body }) => counts(terms, body.subject, issuer));
}

/** The newest measurement of published data by somebody who counts for the world. */
export function newestPublished(
  terms: Measurers,
  { newest }: IndicatorState,
): PublishedMeasurement | undefined {
  let found: PublishedMeasurement | undefined;
  for (const one of newest.values())
    if (counts(terms, WORLD, one.issuer) && one.index > (found?.index ?? -1)) found = one;
  return found;
}
