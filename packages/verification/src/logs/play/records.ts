import type { ActivityTerms } from "@standstill/agreement";
import type { ActivityRecord } from "@standstill/evidence/activity";
import { sha256, toHex, utf8 } from "@standstill/record";

/** A record while a log is made: times are milliseconds, and what is absent is `undefined`. */
export interface Draft extends Omit<ActivityRecord, "start" | "end" | "previous" | "flop"> {
  start: number;
  end: number;
  flop?: bigint | undefined;
}

/** A log with the terms it is judged under. */
export interface ActivityCase {
  readonly records: readonly Draft[];
  readonly terms: ActivityTerms;
}

/** The hash of a text, for names of weights, code and the like that are nothing else. */
export function hashOf(text: string): string {
  return toHex(sha256(utf8(text)));
}

/** A log as it is written: by time, a line each, with the chain of hashes where it is asked for. */
export function logText(records: readonly Draft[], isChained: boolean): string {
  const inTime = [...records].sort((a, b) => a.start - b.start || (a.device < b.device ? -1 : 1));
  const lines: string[] = [];
  let before: string | undefined;
  for (const { start, end, flop, ...rest } of inTime) {
    const line: string = JSON.stringify({
      ...rest,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      ...(flop === undefined ? {} : { flop: String(flop) }),
      ...(isChained && before !== undefined ? { previous: hashOf(before) } : {}),
    });
    lines.push(line);
    before = line;
  }
  return `${lines.join("\n")}\n`;
}
