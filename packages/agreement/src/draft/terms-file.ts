import { normalizeQuantity } from "@standstill/record";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { AgreementError } from "../error.ts";
import { type Locate, locateIn } from "./positions.ts";

/**
 * Reads terms as people write them, YAML or JSON, by a schema. Amounts may be written as `2e21 FLOP`. An error names the
 * field and its line. Aliases are refused, so that a small file cannot grow into a large one.
 */
export function readTermsFile<Value>(
  text: string,
  schema: { safeParse(value: unknown): z.ZodSafeParseResult<Value> },
  mostCharacters: number,
): { readonly value: Value; readonly locate: Locate } {
  if (text.length > mostCharacters) {
    throw new AgreementError(
      "limit-exceeded",
      `expected terms of at most ${mostCharacters} characters, got ${text.length}`,
    );
  }
  const lines = new LineCounter();
  const document = parsed(text, lines);
  const problem = document.errors[0];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    const message = `expected YAML, got: ${problem.message.split("\n")[0]}`;
    throw new AgreementError("malformed-terms", message, `line ${line}:${col}`);
  }
  const locate = locateIn(document, lines);
  const result = schema.safeParse(normalizeAmounts(toPlain(document)));
  if (result.success) return { value: result.data, locate };
  // A misspelt field shows twice, as unknown and as missing: the unknown one says what was written.
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  const { path, message } = issue === undefined ? UNKNOWN : innermost(issue);
  throw new AgreementError("malformed-terms", message, placeOf(path, locate));
}

const UNKNOWN = { path: [], message: "expected terms" };

/** Where a field stands, in words. */
export function placeOf(path: readonly (string | number)[], locate: Locate): string {
  const { line, column } = locate(path);
  return `${path.join(".") || "the terms"} (line ${line}, column ${column})`;
}

/** Of a choice between forms, the fault in the form that fits best: the one that was read furthest before it failed. */
function innermost(issue: z.core.$ZodIssue): {
  readonly path: readonly (string | number)[];
  readonly message: string;
} {
  const path = issue.path.map((key) => (typeof key === "symbol" ? key.toString() : key));
  if (issue.code !== "invalid_union") return { path, message: issue.message };
  const inner = issue.errors
    .flatMap((faults) => (faults.length === 1 ? faults : []))
    .map(innermost)
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (inner === undefined || inner.path.length === 0) return { path, message: issue.message };
  return { path: [...path, ...inner.path], message: inner.message };
}

/** Parses YAML; nesting so deep that the parser gives up is refused like any other malformed text. */
function parsed(text: string, lines: LineCounter): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { lineCounter: lines, schema: "core", version: "1.2" });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AgreementError(
      "limit-exceeded",
      "expected terms nested less deeply, got too many levels",
    );
  }
}

function toPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw new AgreementError(
      "malformed-terms",
      `expected YAML without aliases, got: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function normalizeAmounts(value: unknown): unknown {
  if (typeof value === "string") return normalizeQuantity(value);
  if (Array.isArray(value)) return value.map(normalizeAmounts);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, normalizeAmounts(item)]),
    );
  }
  return value;
}
