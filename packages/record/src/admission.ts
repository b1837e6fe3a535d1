import type { Statement } from "./statement.ts";

/** Why a statement is not admitted. The set is closed; a log that holds such a statement convicts its keeper. */
export type RefusalCode =
  | "unknown-type"
  | "unknown-version"
  | "unknown-issuer"
  | "role-forbidden"
  | "signature-invalid"
  | "sequence-gap"
  | "sequence-repeated"
  | "issued-out-of-order"
  | "issued-outside-marks"
  | "agreement-mismatch"
  | "malformed-body"
  | "not-declared"
  | "not-its-own"
  | "not-monotone"
  | "already-said"
  | "over-quota"
  | "contradictory-terms";

/** A refused statement: the code for programs, the sentence for people. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly message: string;
}

/** Says that a statement is not admitted, and why: what was expected, what came. */
export function refuse(refused: RefusalCode, message: string): Refusal {
  return { refused, message };
}

/** Whether a reducer refused instead of giving the next state. */
export function isRefusal(value: object): value is Refusal {
  return "refused" in value;
}

/** A statement with its place in the record. */
export interface Said<Body = unknown> {
  readonly id: string;
  readonly index: number;
  readonly statement: Omit<Statement, "body">;
  readonly body: Body;
}
