import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Accelerator, type Catalogue, parseCatalogue } from "@standstill/evidence/formats";
import { EXIT } from "../exit-codes.ts";
import { json, type Terminal, table, UsageError } from "../output.ts";

const TABLE = fileURLToPath(new URL("../../../../data/epoch/ml_hardware.csv", import.meta.url));

/** `standstill catalogue`: what is known of an accelerator, or of all. */
export async function catalogueCommand(
  name: string | undefined,
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const catalogue = parseCatalogue(await readFile(TABLE, "utf8"));
  const shown = name === undefined ? catalogue.accelerators : [found(catalogue, name)];
  terminal.out(
    options.json
      ? json({ sha256: catalogue.sha256, accelerators: shown.map(plain) })
      : [
          table(
            ["accelerator", "BF16 dense", "FP8 dense", "memory", "power limit"],
            shown.map(({ name: called, peak, memoryBytes, tdpMilliwatts }) => [
              called,
              told(peak.bf16, 1e12, "TFLOP/s"),
              told(peak.fp8, 1e12, "TFLOP/s"),
              told(memoryBytes, 1e9, "GB"),
              told(tdpMilliwatts, 1000, "W"),
            ]),
          ),
          "",
          `Catalogue ${catalogue.sha256} (SHA-256). Source: Epoch AI, epoch.ai/data, CC BY 4.0. What is not known is left blank.`,
        ].join("\n"),
  );
  return EXIT.ok;
}

function found(catalogue: Catalogue, name: string): Accelerator {
  const accelerator = catalogue.find(name);
  if (accelerator !== undefined) return accelerator;
  const near = catalogue.accelerators
    .filter((one) => one.name.toLowerCase().includes(name.toLowerCase()))
    .slice(0, 5)
    .map((one) => one.name);
  throw new UsageError(
    `expected an accelerator of the catalogue, got ${JSON.stringify(name)}`,
    near.length === 0
      ? "Run standstill catalogue for all of them."
      : `Perhaps: ${near.join(", ")}.`,
  );
}

/** Numbers beyond what JSON's readers tell apart are decimal text. */
function plain(accelerator: Accelerator): unknown {
  return JSON.parse(
    JSON.stringify(accelerator, (_key, value) =>
      typeof value === "bigint" ? String(value) : value,
    ),
  );
}

function told(value: bigint | undefined, unit: number, name: string): string {
  return value === undefined ? "" : `${Number(value) / unit} ${name}`;
}
