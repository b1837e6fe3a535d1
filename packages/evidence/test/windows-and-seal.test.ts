import {
  decodeEvidence,
  encodeEvidence,
  ReadingsBuilder,
  sealEvidence,
  totalEnergyMillijoules,
  windowsOf,
} from "@standstill/evidence";
import { equalBytes } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";

const WINDOW_MS = 4000;
const period = { startMs: 0, endMs: 40_000 };
const devices = ["node-01", "node-02"];

const readingsArbitrary = fc.array(
  fc.tuple(
    fc.constantFrom(...devices),
    fc.integer({ min: 0, max: 39_999 }),
    fc.integer({ min: 0, max: 10_000_000 }),
  ),
  { maxLength: 60 },
);

function build(rows: readonly (readonly [string, number, number])[]) {
  const builder = new ReadingsBuilder();
  for (const [device, time, power] of rows) builder.add(device, time, power);
  return builder.build();
}

const evidenceOf = (rows: readonly (readonly [string, number, number])[]) => ({
  salt: "07".repeat(32),
  windows: windowsOf(build(rows), devices, period, WINDOW_MS),
  jobs: undefined,
  counters: [],
  logs: [],
});

describe("windows", () => {
  it("do not depend on the order in which readings arrive, nor on duplicates", () => {
    fc.assert(
      fc.property(readingsArbitrary, fc.nat(), (rows, seed) => {
        const shuffled = [...rows, ...rows.slice(0, seed % 5)].sort(
          (a, b) => ((a[1] * 31 + seed) % 97) - ((b[1] * 31 + seed) % 97),
        );
        expect(windowsOf(build(shuffled), devices, period, WINDOW_MS)).toEqual(
          evidenceOf(rows).windows,
        );
      }),
    );
  });

  it("carry no energy across a gap: one silent minute is not filled in", () => {
    const rows: [string, number, number][] = [
      ["node-01", 0, 5_000_000],
      ["node-01", 2000, 5_000_000],
      ["node-01", 38_000, 5_000_000],
    ];
    expect(totalEnergyMillijoules(evidenceOf(rows).windows)).toBe(10_000_000n);
  });
});

describe("evidence bytes", () => {
  it("round-trip, and refuse truncation and additions", () => {
    fc.assert(
      fc.property(readingsArbitrary, (rows) => {
        const evidence = evidenceOf(rows);
        const bytes = encodeEvidence(evidence);
        expect(decodeEvidence(bytes)).toEqual(evidence);
        expect(() => decodeEvidence(bytes.slice(0, -1))).toThrow();
        expect(() => decodeEvidence(new Uint8Array([...bytes, 0]))).toThrow();
      }),
      { numRuns: scaled(30) },
    );
  });
});

describe("the seal", () => {
  it("binds the sum of all energies", () => {
    fc.assert(
      fc.property(readingsArbitrary, (rows) => {
        const evidence = evidenceOf(rows);
        expect(sealEvidence(evidence).energyMillijoules).toBe(
          totalEnergyMillijoules(evidence.windows),
        );
      }),
    );
  });

  it("changes with any window, any energy, and the salt", () => {
    const evidence = evidenceOf([
      ["node-01", 1000, 5_000_000],
      ["node-01", 2000, 6_000_000],
    ]);
    const root = sealEvidence(evidence).root;
    for (const column of ["readings", "powerMilliwatts", "energyMillijoules"] as const) {
      for (const cell of [0, 9, 19]) {
        const bent = decodeEvidence(encodeEvidence(evidence));
        (bent.windows as NonNullable<typeof bent.windows>)[column][cell] = 77;
        expect(sealEvidence(bent).root).not.toBe(root);
      }
    }
    expect(sealEvidence({ ...evidence, salt: "08".repeat(32) }).root).not.toBe(root);
    expect(equalBytes(encodeEvidence(evidence), encodeEvidence({ ...evidence }))).toBe(true);
  });
});
