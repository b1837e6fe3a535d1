import { publishedRows } from "./rows.ts";

/** A model that somebody trained, as a public table has it. */
export interface PublishedModel {
  readonly name: string;
  readonly organisations: readonly string[];
  readonly countries: readonly string[];
  /** Day of publication. */
  readonly day: string;
  readonly trainingFlop: bigint;
}

/** A cluster that exists, as a public table has it. */
export interface PublishedCluster {
  readonly name: string;
  readonly owners: readonly string[];
  readonly countries: readonly string[];
  /** In H100-equivalents. */
  readonly h100e: number;
}

/** Models of Epoch AI's table of notable models: those with a full date and a known training compute. */
export function parseModels(text: string): PublishedModel[] {
  const columns = ["Model", "Organization", "Publication date", "Training compute (FLOP)"];
  return publishedRows(text, { ...BOUNDS, columns }).flatMap((row): PublishedModel[] => {
    const flop = Number(row.get("Training compute (FLOP)"));
    if (!(flop > 0)) return [];
    return [
      {
        name: row.get("Model") ?? "",
        organisations: names(row.get("Organization")),
        countries: names(row.get("Country (of organization)")),
        day: row.get("Publication date") ?? "",
        trainingFlop: BigInt(Math.floor(flop)),
      },
    ];
  });
}

/** Clusters of Epoch AI's table that exist, are likely or confirmed, and are not duplicates; with a known size. */
export function parseClusters(text: string): PublishedCluster[] {
  const columns = ["Name", "Status", "Certainty", "Owner", "H100 equivalents"];
  return publishedRows(text, { ...BOUNDS, columns }).flatMap((row): PublishedCluster[] => {
    const h100e = Number(row.get("H100 equivalents"));
    const isKnown =
      row.get("Status") === "Existing" &&
      row.get("Certainty") !== "Unlikely" &&
      row.get("Possible Duplicate") !== "True";
    if (!isKnown || !(h100e > 0)) return [];
    return [
      {
        name: row.get("Name") ?? "",
        owners: names(row.get("Owner")),
        countries: names(row.get("Country")),
        h100e,
      },
    ];
  });
}

const BOUNDS = { mostCharacters: 16 << 20, mostCharactersOfRow: 100_000 };

function names(cell = ""): string[] {
  return cell
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
