import { normalizeQuantity } from "@standstill/record";
import { LineCounter, parseDocument } from "yaml";
import { AgreementError } from "./error.ts";
import { type Locate, locateIn } from "./positions.ts";
import { checkTerms, type Draft, draftSchema } from "./terms.ts";

const MAX_BYTES = 1 << 20;

/**
 * Parses terms as people write them, YAML or JSON, without keys. Amounts may be written as `2e21 FLOP`. An error names
 * the field and its line. Aliases are refused, so that a small file cannot grow into a large one.
 */
export function parseDraft(text: string): Draft {
  return parseLocatedDraft(text).draft;
}

/** The same, with a finder for where each field stands. */
export function parseLocatedDraft(text: string): {
  readonly draft: Draft;
  readonly locate: Locate;
} {
  if (text.length > MAX_BYTES) {
    throw new AgreementError(
      "limit-exceeded",
      `expected terms of at most ${MAX_BYTES} characters, got ${text.length}`,
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: "core", version: "1.2" });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    const message = `expected YAML, got: ${problem.message.split("\n")[0]}`;
    throw new AgreementError("malformed-terms", message, `line ${line}:${col}`);
  }
  const locate = locateIn(document, lines);
  const result = draftSchema.safeParse(normalizeAmounts(toPlain(document)));
  if (!result.success) {
    // A misspelt field shows twice, as unknown and as missing: the unknown one says what was written.
    const { issues } = result.error;
    const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
    const path = (issue?.path ?? []).map((key) => (typeof key === "symbol" ? key.toString() : key));
    const place = `${path.join(".")} (line ${locate(path).line})`;
    throw new AgreementError("malformed-terms", issue?.message ?? "expected terms", place);
  }
  checkTerms(result.data);
  return { draft: result.data, locate };
}

function toPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw new AgreementError(
      "malformed-terms",
      `expected YAML without aliases, got: ${(error as Error).message}`,
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
