import { AgreementError } from "@standstill/agreement";
import { AuditFault } from "@standstill/audit";
import { EvidenceError } from "@standstill/evidence";
import { GateError } from "@standstill/gate";
import { IndicatorError } from "@standstill/indicators";
import { RecordError } from "@standstill/record";
import { IntakeError } from "@standstill/reporting-box";

/** Where a command prints: answers to `out`, progress and errors to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Prints to this process's standard output and error. */
export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
};

/** Bad usage that the user can mend: what was expected, what came, what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** Whether an error is one of ours: typed, told in words, no stack needed. */
export function isTold(
  error: unknown,
): error is Error & { code?: string; place?: string; remedy?: string } {
  return [
    UsageError,
    RecordError,
    EvidenceError,
    AgreementError,
    IndicatorError,
    GateError,
    IntakeError,
    AuditFault,
  ].some((type) => error instanceof type);
}

/** Does work on a file's content; errors about an agreement are told with the file's name. */
export function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AgreementError)) throw error;
    throw new AgreementError(
      error.code,
      error.message,
      error.place === undefined ? file : `${file}, ${error.place}`,
    );
  }
}

/** Three lines: what was expected and what came, the place, what to do. */
export function describeError(
  error: Error & { code?: string; place?: string; remedy?: string },
): string {
  const remedy =
    error.remedy ??
    REMEDIES[error.code ?? ""] ??
    "Mend the input named above and run the command again.";
  return [
    `Error: ${error.message}`,
    `Place: ${error.place ?? "the command line"}`,
    `To do: ${remedy}`,
  ].join("\n");
}

const REMEDIES: Record<string, string> = {
  "store-locked": "Stop the other process, or choose another directory with --data.",
  "store-altered":
    "The record on disk is not what was written. Restore it from a mirror; do not write to it.",
  "store-failed":
    "Check the address or the disk, and that the other side is running; then run the command again.",
  "unknown-format": "Choose another --format; `standstill import --help` lists them.",
};

/** A table with aligned columns and a line under its head; cells of the last column are wrapped at `width` characters. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width = 72,
): string {
  const cells = rows.map((row) =>
    row.map((cell, i) => (i === head.length - 1 ? wrapped(cell, width) : [cell])),
  );
  const widths = head.map((title, i) =>
    Math.max(title.length, ...cells.flatMap((row) => (row[i] ?? []).map((line) => line.length))),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => text.padEnd(widths[i] as number))
      .join("  ")
      .trimEnd();
  const body = cells.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, i) => line(row.map((cell) => cell[i] ?? "")));
  });
  return [line(head), widths.map((w) => "-".repeat(w)).join("  "), ...body].join("\n");
}

/** JSON as `--json` prints it: amounts that are whole numbers beyond double range as decimal strings. */
export function json(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, item) => (typeof item === "bigint" ? item.toString() : item),
    2,
  );
}

/** Text broken into lines of at most `width` characters. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
