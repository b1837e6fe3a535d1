/** What can be wrong with terms or a pledge. The set is closed. */
export type AgreementErrorCode = "malformed-terms" | "contradictory-terms" | "limit-exceeded";

/** Error about terms; `place` is the path of the field, and the line where the file is known. */
export class AgreementError extends Error {
  override readonly name = "AgreementError";
  readonly code: AgreementErrorCode;
  readonly place: string | undefined;

  constructor(code: AgreementErrorCode, message: string, place?: string) {
    super(message);
    this.code = code;
    this.place = place;
  }
}
