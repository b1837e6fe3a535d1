import { z } from "zod";
import { type Refusal, refuse, type Said } from "./admission.ts";
import { beaconTime, verifyBeacon } from "./beacon.ts";
import { RecordError } from "./error.ts";
import { parseCheckpoint } from "./formats/checkpoint.ts";
import { cosignatureTime } from "./formats/cosignature.ts";
import { equalBytes, utf8 } from "./formats/encoding.ts";
import { openNote } from "./formats/note.ts";
import type { NoteVerifier } from "./formats/verifier.ts";
import { instantSchema, type StatementKind } from "./statement.ts";

/** How far a mark's time may lie after its beacon, in milliseconds: time to fetch a round and to sign. */
const BEACON_SLACK_MS = 60_000;
/** How far honest clocks of a keeper and its witnesses may differ, in milliseconds. */
const WITNESS_SLACK_MS = 300_000;

/**
 * `time/mark`: the keeper says what time it is. Statements lie between the mark before them and the mark after them;
 * deadlines are judged by marks, never by `issuedAt`. What bounds the keeper's word is in the mark: with a beacon it was
 * not made before the round, whose signature nobody had; the witnesses' cosignatures on the checkpoint before it say
 * until when they had seen what it covers.
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
    /** The newest checkpoint note that was shown, with its cosignatures. */
    checkpoint: z.string().max(20_000).optional(),
  }),
} satisfies StatementKind;

/** What the terms ask of marks. */
export interface MarkRules {
  readonly isBeaconAsked: boolean;
  /** Who must have cosigned the checkpoint in a mark; nothing where the terms ask for none. */
  readonly witnessed:
    | {
        readonly log: NoteVerifier;
        readonly witnesses: readonly NoteVerifier[];
        readonly quorum: number;
      }
    | undefined;
  /** Longest time between two marks in milliseconds, if the terms say one. */
  readonly everyMs: number | undefined;
}

