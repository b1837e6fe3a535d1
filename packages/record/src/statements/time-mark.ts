import { z } from "zod";
import { type Refusal, refuse } from "../admission.ts";
import { beaconTime, verifyBeacon } from "../beacon.ts";
import { defineStatement } from "../define-statement.ts";
import { DRAFT } from "../draft.ts";
import { HOUR_MS, MINUTE_MS } from "../durations.ts";
import { RecordError } from "../error.ts";
import { parseCheckpoint } from "../formats/checkpoint.ts";
import { cosignatureTime } from "../formats/cosignature.ts";
import { equalBytes, utf8 } from "../formats/encoding.ts";
import { openNote } from "../formats/note.ts";
import { cosigningVerifier, type NoteVerifier, parseVerifier } from "../formats/verifier.ts";
import { type Clock, type ClockDoubt, type MarksPart, type Witnessed, withMark } from "../mark.ts";
import { instantSchema } from "../statement.ts";

/** What terms ask of marks, and who signs and cosigns the log that they name. */
export interface MarkedTerms {
  readonly marks?:
    | {
        readonly everyHours: number;
        readonly beacon?: string | undefined;
        readonly witnessed?: boolean | undefined;
      }
    | undefined;
  readonly log: { readonly vkey: string };
  readonly witnessKeys: readonly { readonly vkey: string }[];
  readonly witnessQuorum: number;
}

interface TimeMarkState extends MarksPart {
  readonly agreement: { readonly terms: MarkedTerms };
}

/**
 * `time/mark`: the keeper says what time it is. Statements lie between the mark before them and the mark after them;
 * deadlines are judged by marks, never by `issuedAt`. What bounds the keeper's word is in the mark: with a beacon it was
 * not made before the round, whose signature nobody had; the witnesses' cosignatures on the checkpoint before it say
 * until when they had seen what it covers.
 *
 * Time does not run backwards, not ahead of the beacon, and not behind the witnesses. A mark that is late, or that shows the one before to
 * have been ahead of its time, is taken in and doubted.
 */
export const timeMark = defineStatement({
  type: "time/mark",
  version: DRAFT,
  roles: ["keeper"],
  words: "The keeper says what time it is; deadlines are judged by such marks alone.",
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
  reduce: (state: TimeMarkState, { index, body: { time, beacon, checkpoint } }) => {
    const { clock, agreement } = state;
    const rules = markRules(agreement.terms);
    const at = Date.parse(time);
    if (at < clock.at)
      return refuse(
        "issued-out-of-order",
        `expected a mark from ${instant(clock.at)} on, got ${time}`,
      );
    const unbounded = checkBeacon(at, time, beacon, rules);
    if (unbounded !== undefined) return unbounded;
    const witnessed = witnessedIn(checkpoint, clock, at, index, rules);
    if (witnessed !== undefined && "refused" in witnessed) return witnessed;
    const doubt = doubtOf(clock, at, index, witnessed, rules);
    return withMark(state, { at, index, round: beacon?.round, witnessed, doubt });
  },
});

interface MarkRules {
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

function markRules({ marks, log, witnessKeys, witnessQuorum }: MarkedTerms): MarkRules {
  return {
    isBeaconAsked: marks?.beacon === "quicknet",
    witnessed:
      marks?.witnessed === true
        ? {
            log: parseVerifier(log.vkey),
            witnesses: witnessKeys.map(({ vkey }) => cosigningVerifier(parseVerifier(vkey))),
            quorum: witnessQuorum,
          }
        : undefined,
    everyMs: marks === undefined ? undefined : marks.everyHours * HOUR_MS,
  };
}

/** How far a mark's time may lie after its beacon, in milliseconds: time to fetch a round and to sign. */
const BEACON_SLACK_MS = MINUTE_MS;

function checkBeacon(
  at: number,
  time: string,
  beacon: { readonly round: number; readonly signature: string } | undefined,
  { isBeaconAsked }: MarkRules,
): Refusal | undefined {
  if (beacon === undefined)
    return isBeaconAsked
      ? refuse("malformed-body", "expected a beacon in the mark, as the terms ask, got none")
      : undefined;
  const { round, signature } = beacon;
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

/** How far honest clocks of a keeper and its witnesses may differ, in milliseconds. */
const WITNESS_SLACK_MS = 5 * MINUTE_MS;

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
    const hours = ((at - clock.at) / HOUR_MS).toFixed(1);
    const message = `expected a mark every ${everyMs / HOUR_MS} hours, got one after ${hours}`;
    return { index, kind: "late", message };
  }
  return undefined;
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
