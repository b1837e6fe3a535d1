/** What can be wrong with evidence. The set is closed. */
export type EvidenceErrorCode =
  | "malformed-file"
  | "absurd-value"
  | "limit-exceeded"
  | "unknown-format"
  | "malformed-evidence"
  | "store-unavailable"
  | "store-altered"
  | "store-busy"
  | "feed-not-signed"
  | "store-failed";

/** Error about evidence; `place` names the file, line or field. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
  readonly code: EvidenceErrorCode;
  readonly place: string | undefined;

  constructor(
    code: EvidenceErrorCode,
    message: string,
    options: { place?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place;
  }
}
