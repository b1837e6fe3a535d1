import type { ReportDue } from "@standstill/agreement";
import type { Deadline } from "./deadlines.ts";

const LONGEST_LINE = 75;

/**
 * Deadlines as a calendar that calendar programs subscribe to (RFC 5545): one event for each, with an alarm a day before.
 *
 * @param reports reports that are due from everybody bound
 * @param record name of the record, which makes the events' names unique
 * @param now instant of the newest mark: when the calendar was drawn up
 */
export function calendarOf(
  deadlines: readonly Deadline[],
  reports: readonly ReportDue[],
  record: string,
  now: number,
): string {
  const events = [
    ...deadlines.map(({ case: name, party, step, title, by, dueAt, ifSilent }) => ({
      id: `${name}-${step}`,
      dueAt,
      title,
      summary: `Due from ${by === "accused" ? party : by}: ${title}`,
      words: `Case ${name} about ${party}, step ${step}. If silent: ${ifSilent}.`,
    })),
    ...reports.map(({ report, title, about, dueAt }) => ({
      id: `${report}-${utc(about)}`,
      dueAt,
      title,
      summary: `Due from everybody bound: ${title}`,
      words: `Report ${report}, for the time to ${utc(about)}.`,
    })),
  ];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Standstill//Deadlines//EN",
    ...events.flatMap(({ id, dueAt, title, summary, words }) => [
      "BEGIN:VEVENT",
      `UID:${escaped(`${id}@${record}`)}`,
      `DTSTAMP:${utc(now)}`,
      `DTSTART:${utc(dueAt)}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(words)}`,
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(title)}`,
      "TRIGGER:-P1D",
      "END:VALARM",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function utc(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, "\\n");
}

/** Lines of more than 75 bytes go on after a space (RFC 5545, 3.1); no character is cut. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (bytes + size > LONGEST_LINE) {
      parts.push(part);
      part = " ";
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join("\r\n");
}
