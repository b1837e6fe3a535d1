import { parse } from "csv-parse/sync";
import { hundredths, type Instrument } from "./entry.ts";
import { AgreementError } from "./error.ts";

const MAX_CHARACTERS = 4 << 20;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Instruments of a table of adherence: one row each, columns `state`, `deposited`, `withdrawn`, `weight`, `named`,
 * `kind`, `counts` among others. An error names the line.
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
  const weight = cell("weight");
  if (!/^(?:[0-9]{1,3}(?:\.[0-9]{1,2})?)?$/.test(weight)) {
    throw new AgreementError(
      "malformed-terms",
      `expected a percentage, got "${weight.slice(0, 40)}"`,
      place,
    );
  }
  return {
    state: cell("state"),
    kind: cell("kind"),
    deposited: day("deposited"),
    withdrawn: day("withdrawn"),
    weight: weight === "" ? 0n : hundredths(weight),
    named: cell("named") === "true",
    counts: cell("counts") !== "false",
  };
}
