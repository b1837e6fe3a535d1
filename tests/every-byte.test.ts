import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { audit } from "@standstill/audit";
import { parsePolicy, textOf } from "@standstill/record";
import { describe, expect, inject, it } from "vitest";
import { filesOf, sourceOf } from "./support/files.ts";

const directory = inject("exampleDirectory");
const files = await filesOf(join(directory, "record"));
const policy = parsePolicy(textOf(new Uint8Array(await readFile(join(directory, "policy")))));
const MOST_OFFSETS = 60;
/** All eight bits of every byte of the checkpoint: loose bits of base64 and names of signers hide in single ones. */
const BITS = [1, 2, 4, 8, 16, 32, 64, 128];

/** Every byte of a small file; of a large one the first, the last, and others spread over it. */
function offsetsOf(length: number): number[] {
  const step = Math.max(1, Math.floor(length / MOST_OFFSETS));
  return [
    ...new Set([
      ...Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step),
      length - 1,
    ]),
  ];
}

describe("flipping any one byte of any file of the record makes the audit fail and name the place", () => {
  it.each([...files.keys()])("%s", async (path) => {
    const bytes = files.get(path) as Uint8Array;
    for (const offset of path === "checkpoint" ? bytes.keys() : offsetsOf(bytes.length)) {
      for (const mask of path === "checkpoint" ? BITS : [0x01]) {
        const bent = bytes.slice();
        bent[offset] = (bent[offset] as number) ^ mask;
        const report = await audit(sourceOf(new Map(files).set(path, bent)), { policy });
        expect(report.outcome, `byte ${offset} of ${path}`).not.toBe("verified");
        expect(report.place, `byte ${offset} of ${path}: ${report.message}`).toBeDefined();
      }
    }
  });

  it("where the terms name keys of the log and its witnesses, too", async () => {
    const path = [...files.keys()].findLast((name) => name.startsWith("tile/entries/")) as string;
    const bytes = files.get(path) as Uint8Array;
    const text = Buffer.from(bytes).toString("latin1");
    const [, payload = ""] = /"payload":"([A-Za-z0-9+/=]+)"/.exec(text) ?? [];
    const inside = Buffer.from(payload, "base64").toString("latin1");
    const keys = [...inside.matchAll(/\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}/g)];
    expect(keys.length).toBeGreaterThan(2);
    const start = text.indexOf(payload);
    for (const { index, 0: whole } of keys)
      for (
        let place = Math.floor((index * 4) / 3);
        place < ((index + whole.length) * 4) / 3;
        place++
      )
        for (const mask of BITS) {
          // Four characters of the payload are three of what they say.
          const bent = bytes.slice();
          bent[start + place] = (bent[start + place] as number) ^ mask;
          const report = await audit(sourceOf(new Map(files).set(path, bent)), { policy });
          expect(report.outcome).not.toBe("verified");
          expect(report.place, report.message).toBeDefined();
        }
  });

  it("cutting and lengthening any file too", async () => {
    for (const [path, bytes] of files) {
      for (const other of [bytes.slice(0, -1), new Uint8Array([...bytes, 0]), new Uint8Array(0)]) {
        const report = await audit(sourceOf(new Map(files).set(path, other)), { policy });
        expect(report.outcome, path).not.toBe("verified");
        expect(report.place, path).toBeDefined();
      }
    }
  });
});
