/** The record went on while something was computed from it, so that it would no longer be true; nothing was appended. */
export class MovedOnError extends Error {
  override readonly name = "MovedOnError";

  constructor(message: string) {
    super(message);
  }
}
