import { parse } from "csv-parse/sync";
import { AgreementError } from "./error.ts";
import type { KnownCluster, TrainedModel } from "./impact.ts";

const MAX_CHARACTERS = 16 << 20;

/** Models of Epoch AI's table of notable models: those with a full date and a known training compute. */
export function parseModels(text: string): TrainedModel[] {
  return rowsOf(text, ["Model", "Organization", "Publication date", "Training compute (FLOP)"])
    .filter((row) => Number(row["Training compute (FLOP)"]) > 0)
    .map((row) => ({
      name: row.Model as string,
      organisations: names(row.Organization),
      countries: names(row["Country (of organization)"]),
      day: row["Publication date"] as string,
      trainingFlop: BigInt(Math.floor(Number(row["Training compute (FLOP)"]))),
    }));
}

/** Clusters of Epoch AI's table that exist, are likely or confirmed, and are not duplicates; with a known size. */
export function parseClusters(text: string): KnownCluster[] {
  return rowsOf(text, ["Name", "Status", "Certainty", "Owner", "H100 equivalents"])
    .filter(
      (row) =>
        row.Status === "Existing" &&
        row.Certainty !== "Unlikely" &&
        row["Possible Duplicate"] !== "True" &&
        Number(row["H100 equivalents"]) > 0,
    )
    .map((row) => ({
      name: row.Name as string,
      owners: names(row.Owner),
      countries: names(row.Country),
      h100e: Number(row["H100 equivalents"]),
    }));
}

function names(cell: string | undefined): string[] {
  return (cell ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function rowsOf(text: string, needed: readonly string[]): Record<string, string>[] {
  if (text.length > MAX_CHARACTERS)
    throw new AgreementError(
      "limit-exceeded",
      `expected at most ${MAX_CHARACTERS} characters, got ${text.length}`,
    );
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, max_record_size: 100_000 });
  } catch (error) {
    throw new AgreementError(
      "malformed-terms",
      `expected a table with commas, got: ${(error as Error).message}`,
    );
  }
  const missing = needed.find((column) => rows[0] !== undefined && !(column in rows[0]));
  if (missing !== undefined)
    throw new AgreementError("malformed-terms", `expected a column ${missing}, got none`, "line 1");
  return rows;
}
