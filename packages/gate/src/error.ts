/** Why a request or a ledger could not be read, or a question was not answered. The set is closed. */
export type GateErrorCode = "malformed-request" | "malformed-ledger" | "unanswered";

/** A request or a ledger that is not one, or a gate that does not answer: what was expected, what came. */
export class GateError extends Error {
  readonly code: GateErrorCode;

  constructor(code: GateErrorCode, message: string) {
    super(message);
    this.name = "GateError";
    this.code = code;
  }
}
