/** What can be wrong with the data of an indicator. The set is closed. */
export type IndicatorErrorCode =
  | "malformed-data"
  | "missing-column"
  | "out-of-range"
  | "too-few-points"
  | "no-growth"
  | "policy-missing"
  | "too-large";

/** Error about an indicator's data; `place` names the line. An indicator that cannot be measured says so, never zero. */
export class IndicatorError extends Error {
  override readonly name = "IndicatorError";
  readonly code: IndicatorErrorCode;
  readonly place: string | undefined;

  constructor(code: IndicatorErrorCode, message: string, place?: string) {
    super(message);
    this.code = code;
    this.place = place;
  }
}