/** A checkpoint that a mark carries: entries below `size` were there at `at`, as a quorum of witnesses says. */
export interface Witnessed {
  readonly size: number;
  readonly root: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What is doubtful about a mark: the keeper was late with it, or the mark before it was ahead of its time. */
export interface ClockDoubt {
  readonly index: number;
  readonly kind: "late" | "ahead";
  readonly message: string;
}

/** One mark. */
export interface Mark {
  readonly index: number;
  /** Its time in milliseconds since 1970. */
  readonly at: number;
  /** Round of the beacon that it carries, so that it cannot have been made before it. */
  readonly round: number | undefined;
  readonly witnessed: Witnessed | undefined;
  readonly doubt: ClockDoubt | undefined;
}

/** The record's clock: its newest mark, or a time of 0 before the first. */
export type Clock = Omit<Mark, "index"> & { readonly index: number | undefined };

/** Before any mark. */
export const noMarks: Clock = {
  at: 0,
  index: undefined,
  round: undefined,
  witnessed: undefined,
  doubt: undefined,
};

/** The first mark: what the keeper says first, which nothing bounds yet. */
export function firstMark(at: number, index: number): Mark {
  return { ...noMarks, at, index };
}

/**
 * `time/mark`: takes a mark in. Time does not run backwards, not ahead of the beacon, and not behind the witnesses. A mark
 * that is late, or that shows the one before to have been ahead of its time, is taken in and doubted.
 */
export function reduceMark(
  clock: Clock,
  said: Said<z.infer<typeof timeMark.body>>,
  rules: MarkRules,
): Mark | Refusal {
  const { time, beacon, checkpoint } = said.body;
  const at = Date.parse(time);
  if (at < clock.at)
    return refuse(
      "issued-out-of-order",
      `expected a mark from ${instant(clock.at)} on, got ${time}`,
    );
  const bounded = beacon === undefined ? undefined : checkBeacon(at, time, beacon);
  if (bounded !== undefined) return bounded;
  if (beacon === undefined && rules.isBeaconAsked) {
    return refuse("malformed-body", "expected a beacon in the mark, as the terms ask, got none");
  }
  const witnessed = witnessedIn(checkpoint, clock, at, said.index, rules);
  if (witnessed !== undefined && "refused" in witnessed) return witnessed;
  const doubt = doubtOf(clock, at, said.index, witnessed, rules);
  return { at, index: said.index, round: beacon?.round, witnessed, doubt };
}

function checkBeacon(
  at: number,
  time: string,
  { round, signature }: { readonly round: number; readonly signature: string },
): Refusal | undefined {
  const appeared = beaconTime(round);
  if (at < appeared || at > appeared + BEACON_SLACK_MS)
    return refuse(
      "issued-out-of-order",
      `expected a time within a minute after round ${round}, which appeared at ${instant(appeared)}, got ${time}`,
    );
  return verifyBeacon(round, signature)
    ? undefined
    : refuse(
        "signature-invalid",
        `expected the signature of quicknet's round ${round}, got another`,
      );
}

/** The checkpoint in a mark. It must cover the mark before, so that no keeper goes on with an old one. */
function witnessedIn(
  note: string | undefined,
  clock: Clock,
  at: number,
  index: number,
  { witnessed: asked }: MarkRules,
): Witnessed | Refusal | undefined {
  if (asked === undefined) return undefined;
  const before = clock.index ?? 0;
  if (note === undefined) {
    return refuse(
      "malformed-body",
      `expected a cosigned checkpoint in the mark that covers entry ${before}, as the terms ask, got none`,
    );
  }
  const found = openWitnessed(note, asked);
  if (typeof found === "string") return refuse("signature-invalid", found);
  if (found.size <= before || found.size > index) {
    return refuse(
      "malformed-body",
      `expected a checkpoint of more than ${before} entries and at most ${index}, got one of ${found.size}`,
    );
  }
  return at >= found.at - WITNESS_SLACK_MS
    ? found
    : refuse(
        "issued-out-of-order",
        `expected a time that is not before ${instant(found.at)}, when witnesses cosigned the checkpoint in the mark, got ${instant(at)}`,
      );
}

/** What a quorum of witnesses says in a note, or why it says nothing. */
function openWitnessed(
  note: string,
  { log, witnesses, quorum }: NonNullable<MarkRules["witnessed"]>,
): Witnessed | string {
  try {
    const { text, signatures, verified } = openNote(utf8(note), [log, ...witnesses]);
    const { origin, size, root } = parseCheckpoint(text);
    const times = witnesses
      .filter((witness) => verified.includes(witness))
      .map(({ keyId }) => signatures.find((line) => equalBytes(line.keyId, keyId)))
      .map((line) =>
        line === undefined ? Number.POSITIVE_INFINITY : Number(cosignatureTime(line.signature)),
      )
      .sort((a, b) => a - b);
    const reached = times[Math.max(1, quorum) - 1];
    if (!verified.includes(log) || origin !== log.name || reached === undefined) {
      return `expected a checkpoint of ${log.name} with cosignatures of ${quorum} witnesses, got ${times.length}`;
    }
    return { size, root, at: reached * 1000 };
  } catch (error) {
    if (error instanceof RecordError)
      return `expected a cosigned checkpoint, got none: ${error.message}`;
    throw error;
  }
}

function doubtOf(
  clock: Clock,
  at: number,
  index: number,
  witnessed: Witnessed | undefined,
  { everyMs }: MarkRules,
): ClockDoubt | undefined {
  if (clock.index === undefined) return undefined;
  // The checkpoint covers the mark before: who cosigned it earlier than that mark's time saw a mark from the future.
  if (witnessed !== undefined && witnessed.at + WITNESS_SLACK_MS < clock.at) {
    const message = `expected the mark at entry ${clock.index} not to be ahead, got ${instant(clock.at)}, cosigned by witnesses at ${instant(witnessed.at)}`;
    return { index, kind: "ahead", message };
  }
  if (everyMs !== undefined && at - clock.at > everyMs) {
    const hours = ((at - clock.at) / 3_600_000).toFixed(1);
    const message = `expected a mark every ${everyMs / 3_600_000} hours, got one after ${hours}`;
    return { index, kind: "late", message };
  }
  return undefined;
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
