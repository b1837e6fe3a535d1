import { readFileSync } from "node:fs";
import { EvidenceError, parseRemoteWrite } from "@standstill/evidence";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const read = (name: string) =>
  new Uint8Array(
    readFileSync(
      new URL(`../../../data/prometheus/remote_write_v1_${name}.snappy`, import.meta.url),
    ),
  );

describe("requests captured from Prometheus 2.42", () => {
  it("500 series with one sample each, every one named and labelled", () => {
    const { series } = parseRemoteWrite(read("samples_001"));
    expect(series).toHaveLength(500);
    expect(series.every((one) => one.values.length === 1 && one.labels.has("__name__"))).toBe(true);
    expect(series.every((one) => (one.timeMs[0] as number) > 1.7e12)).toBe(true);
  });

  it("24 series in the small one; 283 families and no series in the metadata one", () => {
    expect(parseRemoteWrite(read("samples_small_004")).series).toHaveLength(24);
    expect(parseRemoteWrite(read("metadata_002"))).toEqual({ series: [], metadataFamilies: 283 });
  });
});

describe("hostile bodies", () => {
  it("a declared length of 4 GB is refused before anything is unpacked", () => {
    expect(() => parseRemoteWrite(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0))).toThrow(
      /at most 33554432/,
    );
  });

  it("every truncation and every random change ends in a typed error or a request, never in anything else", () => {
    const body = read("samples_small_004");
    fc.assert(
      fc.property(
        fc.nat(body.length - 1),
        fc.nat(body.length - 1),
        fc.integer({ min: 1, max: 255 }),
        (cut, at, mask) => {
          const bent = body.slice();
          bent[at] = (bent[at] as number) ^ mask;
          for (const bytes of [body.slice(0, cut), bent]) {
            try {
              parseRemoteWrite(bytes);
            } catch (error) {
              expect(error).toBeInstanceOf(EvidenceError);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
