import { HOUR_MS, MINUTE_MS, there } from "@standstill/record";
import { EvidenceError } from "../error.ts";

/** Why a time is none: its text is not one, or its zone's clocks showed it twice or never on the day they were changed. */
export type TimeFault = "malformed" | "time-ambiguous";

/** Reads times of one zone. */
export type TimeReader = (text: string) => number | TimeFault;

const LOCAL = /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/;
const WITH_OFFSET = /^(.*\d)\s*(Z|UTC|[+-]\d\d:?\d\d)$/;

/**
 * A reader of times as `2026-11-21 21:04:36.123`, or with slashes as nvidia-smi writes them, in POSIX milliseconds, rounded down. A time that says its own offset needs no
 * zone; one that does not is of the zone that is given.
 *
 * @param zone `UTC`, an offset as `+08:00`, or a name of the time zone database as `Europe/Berlin`
 * @example timeReader("Europe/Berlin")("2026-10-25 02:30:00") // "time-ambiguous": clocks showed it twice
 */
export function timeReader(zone: string): TimeReader {
  const offsets = offsetsOf(zone);
  return (text) => {
    const [, local = text, own] = WITH_OFFSET.exec(text.trim()) ?? [];
    const asUtc = utcOf(local.trim());
    if (asUtc === undefined) return "malformed";
    if (own !== undefined) return asUtc - fixedOffset(own);
    const found = [...new Set(offsets(asUtc))]
      .map((offset) => asUtc - offset)
      .filter((at) => offsets(at, at).every((offset) => at + offset === asUtc));
    return found.length === 1 ? there(found[0]) : "time-ambiguous";
  };
}

function utcOf(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = ""] = LOCAL.exec(text) ?? [];
  if (year === undefined) return undefined;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
  );
  const told = new Date(at).toISOString().slice(0, 19);
  return told === `${year}-${month}-${day}T${hour}:${minute}:${second}` ? at : undefined;
}

function fixedOffset(text: string): number {
  if (text === "Z" || text === "UTC") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith("-") ? -1 : 1) * minutes * MINUTE_MS;
}

/** Offsets that a zone may have around an instant, or the one it has at an instant. */
function offsetsOf(zone: string): (around: number, exactly?: number) => number[] {
  if (zone === "UTC" || /^[+-]\d\d:\d\d$/.test(zone)) {
    const offset = fixedOffset(zone);
    return () => [offset];
  }
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (cause) {
    const message = `expected a time zone as UTC, +08:00 or Europe/Berlin, got ${JSON.stringify(zone)}`;
    throw new EvidenceError("malformed-file", message, { cause });
  }
  const offsetAt = (at: number) => {
    const parts = new Map<string, number>(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (name: string) => there(parts.get(name));
    const shown = Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
      part("second"),
    );
    return shown - Math.floor(at / 1000) * 1000;
  };
  return (around, exactly) =>
    exactly === undefined
      ? [-26, 26].map((hours) => offsetAt(around + hours * HOUR_MS))
      : [offsetAt(exactly)];
}
