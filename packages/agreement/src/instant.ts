import { z } from "zod";

/** A day of the Gregorian calendar, as `2026-06-04`, that exists. */
export const daySchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, "expected a day as 2026-06-04")
  .refine(
    (day) => Number.isFinite(startOfDay(day)) && dayOf(startOfDay(day)) === day,
    "expected a day that exists",
  );

/**
 * The instant at which a day begins in UTC, in milliseconds since 1970.
 *
 * @example startOfDay("2016-11-04") // 1478217600000
 */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`);
}

/** The day, in UTC, that an instant falls on. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
