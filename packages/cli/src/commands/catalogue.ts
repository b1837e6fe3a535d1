import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Accelerator, type Catalogue, parseCatalogue } from "@standstill/evidence/formats";
import { defineCommand } from "../command/define.ts";
import { text } from "../command/format.ts";
import { optional } from "../command/input.ts";
import { table, UsageError } from "../output.ts";

const TABLE = fileURLToPath(new URL("../../../../data/epoch/ml_hardware.csv", import.meta.url));

/** `standstill catalogue`: what is known of an accelerator, or of all. */
export const command = defineCommand({
  summary: "Tell what is known of an accelerator, or of all",
  arguments: { name: optional("<name>", "a name or an alias, as h100-sxm5", text) },
  examples: ["standstill catalogue h100-sxm5", "standstill catalogue --json"],
  action: async ({ name }, terminal) => {
    const catalogue = parseCatalogue(await readFile(TABLE, "utf8"));
    const shown = name === undefined ? catalogue.accelerators : [found(catalogue, name)];
    terminal.answer({ sha256: catalogue.sha256, accelerators: shown }, () =>
      describe(catalogue, shown),
    );
    return "ok";
  },
});

function describe({ sha256 }: Catalogue, shown: readonly Accelerator[]): string {
  return [
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
    `Catalogue ${sha256} (SHA-256). Source: Epoch AI, epoch.ai/data, CC BY 4.0. What is not known is left blank.`,
  ].join("\n");
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

function told(value: bigint | undefined, unit: number, name: string): string {
  return value === undefined ? "" : `${Number(value) / unit} ${name}`;
}
