import { DAY_MS } from "@standstill/record";
import type { Proportion } from "@standstill/statistics";

/** A share with its interval as a row of a table; one of nothing cannot be said. */
export function shareRow(
  name: string,
  { share, low, high, of }: Proportion,
  unit: string,
): string[] {
  if (share === null || low === null || high === null) return [name, "cannot say", "", `0 ${unit}`];
  return [name, percent(share), `${percent(low)} to ${percent(high)}`, `${of} ${unit}`];
}

/** A share in percent; a small one with a decimal. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}

/** Human time, as people say it. */
export function minutes(value: number | null): string {
  if (value === null) return "–";
  if (value < 1) return `${(value * 60).toPrecision(2)} s`;
  if (value < 120) return `${value.toPrecision(3)} min`;
  return `${(value / 60).toPrecision(3)} h`;
}

/** A number of days since 1970 as a date. */
export function dateOf(day: number): string {
  return new Date(Math.floor(day) * DAY_MS).toISOString().slice(0, 10);
}

/** Days since 1970 of a date. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;
}
