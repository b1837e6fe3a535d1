import { reasonOf, sha256, toHex, utf8 } from "@standstill/record";
import { parse } from "csv-parse/sync";
import { EvidenceError } from "../error.ts";

/** Number formats of which a catalogue tells the peak. `bf16` is BF16 or FP16 on tensor units, dense. */
export const PRECISIONS = ["fp64", "fp32", "tf32", "bf16", "fp8", "fp4", "int8", "int4"] as const;
/** One of them. */
export type Precision = (typeof PRECISIONS)[number];

/** An accelerator as its maker tells it. What is not known is left out, and is never zero. */
export interface Accelerator {
  readonly name: string;
  readonly manufacturer: string;
  /** Day of release, as 2022-03-22. */
  readonly released: string | undefined;
  /** Dense peak in operations a second, by precision. */
  readonly peak: Readonly<Partial<Record<Precision, bigint>>>;
  readonly memoryBytes: bigint | undefined;
  readonly memoryBytesPerSecond: bigint | undefined;
  /** Within a node. */
  readonly intranodeBytesPerSecond: bigint | undefined;
  /** Between nodes; the source tells bits. */
  readonly internodeBitsPerSecond: bigint | undefined;
  readonly tdpMilliwatts: bigint | undefined;
}

/** A catalogue of accelerators, pinned by the SHA-256 of its source. */
export interface Catalogue {
  /** SHA-256 of the table and the aliases that it was made from. */
  readonly sha256: string;
  readonly accelerators: readonly Accelerator[];
  /** The accelerator with a name or an alias, in any case, or `undefined`. */
  find(name: string): Accelerator | undefined;
}

const COLUMNS: Readonly<Record<Precision, string>> = {
  fp64: "FP64 (double precision) performance (FLOP/s)",
  fp32: "FP32 (single precision) performance (FLOP/s)",
  tf32: "TF32 (TensorFloat-32) performance (FLOP/s)",
  bf16: "Tensor-FP16/BF16 performance (FLOP/s)",
  fp8: "FP8 performance (FLOP/s)",
  fp4: "FP4 performance (FLOP/s)",
  int8: "INT8 performance (OP/s)",
  int4: "INT4 performance (OP/s)",
};

/** Names under which drivers, schedulers and people know accelerators of the table. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  "NVIDIA H100 SXM5 80GB": ["h100-sxm5", "h100-sxm", "h100", "NVIDIA H100 80GB HBM3"],
  "NVIDIA H100 PCIe": ["h100-pcie"],
  "NVIDIA H100 NVL": ["h100-nvl"],
  "NVIDIA H200 SXM": ["h200-sxm", "h200", "NVIDIA H200"],
  "NVIDIA H800 SXM5": ["h800-sxm5", "h800", "NVIDIA H800"],
  "NVIDIA HGX H20": ["h20", "NVIDIA H20"],
  "NVIDIA GH200": ["gh200", "NVIDIA GH200 480GB"],
  "NVIDIA B200": ["b200"],
  "NVIDIA GB200": ["gb200"],
  "NVIDIA B300 (Blackwell Ultra)": ["b300", "NVIDIA B300"],
  "NVIDIA GB300 (Blackwell Ultra)": ["gb300", "NVIDIA GB300"],
  "NVIDIA A100 SXM4 80 GB": ["a100-sxm4-80gb", "a100-80gb", "NVIDIA A100-SXM4-80GB"],
  "NVIDIA A100 SXM4 40 GB": ["a100-sxm4-40gb", "NVIDIA A100-SXM4-40GB"],
  "NVIDIA A100 PCIe": ["a100-pcie", "NVIDIA A100-PCIE-40GB"],
  "NVIDIA A100": ["a100"],
  "NVIDIA Tesla V100 SXM2 32 GB": ["v100-sxm2-32gb", "Tesla V100-SXM2-32GB"],
  "NVIDIA V100": ["v100"],
  "AMD Instinct MI300X": ["mi300x"],
  "AMD Instinct MI325X": ["mi325x"],
  "AMD Instinct MI355X": ["mi355x"],
  "Google TPU v4": ["tpu-v4"],
  "Google TPU v5p": ["tpu-v5p"],
  "Google TPU v5e": ["tpu-v5e"],
  "Google TPU v6e Trillium": ["tpu-v6e"],
  "Google TPU v7 Ironwood": ["tpu-v7"],
  "Amazon Trainium1": ["trainium1"],
  "Amazon Trainium2": ["trainium2"],
  "Amazon Trainium3": ["trainium3"],
  "Intel Habana Gaudi2": ["gaudi2"],
  "Intel Habana Gaudi3": ["gaudi3"],
  "Huawei Ascend 910B": ["ascend-910b"],
  "Huawei Ascend 910C": ["ascend-910c"],
};

/**
 * The catalogue in Epoch AI's table of machine learning hardware (epoch.ai/data). Peaks are dense; makers' sheets often print those with sparsity, twice
 * as high.
 *
 * @example parseCatalogue(csv).find("h100-sxm5")?.peak.bf16 // 989400000000000n
 */
