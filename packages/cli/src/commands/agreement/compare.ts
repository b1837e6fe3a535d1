import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { amount, diffTerms, impactOf, parseDraft } from "@standstill/agreement";
import { parseClusters, parseModels } from "@standstill/agreement/impact-tables";
import { EXIT } from "../../exit-codes.ts";
import { inFile, json, type Terminal, table, UsageError } from "../../output.ts";
import { readAgreement } from "../../read-agreement.ts";
import { nameIn } from "./words.ts";

/** `standstill agreement diff`: what changes between two versions of terms, and for whom it becomes stricter or looser. */
export async function diffCommand(
  before: string,
  after: string,
  options: { json: boolean },
  terminal: Terminal,
): Promise<number> {
  const [was, is] = await Promise.all([draftOf(before), draftOf(after)]);
  const differences = diffTerms(was, is);
  if (options.json) {
    terminal.out(json({ differences }));
    return EXIT.ok;
  }
  const name = nameIn(is);
  const count = (effect: string) => differences.filter((one) => one.effect === effect).length;
  const everybody = is.parties.length;
  const rows = differences.map(({ path, kind, effect, before: old, after: now, concerns }) => [
    effect,
    concerns.length >= everybody ? "all" : concerns.map(name).join(", "),
    `${path}: ${kind === "changed" ? `${old} → ${now}` : `${kind} ${short(kind === "added" ? now : old)}`}`,
  ]);
  terminal.out(
    differences.length === 0
      ? "Both say the same."
      : [
          `${differences.length} differences: ${count("stricter")} stricter, ${count("looser")} looser, ${count("different")} only different.`,
          "",
          table(["effect", "for", "what"], rows),
        ].join("\n"),
  );
  return EXIT.ok;
}

/** Options of `standstill agreement impact`. */
export interface ImpactOptions {
  readonly tables: string;
  readonly json: boolean;
}

/** `standstill agreement impact`: whom the lines of terms concern, by public tables of models and clusters. */
export async function impactCommand(
  file: string,
  options: ImpactOptions,
  terminal: Terminal,
): Promise<number> {
  const terms = await draftOf(file);
  const models = join(options.tables, "notable_ai_models.csv");
  const clusters = join(options.tables, "gpu_clusters.csv");
  const [modelText, clusterText] = await Promise.all([text(models), text(clusters)]);
  const impacts = impactOf(
    terms,
    inFile(models, () => parseModels(modelText)),
    inFile(clusters, () => parseClusters(clusterText)),
  );
  if (options.json) {
    terminal.out(json({ impacts }));
    return EXIT.ok;
  }
  const few = (rows: readonly (readonly [string, number])[]) =>
    `${rows
      .slice(0, 8)
      .map(([who, count]) => `${who} ${count}`)
      .join(", ")}${rows.length > 8 ? ` and ${rows.length - 8} more` : ""}`;
  const told = impacts.flatMap((one) => [
    `${one.obligation}: ${one.title} (${lineWords(one.line)})`,
    `  ${one.above} of ${one.all} ${one.of} of known size are above the line${one.firstDay === undefined ? "" : `, the first of ${one.firstDay}`}; of their organisations ${one.organisations.length} are above it, ${one.organisationsBelow} have nothing above it.`,
    ...(one.above === 0
      ? []
      : [`  Organisations: ${few(one.organisations)}.`, `  Countries: ${few(one.countries)}.`]),
  ]);
  terminal.out(
    [
      impacts.length === 0
        ? "No line of these terms can be compared with models or clusters."
        : `${impacts.length} lines were compared with public tables.`,
      ...told,
      "Source: Epoch AI, notable AI models and GPU clusters, CC BY 4.0. Sizes that are not public are not in the tables.",
    ].join("\n"),
  );
  return EXIT.ok;
}

async function draftOf(file: string) {
  const content = await readAgreement(file);
  return inFile(file, () => parseDraft(content));
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new UsageError(
      `expected the file ${path}, got none that can be read`,
      "Give --tables the directory with Epoch AI's notable_ai_models.csv and gpu_clusters.csv.",
    );
  }
}

/** A line in FLOP with its power of ten; a line in H100e as it is. */
function lineWords(line: string): string {
  return line.endsWith(" FLOP") ? amount(line, "FLOP") : line;
}

function short(value: string | undefined): string {
  const words = value ?? "";
  return words.length > 100 ? `${words.slice(0, 100)}…` : words;
}
