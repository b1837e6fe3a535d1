import { MINUTE_MS, there } from "@standstill/record";
/** Where the value that stands at a place ends; that place itself where it is no text, whole number or list. */
export function endOfValue(content: Uint8Array, at: number, end: number): number {
  const first = content[at];
  if (first === 34 || first === 91) {
    const close = first === 34 ? 34 : 93;
    let stop = at + 1;
    while (stop < end && content[stop] !== close) stop++;
    return stop < end ? stop + 1 : at;
  }
  let stop = at;
  while (stop < end && there(content[stop]) >= 48 && there(content[stop]) <= 57) stop++;
  // A number with a leading zero is no JSON.
  return first === 48 && stop - at > 1 ? at : stop;
}

/** A whole number of at most 15 digits as it is written; nothing where something else stands there. */
export function wholeAt(content: Uint8Array, at: number, stop: number): number | undefined {
  let value = 0;
  for (let i = at; i < stop; i++) {
    const digit = there(content[i]) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Where the digits of a time stand, and what stands between. */
const BETWEEN = [
  [4, 45],
  [7, 45],
  [10, 84],
  [13, 58],
  [16, 58],
] as const;

/** A time as 2026-11-21T20:00:00.000Z, with or without the fraction, in POSIX milliseconds; nothing for another spelling. */
export function instantAt(content: Uint8Array, at: number, stop: number): number | undefined {
  const length = stop - at;
  if ((length !== 20 && length !== 24) || content[stop - 1] !== 90) return undefined;
  for (const [place, code] of BETWEEN) if (content[at + place] !== code) return undefined;
  if (length === 24 && content[at + 19] !== 46) return undefined;
  const year = wholeAt(content, at, at + 4);
  const month = wholeAt(content, at + 5, at + 7);
  const day = wholeAt(content, at + 8, at + 10);
  const hour = wholeAt(content, at + 11, at + 13);
  const minute = wholeAt(content, at + 14, at + 16);
  const second = wholeAt(content, at + 17, at + 19);
  const ms = length === 24 ? wholeAt(content, at + 20, at + 23) : 0;
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined || ms === undefined) {
    return undefined;
  }
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > there(MONTH_DAYS[month - 1]) + (month === 2 && isLeap ? 1 : 0)) return undefined;
  // Days since 1970, with years that begin in March, so that a leap day is the last (Hinnant, "chrono-compatible low-level date algorithms").
  const from = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const days =
    from * 365 +
    Math.floor(from / 4) -
    Math.floor(from / 100) +
    Math.floor(from / 400) +
    ofYear -
    719_468;
  return ((days * 24 + hour) * 60 + minute) * MINUTE_MS + second * 1000 + ms;
}

/** Whether a backslash stands between two places. */
export function hasEscape(content: Uint8Array, at: number, stop: number): boolean {
  for (let i = at; i < stop; i++) if (content[i] === 92) return true;
  return false;
}
