import { RecordError } from "@standstill/record";

/**
 * How an audit ends. `not-recomputed` accuses nobody: what is wrong with the record, if anything, is not for this program to say, since it does
 * not know all of its versions and methods, or was not given all that verdicts rest on.
 */
export type AuditOutcome =
  | "verified"
  | "not-recomputed"
  | "altered"
  | "forked-or-truncated"
  | "keeper-fault"
  | "verdict-not-reproduced";

/** What ends an audit: the first thing that is wrong with a record, what kind of wrong, where, in words. */
export class AuditFault extends Error {
  override readonly name = "AuditFault";
  readonly outcome: AuditOutcome;
  readonly place: string;

  constructor(outcome: AuditOutcome, place: string, message: string) {
    super(message);
    this.outcome = outcome;
    this.place = place;
  }
}

const TRUNCATED = new Set(["store-missing", "signature-missing", "proof-invalid"]);

/** What an error means for the audit; errors that are not about the record's content are thrown on. */
export function faultOf(
  error: unknown,
): Pick<AuditFault, "outcome" | "message"> & { readonly place: string | undefined } {
  if (error instanceof AuditFault) return error;
  if (error instanceof RecordError && error.code !== "store-failed") {
    const outcome = TRUNCATED.has(error.code) ? "forked-or-truncated" : "altered";
    return { outcome, place: error.place, message: error.message };
  }
  throw error;
}
