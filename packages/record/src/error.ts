/** What can be wrong with bytes that claim to belong to a record. The set is closed. */
export type RecordErrorCode =
  | "malformed-encoding"
  | "malformed-json"
  | "not-canonical"
  | "limit-exceeded"
  | "malformed-key"
  | "weak-key"
  | "key-locked"
  | "malformed-note"
  | "ambiguous-key"
  | "signature-invalid"
  | "signature-missing"
  | "malformed-checkpoint"
  | "malformed-proof"
  | "proof-invalid"
  | "malformed-policy"
  | "malformed-tile"
  | "malformed-envelope"
  | "malformed-statement"
  | "not-understood"
  | "store-missing"
  | "store-altered"
  | "store-locked"
  | "store-fenced"
  | "store-busy"
  | "store-failed"
  | "malformed-request"
  | "malformed-receipt"
  | "malformed-cbor"
  | "quorum-missing"
  | "witness-refused";

/**
 * The one error that untrusted bytes end in. `code` is for programs, the message for people: it says what was
 * expected and what came. `place` names the file or field, when it is known.
 *
 * @example
 * try { parseCheckpoint(bytes); } catch (error) { if (error instanceof RecordError) console.error(error.code); }
 */
export class RecordError extends Error {
  override readonly name = "RecordError";
  readonly code: RecordErrorCode;
  readonly place: string | undefined;

  constructor(
    code: RecordErrorCode,
    message: string,
    options: { place?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place;
  }
}

/** Does work on one file's content; errors in it are told with the file's name. */
export function atPlace<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecordError) || error.place !== undefined) throw error;
    throw new RecordError(error.code, error.message, { place, cause: error });
  }
}

/** What differs from what the checkpoint signs, and where. */
export function altered(place: string, message: string): RecordError {
  return new RecordError("store-altered", message, { place });
}
