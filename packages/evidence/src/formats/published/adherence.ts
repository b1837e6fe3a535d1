import { EvidenceError } from "../../error.ts";
import { type PublishedRow, publishedRows } from "./rows.ts";

/** One instrument of one party, as a depositary's table has it. Days as `2026-06-04`. */
export interface DepositedInstrument {
  /** The party's code or name, in small letters. */
  readonly party: string;
  readonly kind: string;
  readonly deposited: string | undefined;
  /** Day on which its withdrawal or revocation took effect. */
  readonly withdrawn: string | undefined;
}

/**
 * Instruments of a table of adherence: one row each, columns `state`, `iso3`, `deposited`, `withdrawn` and `kind` among
 * others. Parties are named by their code, in small letters. An error names the line.
 *
 * @example parseAdherence(text)[0] // { party: "afg", kind: "Ratification", deposited: "2017-02-15", withdrawn: undefined }
 */
export function parseAdherence(text: string): DepositedInstrument[] {
  const rows = publishedRows(text, {
    mostCharacters: 4 << 20,
    mostCharactersOfRow: 10_000,
    columns: ["state", "iso3", "deposited", "withdrawn", "kind"],
  });
  return rows.map((row, i) => instrumentOf(row, `line ${i + 2}`));
}

function instrumentOf(row: PublishedRow, place: string): DepositedInstrument {
  const cell = (name: string): string => row.get(name) ?? "";
  return {
    party: (cell("iso3") || cell("state")).toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    kind: cell("kind"),
    deposited: dayIn(cell("deposited"), "deposited", place),
    withdrawn: dayIn(cell("withdrawn"), "withdrawn", place),
  };
}

function dayIn(cell: string, name: string, place: string): string | undefined {
  if (cell === "") return undefined;
  if (/^\d{4}-\d\d-\d\d$/.test(cell)) return cell;
  throw new EvidenceError(
    "malformed-file",
    `expected a day as 2026-06-04 in ${name}, got ${JSON.stringify(cell.slice(0, 40))}`,
    { place },
  );
}
