import { normalizeQuantity } from "@standstill/record";
import { isMap, isSeq, LineCounter, parseDocument } from "yaml";
import { AgreementError } from "./error.ts";
import { checkTerms, type Draft, draftSchema } from "./terms.ts";

const MAX_BYTES = 1 << 20;

/**
 * Parses terms as people write them, YAML or JSON, without keys. Amounts may be written as `2e21 FLOP`. An error names
 * the field and its line. Aliases are refused, so that a small file cannot grow into a large one.
 */
export function parseDraft(text: string): Draft {
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
    throw new AgreementError(
      "malformed-terms",
      `expected YAML, got: ${problem.message.split("\n")[0]}`,
      `line ${line}:${col}`,
    );
  }
  const result = draftSchema.safeParse(normalizeAmounts(toPlain(document)));
  if (!result.success) {
    // A misspelt field shows twice, as unknown and as missing: the unknown one says what was written.
    const { issues } = result.error;
    const issue = (issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]) as {
      path: PropertyKey[];
      message: string;
    };
    const path = issue.path.map((key) => (typeof key === "symbol" ? key.toString() : key));
    throw new AgreementError(
      "malformed-terms",
      issue.message,
      `${path.join(".")} (${lineOf(path)})`,
    );
  }
  checkTerms(result.data);
  return result.data;

  function lineOf(path: readonly (string | number)[]): string {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      const range =
        isMap(node) || isSeq(node) || hasRange(node)
          ? (node as { range?: number[] }).range
          : undefined;
      if (range?.[0] !== undefined) return `line ${lines.linePos(range[0]).line}`;
    }
    return "line 1";
  }
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

function hasRange(node: unknown): boolean {
  return typeof node === "object" && node !== null && "range" in node;
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
