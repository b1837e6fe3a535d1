import { readFileSync } from "node:fs";
import { parseCatalogue } from "@standstill/evidence/formats";
import { describe, expect, it } from "vitest";

const csv = readFileSync(new URL("../../../data/epoch/ml_hardware.csv", import.meta.url), "utf8");
const catalogue = parseCatalogue(csv);

describe("Epoch AI's table of machine learning hardware", () => {
  it("175 accelerators, with dense peaks as their makers tell them", () => {
    expect(catalogue.accelerators).toHaveLength(175);
    expect(catalogue.find("h100-sxm5")).toMatchObject({
      name: "NVIDIA H100 SXM5 80GB",
      peak: { bf16: 989_400_000_000_000n },
      memoryBytes: 80_000_000_000n,
      tdpMilliwatts: 700_000n,
    });
    expect(catalogue.find("TPU-v7")?.peak).toMatchObject({ bf16: 2_307_000_000_000_000n });
  });

  it("a blank cell is unknown and never zero: the H100's FP8 peak is not in the table", () => {
    expect(catalogue.find("h100")?.peak).not.toHaveProperty("fp8");
    expect(catalogue.find("ascend-910b")?.peak).not.toHaveProperty("bf16");
    for (const { peak, memoryBytes, tdpMilliwatts } of catalogue.accelerators) {
      expect([...Object.values(peak), memoryBytes, tdpMilliwatts]).not.toContain(0n);
    }
  });

  it("names that drivers and declarations use lead to one accelerator each", () => {
    const same = ["NVIDIA H100 80GB HBM3", "h100-sxm5", "H100", "NVIDIA H100 SXM5 80GB"];
    expect(new Set(same.map((name) => catalogue.find(name)?.name)).size).toBe(1);
    expect(catalogue.find("NVIDIA A100-SXM4-40GB")?.name).not.toBe(catalogue.find("a100")?.name);
    expect(catalogue.find("h9000")).toBeUndefined();
  });

  it("another byte is another catalogue, and a broken cell is refused with its place", () => {
    expect(parseCatalogue(csv.replace(",800.0,", ",801.0,")).sha256).not.toBe(catalogue.sha256);
    expect(() => parseCatalogue(csv.replace("600000000000000.0", "many"))).toThrow(/row 2.*many/);
  });
});
