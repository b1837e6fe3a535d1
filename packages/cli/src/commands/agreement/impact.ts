import { join } from "node:path";
import { amount, impactOf } from "@standstill/agreement";
import { parseClusters, parseModels } from "@standstill/evidence/formats";
import { draftIn, inFile } from "../../agreement-file.ts";
import { defineCommand } from "../../command/define.ts";
import { file, path } from "../../command/format.ts";
import { needed, usual } from "../../command/input.ts";
import { contentOf } from "../../named-file.ts";

/** `standstill agreement impact`: whom the lines of terms concern, by public tables of models and clusters. */
export const command = defineCommand({
  summary: "Tell whom the lines of terms concern today, by public tables",
  arguments: { file: needed("<file>", "the agreement, as YAML or JSON", file) },
  options: {
    tables: usual(
      "<dir>",
      "directory with Epoch AI's notable_ai_models.csv and gpu_clusters.csv",
      path,
      "data/epoch",
    ),
  },
  examples: [
    "standstill agreement impact agreements/rules/miri-report.yaml",
    "standstill agreement impact agreements/rules/eu-ai-act.yaml --json",
  ],
  action: async ({ file, tables }, terminal) => {
    const terms = await draftIn(file);
    const models = { path: join(tables, "notable_ai_models.csv"), option: "--tables" };
    const clusters = { path: join(tables, "gpu_clusters.csv"), option: "--tables" };
    const modelText = await contentOf(models);
    const clusterText = await contentOf(clusters);
    const impacts = impactOf(
      terms,
      inFile(models.path, () => parseModels(modelText)),
      inFile(clusters.path, () => parseClusters(clusterText)),
    );
    terminal.answer({ impacts }, () => describe(impacts));
    return "ok";
  },
});

const MOST_NAMES = 8;

function describe(impacts: ReturnType<typeof impactOf>): string {
  const lines = impacts.flatMap((one) => [
    `${one.obligation}: ${one.title} (${lineWords(one.line)})`,
    `  ${one.above} of ${one.all} ${one.of} of known size are above the line${one.firstDay === undefined ? "" : `, the first of ${one.firstDay}`}; of their organisations ${one.organisations.length} are above it, ${one.organisationsBelow} have nothing above it.`,
    ...(one.above === 0
      ? []
      : [`  Organisations: ${few(one.organisations)}.`, `  Countries: ${few(one.countries)}.`]),
  ]);
  return [
    impacts.length === 0
      ? "No line of these terms can be compared with models or clusters."
      : `${impacts.length} lines were compared with public tables.`,
    ...lines,
    "Source: Epoch AI, notable AI models and GPU clusters, CC BY 4.0. Sizes that are not public are not in the tables.",
  ].join("\n");
}

function few(rows: readonly (readonly [string, number])[]): string {
  const named = rows.slice(0, MOST_NAMES).map(([who, count]) => `${who} ${count}`);
  const more = rows.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A line in FLOP with its power of ten; a line in H100e as it is. */
function lineWords(line: string): string {
  return line.endsWith(" FLOP") ? amount(line, "FLOP") : line;
}
