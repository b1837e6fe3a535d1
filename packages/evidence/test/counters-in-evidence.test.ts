import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CounterWindows,
  decodeEvidence,
  EvidenceError,
  emptyCounter,
  encodeEvidence,
  type SiteEvidence,
  sealEvidence,
} from "@standstill/evidence";
import { readBundle, siteEvidenceOffline } from "@standstill/evidence/bundle";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";

const grid = { startMs: 0, windowMs: 60_000, count: 90 };

function evidenceOf(values: readonly number[]): SiteEvidence {
  const counter = emptyCounter("network-sent", ["node-1", "node-2/gpu-0"], grid);
  for (const [i, value] of values.entries()) {
    counter.values[i] = value;
    counter.readings[i] = 1 + (i % 7);
  }
  const still = emptyCounter("tensor-activity", ["node-1"], grid);
  return {
    salt: "07".repeat(32),
    windows: undefined,
    jobs: [],
    counters: [counter, still],
    logs: [],
  };
}

const amounts = fc.array(fc.maxSafeNat(), { maxLength: 180 });

describe("counters in the evidence of a period", () => {
  it("round-trip, up to the largest whole number of a double, and refuse what is longer or shorter", () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const evidence = evidenceOf(values);
        const bytes = encodeEvidence(evidence);
        expect(decodeEvidence(bytes)).toEqual(evidence);
        expect(() => decodeEvidence(bytes.slice(0, -1))).toThrow(EvidenceError);
        expect(() => decodeEvidence(new Uint8Array([...bytes, 0]))).toThrow(EvidenceError);
      }),
      { numRuns: scaled(30) },
    );
  });

  it("any bent byte ends in other evidence or in a typed error", () => {
    const bytes = encodeEvidence(evidenceOf([1, 2, Number.MAX_SAFE_INTEGER]));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const bent = bytes.slice();
        bent[at] = (bent[at] as number) ^ mask;
        try {
          for (const { values } of decodeEvidence(bent).counters)
            for (const value of values) expect(Number.isSafeInteger(value)).toBe(true);
        } catch (error) {
          expect((error as Error).name).toMatch(/^(Evidence|Record)Error$/);
        }
      }),
    );
  });

  it("are sealed: every value, every number of readings and the quantity change the root", () => {
    const { root } = sealEvidence(evidenceOf([5, 6]));
    const bend = (change: (counter: CounterWindows) => CounterWindows) => {
      const evidence = evidenceOf([5, 6]);
      const [first, ...rest] = evidence.counters as [CounterWindows, CounterWindows];
      return sealEvidence({ ...evidence, counters: [change(first), ...rest] }).root;
    };
    for (const cell of [0, 61, 179]) {
      expect(bend((one) => ({ ...one, values: one.values.with(cell, 77) }))).not.toBe(root);
      expect(bend((one) => ({ ...one, readings: one.readings.with(cell, 77) }))).not.toBe(root);
    }
    expect(bend((one) => ({ ...one, quantity: "network-received" }))).not.toBe(root);
    expect(bend((one) => one)).toBe(root);
  });
});

describe("a bundle with counters and what others measured", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-bundle-"));
    const lines = ["time,device,tensor,watts"];
    for (let i = 0; i < 20; i++) {
      const time = 1_700_000_000_000 + i * 30_000;
      lines.push(`${time},node-1,,${5000 + i}`, `${time},node-1/gpu-0,0.5,`, `${time},node-9,,100`);
    }
    await writeFile(join(directory, "counters.csv"), lines.join("\n"));
    await writeFile(
      join(directory, "bundle.yaml"),
      `party: made
site: made/site
title: Made
place: { latitude: "50.1", longitude: "-8.25" }
nodes: { devices: [node-1], accelerator: h100-sxm5, accelerators: 8 }
period: { start: 2023-11-14T22:13:00.000Z, end: 2023-11-14T22:24:00.000Z }
feeds:
  - kind: counters
    format: table
    file: counters.csv
    map:
      time: { column: time, unit: ms }
      device: { column: device }
      readings:
        - { column: tensor, quantity: tensor-activity, scale: 1000000 }
        - { column: watts, quantity: power, scale: 1000 }
measurements:
  - by: other
    measured: [{ kind: energy, meter: other/utility, energy: 3e6 J, random: 0 J, systematic: 1e4 J }]
runs: []
`,
    );
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("takes power of nodes as power, of devices that nobody declared too, and the rest as counters", async () => {
    const bundle = await readBundle(directory);
    const { windows, counters } = siteEvidenceOffline(bundle, 60_000, "00".repeat(32));
    expect(windows?.devices).toEqual(["node-1", "node-9"]);
    expect(windows?.powerMilliwatts[0]).toBe(5_000_500);
    expect(counters.map(({ quantity, devices }) => [quantity, devices])).toEqual([
      ["tensor-activity", ["node-1/gpu-0"]],
    ]);
    const [counter] = counters as readonly [CounterWindows];
    expect([...counter.values].filter((value) => value === 500_000).length).toBeGreaterThan(9);
    expect(bundle.measurements).toEqual([
      {
        by: "other",
        body: {
          of: "made/site",
          period: bundle.period,
          measured: [
            expect.objectContaining({ kind: "energy", energy: "3000000 J", systematic: "10000 J" }),
          ],
        },
      },
    ]);
    expect(bundle.site.place).toEqual({ latitude: "50.1", longitude: "-8.25" });
  });
});
