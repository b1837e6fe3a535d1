import { AgreementError } from "@standstill/agreement";
import { AuditFault } from "@standstill/audit";
import { EvidenceError } from "@standstill/evidence";
import { GateError } from "@standstill/gate";
import { IndicatorError } from "@standstill/indicators";
import { RefusedError } from "@standstill/operation";
import { RecordError } from "@standstill/record";
import { SealedReportError } from "@standstill/reporting-box";
import { type ToldError, UsageError } from "./output.ts";
import { systemErrorOf } from "./system-error.ts";

/** An error in words, where it is a typed one of this program or one of the system; nothing for a mistake of this program. */
export function toldError(error: unknown): ToldError | undefined {
  const isTyped = [
    UsageError,
    RefusedError,
    RecordError,
    EvidenceError,
    AgreementError,
    IndicatorError,
    GateError,
    SealedReportError,
    AuditFault,
  ].some((type) => error instanceof type);
  return isTyped && error instanceof Error ? wordsOf(error) : systemErrorOf(error);
}

/** Three lines: what was expected and what came, the place, what to do. */
export function errorLines({ message, place, remedy }: ToldError): string {
  return [`Error: ${message}`, `Place: ${place ?? "the command line"}`, `To do: ${remedy}`].join(
    "\n",
  );
}

function wordsOf(error: Error & Partial<ToldError>): ToldError {
  const { message, place, code = "usage" } = error;
  const remedy =
    error.remedy ?? REMEDIES[code] ?? "Mend the input named above and run the command again.";
  return { code, message, place, remedy };
}

const REMEDIES: Readonly<Record<string, string>> = {
  "store-locked": "Stop the other process, or choose another directory with --data.",
  "store-altered":
    "The record on disk is not what was written. Restore it from a mirror; do not write to it.",
  "store-failed":
    "Check the address or the disk, and that the other side is running; then run the command again.",
  "not-understood":
    "Use the program that made the record, or begin a new record in another directory.",
  unanswered:
    "See that standstill gate serve runs; what holds meanwhile is what the agreement says for that.",
  "unknown-format": "Choose another --format; `standstill import --help` lists them.",
};
