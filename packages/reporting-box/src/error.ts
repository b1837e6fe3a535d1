/** Why a report could not be sealed or read. The set is closed. */
export type IntakeErrorCode = "malformed-report" | "too-large" | "wrong-key" | "too-few-shares";

/** A report, a key or a share that is not one: what was expected, what came. */
export class IntakeError extends Error {
  readonly code: IntakeErrorCode;

  constructor(code: IntakeErrorCode, message: string) {
    super(message);
    this.name = "IntakeError";
    this.code = code;
  }
}
