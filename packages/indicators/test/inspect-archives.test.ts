import { IndicatorError, inspectArchive, parseInspectLog } from "@standstill/indicators";
import fc from "fast-check";
import { strToU8, type Zippable, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { crc32 } from "../src/horizon/crc-32.ts";

const HEADER = { version: 2, status: "success", eval: { model: "m", task: "t", run_id: "r" } };
const sampleOf = (id: number) => ({
  id,
  epoch: 1,
  metadata: { human_minutes: id + 1 },
  scores: { check: { value: "C" } },
  messages: ["a transcript that no run is made of"],
});

function archiveOf(count: number, level: 0 | 6 = 6): Uint8Array {
  const files: Zippable = {
    "_journal/start.json": strToU8("{}"),
    "header.json": strToU8(JSON.stringify(HEADER)),
  };
  for (let id = 0; id < count; id++)
    files[`samples/${id}_epoch_1.json`] = strToU8(JSON.stringify(sampleOf(id)));
  return zipSync(files, { level });
}

const SIGNATURE = 0x02014b50;

/** Places of the entries in an archive's directory. */
function directoryOf(archive: Uint8Array): number[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  return Array.from({ length: archive.length - 46 }, (_, at) => at).filter(
    (at) => view.getUint32(at, true) === SIGNATURE,
  );
}

/** Code of what is refused; anything but a typed error is a failure. */
function codeOf(archive: Uint8Array): string {
  try {
    inspectArchive(archive, "log.eval");
    return "taken";
  } catch (error) {
    if (!(error instanceof IndicatorError)) throw error;
    expect(error.place).toContain("log.eval");
    return error.code;
  }
}

describe("an archive of an Inspect log", () => {
  it.each([0, 6] as const)("is what its JSON is, whatever was packed how (level %i)", (level) => {
    const text = JSON.stringify({ ...HEADER, samples: [0, 1, 2].map(sampleOf) });
    expect(inspectArchive(archiveOf(3, level), "log.eval")).toEqual(
      parseInspectLog(text, "log.json"),
    );
  });

  it("keeps nothing of a sample but what a run is made of", () => {
    expect(JSON.stringify(inspectArchive(archiveOf(2), "log.eval"))).not.toContain("transcript");
  });

  it("any byte that is changed is refused, or changes nothing that is read", () => {
    const archive = archiveOf(2);
    const whole = inspectArchive(archive, "log.eval");
    const change = fc.tuple(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(change, ([at, by]) => {
        const bent = Uint8Array.from(archive);
        bent[at] = (bent[at] ?? 0) ^ by;
        let read: unknown;
        try {
          read = inspectArchive(bent, "log.eval");
        } catch (error) {
          expect(error).toBeInstanceOf(IndicatorError);
          return;
        }
        // A sample whose name no longer is one is left out; none is read otherwise than it was written.
        expect(whole).toMatchObject({ ...(read as object), samples: expect.any(Array) });
        for (const sample of (read as typeof whole).samples ?? [])
          expect(whole.samples).toContainEqual(sample);
      }),
      { numRuns: 400 },
    );
  });

  it("any bytes end in a typed error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(codeOf(bytes)).toBe("malformed-data");
      }),
    );
    const archive = archiveOf(2);
    for (let length = 0; length < archive.length; length += 7)
      expect(codeOf(archive.subarray(0, length))).toBe("malformed-data");
  });

  it("what it declares is held against bounds before anything is unpacked", () => {
    const archive = archiveOf(1);
    const [first = 0] = directoryOf(archive);
    const view = new DataView(archive.buffer, archive.byteOffset);
    view.setUint32(first + 24, (64 << 20) + 1, true);
    expect(codeOf(archive)).toBe("too-large");
    view.setUint32(first + 24, 64 << 20, true);
    expect(codeOf(archive)).not.toBe("too-large");
  });

  it("an entry that unpacks to another length than it declares is refused", () => {
    for (const by of [-1, 1]) {
      const archive = archiveOf(1);
      const at = directoryOf(archive).at(-1) ?? 0;
      const view = new DataView(archive.buffer, archive.byteOffset);
      view.setUint32(at + 24, view.getUint32(at + 24, true) + by, true);
      expect(codeOf(archive)).toBe("malformed-data");
    }
  });

  it("two entries of one name are refused: which of them counts, nobody knows", () => {
    const archive = archiveOf(2);
    const last = directoryOf(archive).at(-1) ?? 0;
    archive[last + 46 + "samples/".length] = "0".charCodeAt(0);
    expect(codeOf(archive)).toBe("malformed-data");
  });

  it("one without a header is none", () => {
    expect(codeOf(zipSync({ "samples/0.json": strToU8("{}") }))).toBe("malformed-data");
    expect(codeOf(zipSync({ "header.json": strToU8("{") }))).toBe("malformed-data");
  });
});

describe("CRC-32", () => {
  it("gives the check value of the catalogue of parametrised CRC algorithms", () => {
    expect(crc32(strToU8("123456789"))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});
