import type { LogTerms } from "@standstill/agreement";
import type { Period } from "@standstill/evidence";
import type { ActivityTable } from "@standstill/evidence/activity";
import { SECOND_MS, there } from "@standstill/record";
import { thresholds } from "../methods/draft/thresholds.ts";

/** Records that are not judged because only a part of the time is: too long ones across its beginning or end, and ones outside of all that was reported. */
export interface LeftOut {
  readonly long: number;
  readonly outside: number;
}

/** The part of logs that is judged. */
export interface JudgedPart {
  readonly startMs: number;
  readonly endMs: number;
  /** Time whose compute counts: all that is judged. */
  readonly span: Period;
  /** Whether only a part of the time is judged, and no record lies wholly in it. */
  readonly isTooShort: boolean;
  readonly judged: Uint8Array | undefined;
  readonly leftOut: LeftOut;
}

/**
 * What of logs is judged where a party owed something in a part of their time: the records that lie wholly in that part. Devices have to be told of from
 * where records across its beginning end to where records across its end begin.
 */
export function judgedPart(table: ActivityTable, { window }: LogTerms, span?: Period): JudgedPart {
  const [startMs, endMs] = [Date.parse(window.start), Date.parse(window.end)];
  if (span === undefined || (span.startMs <= startMs && span.endMs >= endMs)) {
    const leftOut = { long: 0, outside: 0 };
    return {
      startMs,
      endMs,
      span: { startMs, endMs },
      isTooShort: false,
      judged: undefined,
      leftOut,
    };
  }
  const longest =
    window.longestRecordSeconds === undefined
      ? thresholds.logs.longestCutMs
      : window.longestRecordSeconds * SECOND_MS;
  const judged = new Uint8Array(table.count);
  let [from, until, long, outside] = [span.startMs, span.endMs, 0, 0];
  for (let i = 0; i < table.count; i++) {
    const [start, end] = [there(table.startMs[i]), there(table.endMs[i])];
    if (end <= startMs || start >= endMs) outside++;
    if (end <= span.startMs || start >= span.endMs) continue;
    const [crossesStart, crossesEnd] = [start < span.startMs, end > span.endMs];
    if (!crossesStart && !crossesEnd) judged[i] = 1;
    else if (end - start > longest) long++;
    else {
      if (crossesStart) from = Math.max(from, end);
      if (crossesEnd) until = Math.min(until, start);
    }
  }
  return {
    startMs: from,
    endMs: Math.max(from, until),
    span,
    isTooShort: !judged.includes(1),
    judged,
    leftOut: { long, outside },
  };
}
