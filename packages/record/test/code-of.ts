import { RecordError } from "@standstill/record";

/** Code of the typed error that some work ends in; "accepted" where it does not. Other errors are thrown on. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof RecordError) return error.code;
    throw error;
  }
  return "accepted";
}
