import { readFileSync } from "node:fs";
import { acceleratorSeconds, parseSlurm } from "@standstill/evidence";
import { describe, expect, it } from "vitest";

const read = (name: string) =>
  readFileSync(new URL(`../../../data/slurm/${name}`, import.meta.url), "utf8");

describe("Slurm 22.05 accounting of five jobs", () => {
  it.each(["sacct_parsable2.txt", "sacct.json"])(
    "%s gives 2×27 + 1×20 + 1×8 + 1×5 + 2×12 = 111 accelerator-seconds",
    (name) => {
      const jobs = parseSlurm(read(name));
      expect(jobs.map((job) => job.state)).toEqual([
        "COMPLETED",
        "COMPLETED",
        "COMPLETED",
        "FAILED",
        "CANCELLED",
      ]);
      expect(acceleratorSeconds(jobs)).toBe(111);
    },
  );

  it("both renderings give the same jobs", () => {
    expect(parseSlurm(read("sacct.json"))).toEqual(parseSlurm(read("sacct_parsable2.txt")));
  });

  it("typed and untyped accelerators of one job are not added", () => {
    expect(parseSlurm(read("sacct_parsable2.txt"))[0]?.accelerators).toBe(2);
  });

  it.each([
    ["no such column", "JobIDRaw|State\n1|COMPLETED"],
    [
      "a shifted row",
      "JobIDRaw|Account|State|Start|End|AllocTRES\n1|a|COMPLETED|2026-11-21T21:04:36",
    ],
    [
      "a time with a zone",
      "JobIDRaw|Account|State|Start|End|AllocTRES\n1|a|COMPLETED|2026-11-21T21:04:36Z|2026-11-21T21:05:00|cpu=1",
    ],
    [
      "a negative count",
      "JobIDRaw|Account|State|Start|End|AllocTRES\n1|a|C|2026-11-21T21:04:36|2026-11-21T21:04:37|gres/gpu=-2",
    ],
    ["torn JSON", '{"jobs":['],
    ["JSON without jobs", "{}"],
  ])("refused: %s", (_name, text) => {
    expect(() => parseSlurm(text)).toThrow(expect.objectContaining({ name: "EvidenceError" }));
  });
});
