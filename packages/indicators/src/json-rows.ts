import type { z } from "zod";
import { IndicatorError } from "./error.ts";

const MOST_ROWS = 2_000_000;

/**
 * Rows of a lab's export: a JSON array, or an object a line, each held against a schema.
 *
 * @throws IndicatorError that names the row and the field
 */
export function rowsOf<Row>(
  text: string,
  schema: { safeParse(value: unknown): z.ZodSafeParseResult<Row> },
  what: string,
): Row[] {
  const values = valuesIn(text);
  if (values.length === 0)
    throw new IndicatorError("too-few-points", `expected ${what}, got none`, "the whole file");
  if (values.length > MOST_ROWS)
    throw new IndicatorError(
      "too-large",
      `expected at most ${MOST_ROWS} ${what}, got ${values.length}`,
    );
  return values.map((value, i) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const isMissing = issue?.code === "invalid_type" && /undefined/.test(issue.message);
    throw new IndicatorError(
      isMissing ? "missing-column" : "malformed-data",
      `expected ${what}, got ${issue?.path.join(".") || "the row"}: ${issue?.message}`,
      `row ${i + 1}`,
    );
  });
}

function valuesIn(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed.startsWith("[")) {
    const whole = parsed(trimmed);
    if (Array.isArray(whole)) return whole;
    throw new IndicatorError(
      "malformed-data",
      "expected a JSON array, got something else",
      "the whole file",
    );
  }
  return trimmed
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line, i) => {
      const value = parsed(line);
      if (value === undefined)
        throw new IndicatorError(
          "malformed-data",
          "expected JSON in each line, got something else",
          `line ${i + 1}`,
        );
      return value;
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever asks says which line it is.
    return undefined;
  }
}
