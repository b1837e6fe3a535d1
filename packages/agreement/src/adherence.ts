import { parse } from "csv-parse/sync";
import { AgreementError } from "./error.ts";
import type { Instrument } from "./history.ts";

const MAX_CHARACTERS = 4 << 20;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Instruments of a table of adherence: one row each, columns `state`, `iso3`, `deposited`, `withdrawn` and `kind` among
 * others. Parties are named by their code, in small letters. An error names the line.
 */
export function parseAdherence(text: string): Instrument[] {
  if (text.length > MAX_CHARACTERS) {
    throw new AgreementError(
      "limit-exceeded",
      `expected at most ${MAX_CHARACTERS} characters, got ${text.length}`,
    );
  }
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      columns: true,
      skip_empty_lines: true,
      max_record_size: 10_000,
    }) as Record<string, string>[];
  } catch (error) {
    throw new AgreementError(
      "malformed-terms",
      `expected a table with commas, got: ${(error as Error).message}`,
    );
  }
  return rows.map((row, i) => instrumentOf(row, `line ${i + 2}`));
}

function instrumentOf(row: Record<string, string>, place: string): Instrument {
  const cell = (name: string): string => {
    const value = row[name];
    if (value === undefined)
      throw new AgreementError("malformed-terms", `expected a column ${name}, got none`, "line 1");
    return value;
  };
  const day = (name: string): string | undefined => {
    const value = cell(name);
    if (value === "") return undefined;
    if (!DAY.test(value)) {
      throw new AgreementError(
        "malformed-terms",
        `expected a day as 2026-06-04 in ${name}, got "${value.slice(0, 40)}"`,
        place,
      );
    }
    return value;
  };
  const name = cell("iso3") || cell("state");
  return {
    party: name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    kind: cell("kind"),
    deposited: day("deposited"),
    withdrawn: day("withdrawn"),
  };
}
