import { z } from "zod";
import { type Refusal, refuse, type Said } from "./admission.ts";
import { instantSchema, type StatementKind } from "./statement.ts";

/**
 * `time/mark`: the keeper says what time it is. Statements lie between the mark before them and the mark after them;
 * deadlines are judged by marks, never by `issuedAt`. In this version a mark rests on the keeper's word and on the
 * witnesses who cosign the checkpoint after it.
 */
export const timeMark = {
  type: "time/mark",
  roles: ["keeper"],
  body: z.strictObject({ time: instantSchema }),
} satisfies StatementKind;

/** The record's clock: its marks so far. */
export interface Clock {
  /** Time of the newest mark in milliseconds since 1970; 0 before the first. */
  readonly at: number;
  /** Entry of the newest mark. */
  readonly index: number | undefined;
}

/** Before any mark. */
export const noMarks: Clock = { at: 0, index: undefined };

/** `time/mark`: takes a mark in. Time does not run backwards. */
export function reduceMark(
  clock: Clock,
  said: Said<z.infer<typeof timeMark.body>>,
): Clock | Refusal {
  const at = Date.parse(said.body.time);
  if (at < clock.at)
    return refuse(
      "issued-out-of-order",
      `expected a mark from ${new Date(clock.at).toISOString()} on, got ${said.body.time}`,
    );
  return { at, index: said.index };
}
