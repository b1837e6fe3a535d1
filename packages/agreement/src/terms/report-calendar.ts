import { DAY_MS } from "@standstill/record";
import type { Draft } from "./terms.ts";

/** A report that is due from everybody bound. Instants are POSIX milliseconds. */
export interface ReportDue {
  readonly report: string;
  readonly title: string;
  readonly kind: "initial" | "periodic";
  /** Beginning and end of the period that it is about; for a first report both are the entry into force. */
  readonly begins: number;
  readonly about: number;
  readonly dueAt: number;
}

/** Reports that are listed at most, so that a long span ends. */
const MOST = 10_000;

/**
 * When reports are due in a span of time, by the agreement's own calendar: first ones counted from the entry into force, periodic ones from the end
 * of each period. Reports of changes have no calendar; see `changeDueAt`.
 *
 * @param inForceAt when it entered into force
 * @example reportCalendar(terms, coalition.inForceAt, now, now + 90 * 86_400_000)
 */
export function reportCalendar(
  { reporting = [] }: Pick<Draft, "reporting">,
  inForceAt: number,
  from: number,
  to: number,
): ReportDue[] {
  const due = reporting.flatMap(({ id, kind, title, withinDays, everyDays, everyMonths }) => {
    if (kind !== "initial" && kind !== "periodic") return [];
    const of = (begins: number, about: number): ReportDue => ({
      report: id,
      title,
      kind,
      begins,
      about,
      dueAt: about + withinDays * DAY_MS,
    });
    if (kind === "initial") return [of(inForceAt, inForceAt)];
    const found: ReportDue[] = [];
    let begins = inForceAt;
    for (let k = 1; found.length < MOST; k++) {
      const end =
        everyMonths !== undefined
          ? monthsAfter(inForceAt, 1 + k * everyMonths)
          : inForceAt + k * (everyDays ?? Number.POSITIVE_INFINITY) * DAY_MS;
      const next = of(begins, end);
      begins = end;
      if (!(next.dueAt <= to)) break;
      if (next.dueAt >= from) found.push(next);
    }
    return found;
  });
  return due
    .filter(({ dueAt }) => dueAt >= from && dueAt <= to)
    .sort((a, b) => a.dueAt - b.dueAt || (a.report < b.report ? -1 : 1));
}

/** The first day of the month that is so many months after that of an instant. */
function monthsAfter(instant: number, months: number): number {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

/** Until when a change has to be reported that happened at an instant; `undefined` where the agreement asks for none. */
export function changeDueAt({ reporting = [] }: Pick<Draft, "reporting">, changedAt: number) {
  const days = reporting.flatMap(({ kind, withinDays }) => (kind === "change" ? [withinDays] : []));
  return days.length === 0 ? undefined : changedAt + Math.min(...days) * DAY_MS;
}