export function parseCatalogue(csv: string): Catalogue {
  const rows = rowsOf(csv);
  const accelerators = rows.map(acceleratorOf);
  const byName = new Map<string, Accelerator>();
  for (const one of accelerators) {
    const key = one.name.toLowerCase();
    if (byName.has(key)) throw malformed(`each accelerator once, got ${one.name} twice`);
    byName.set(key, one);
  }
  for (const [name, aliases] of Object.entries(ALIASES)) {
    const known = byName.get(name.toLowerCase());
    // An older or newer table may lack some; then their aliases name nothing.
    if (known === undefined) continue;
    for (const alias of aliases) {
      const key = alias.toLowerCase();
      if (!byName.has(key)) byName.set(key, known);
    }
  }
  return {
    sha256: toHex(sha256(utf8(`${csv}\n${JSON.stringify(ALIASES)}`))),
    accelerators,
    find: (name) => byName.get(name.trim().toLowerCase()),
  };
}

type Row = Readonly<Record<string, string>>;

function rowsOf(csv: string): Row[] {
  try {
    return parse<Row>(csv, { columns: true, bom: true, skip_empty_lines: true });
  } catch (cause) {
    throw malformed(`a table of accelerators, got: ${reasonOf(cause).split("\n")[0]}`);
  }
}

function acceleratorOf(row: Row, i: number): Accelerator {
  const place = `row ${i + 2}`;
  const cell = (name: string): string => {
    const value = row[name];
    if (value === undefined) throw malformed(`a column ${name}, got none`);
    return value.trim();
  };
  const amount = (name: string, perUnit = 1n) => wholeOf(cell(name), perUnit, `${place}, ${name}`);
  const peaks = PRECISIONS.map((precision) => [precision, amount(COLUMNS[precision])] as const);
  const name = cell("Hardware name");
  if (name === "") throw malformed(`a name, got none in ${place}`);
  return {
    name,
    manufacturer: cell("Manufacturer"),
    released: cell("Release date") || undefined,
    peak: Object.fromEntries(peaks.filter(([, peak]) => peak !== undefined)),
    memoryBytes: amount("Memory (bytes)"),
    memoryBytesPerSecond: amount("Memory bandwidth (byte/s)"),
    intranodeBytesPerSecond: amount("Intranode bandwidth (byte/s)"),
    internodeBitsPerSecond: amount("Internode bandwidth (bit/s)"),
    tdpMilliwatts: amount("TDP (W)", 1000n),
  };
}

/** A decimal with or without a fraction and an exponent, as a whole number of so many in one; digits beyond are dropped. */
function wholeOf(text: string, perUnit: bigint, place: string): bigint | undefined {
  if (text === "") return undefined;
  const [, whole, fraction = "", exponent = "0"] =
    /^(\d{1,40})(?:\.(\d{1,40}))?(?:e\+?(\d{1,2}))?$/i.exec(text) ?? [];
  if (whole === undefined) throw malformed(`a number in ${place}, got ${JSON.stringify(text)}`);
  const digits = BigInt(whole + fraction) * perUnit;
  const shift = Number(exponent) - fraction.length;
  return shift >= 0 ? digits * powerOfTen(shift) : digits / powerOfTen(-shift);
}

function powerOfTen(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}

function malformed(expected: string): EvidenceError {
  return new EvidenceError("malformed-file", `expected ${expected}`);
}
