/** Why a report could not be sealed or read. The set is closed. */
export type SealedReportErrorCode =
  | "malformed-report"
  | "too-large"
  | "wrong-key"
  | "too-few-shares";

/** A report, a key or a share that is not one: what was expected, what came. */
export class SealedReportError extends Error {
  readonly code: SealedReportErrorCode;

  constructor(code: SealedReportErrorCode, message: string) {
    super(message);
    this.name = "SealedReportError";
    this.code = code;
  }
}
