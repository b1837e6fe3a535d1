import { z } from "zod";
import { type Refusal, refuse, type Said } from "./admission.ts";
import { beaconTime, verifyBeacon } from "./beacon.ts";
import { instantSchema, type StatementKind } from "./statement.ts";

/** How far a mark's time may lie after its beacon, in milliseconds: time to fetch a round and to sign. */
const BEACON_SLACK_MS = 60_000;

/**
 * `time/mark`: the keeper says what time it is. Statements lie between the mark before them and the mark after them;
 * deadlines are judged by marks, never by `issuedAt`. With a beacon the clock cannot run ahead: nobody had the round's
 * signature before the round, and the time said is at most a minute after it. Without one a mark rests on the keeper's
 * word and on the witnesses who cosign the checkpoint after it.
 */
export const timeMark = {
  type: "time/mark",
  roles: ["keeper"],
  body: z.strictObject({
    time: instantSchema,
    beacon: z
      .strictObject({
        chain: z.literal("quicknet"),
        round: z.int().min(1).max(10_000_000_000),
        signature: z.string().regex(/^[0-9a-f]{96}$/, "expected 48 bytes in hexadecimal"),
      })
      .optional(),
  }),
} satisfies StatementKind;

/** The record's clock: its marks so far. */
export interface Clock {
  /** Time of the newest mark in milliseconds since 1970; 0 before the first. */
  readonly at: number;
  /** Entry of the newest mark. */
  readonly index: number | undefined;
  /** Round of the beacon that the newest mark carries, so that it cannot have been made before it. */
  readonly round: number | undefined;
}

/** Before any mark. */
export const noMarks: Clock = { at: 0, index: undefined, round: undefined };

/**
 * `time/mark`: takes a mark in. Time does not run backwards, and not ahead of the beacon.
 *
 * @param isBeaconAsked whether the terms ask for a beacon in every mark
 */
export function reduceMark(
  clock: Clock,
  said: Said<z.infer<typeof timeMark.body>>,
  isBeaconAsked: boolean,
): Clock | Refusal {
  const { time, beacon } = said.body;
  const at = Date.parse(time);
  if (at < clock.at)
    return refuse(
      "issued-out-of-order",
      `expected a mark from ${new Date(clock.at).toISOString()} on, got ${time}`,
    );
  if (beacon === undefined)
    return isBeaconAsked
      ? refuse("malformed-body", "expected a beacon in the mark, as the terms ask, got none")
      : { at, index: said.index, round: undefined };
  const appeared = beaconTime(beacon.round);
  if (at < appeared || at > appeared + BEACON_SLACK_MS)
    return refuse(
      "issued-out-of-order",
      `expected a time within a minute after round ${beacon.round}, which appeared at ${new Date(appeared).toISOString()}, got ${time}`,
    );
  if (!verifyBeacon(beacon.round, beacon.signature))
    return refuse(
      "signature-invalid",
      `expected the signature of quicknet's round ${beacon.round}, got another`,
    );
  return { at, index: said.index, round: beacon.round };
}
