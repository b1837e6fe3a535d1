import type { Refusal, RefusalCode } from "@standstill/record";

/** A statement that was not admitted: the code of its refusal for programs, the sentence for people. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly code: RefusalCode;

  constructor({ refused, message }: Refusal) {
    super(message);
    this.code = refused;
  }
}
