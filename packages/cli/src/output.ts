import { there } from "@standstill/record";

/** Where a command prints: answers to `out`, progress and errors to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Where a command answers: as JSON where `--json` was given, in words otherwise. */
export interface Answering extends Terminal {
  /** Whether `--json` was given. */
  readonly isJson: boolean;
  /** Prints an answer. Words that take work to find are a function: they are not asked for where JSON is printed. */
  readonly answer: (value: unknown, words: string | (() => string)) => void;
}

/** A terminal that answers in one of the two ways. */
export function answering(terminal: Terminal, isJson: boolean): Answering {
  return {
    ...terminal,
    isJson,
    answer: (value, words) => {
      if (isJson) terminal.out(json(value));
      else terminal.out(typeof words === "string" ? words : words());
    },
  };
}

/** Prints to this process's standard output and error. */
export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
};

/** An error as it is told: nobody needs a stack to mend what it says. */
export interface ToldError {
  readonly code: string;
  /** What was expected, and what came. */
  readonly message: string;
  readonly place: string | undefined;
  /** What to do. */
  readonly remedy: string;
}

/** Bad usage that the user can mend: what was expected, what came, what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

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
      .map((text, i) => text.padEnd(there(widths[i])))
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
