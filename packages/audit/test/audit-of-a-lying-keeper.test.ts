import { audit } from "@standstill/audit";
import {
  formatVerifier,
  generateSigningKey,
  noteVerifier,
  parsePolicy,
  signCheckpoint,
} from "@standstill/record";
import { describe, expect, it } from "vitest";
import {
  entriesOf,
  log,
  logKey,
  opening,
  recordOf,
  said,
  sourceOf,
} from "../../replay/test/world.ts";

const pledge = (sequence: number) =>
  said("aster", "pledge/make", sequence, { mode: "cap", while: { kind: "all", of: [] } });
const entries = entriesOf([...opening, pledge(1)]);
const policy = parsePolicy(`log ${formatVerifier(log)}\nquorum none\n`);

describe("audit", () => {
  it("verifies an honest record, and says that identity was not checked without a policy", async () => {
    const source = sourceOf(recordOf(entries));
    expect(await audit(source)).toMatchObject({
      outcome: "verified",
      identityChecked: false,
      statements: 7,
    });
    expect(await audit(source, { policy })).toMatchObject({
      outcome: "verified",
      identityChecked: true,
    });
  });

  it("a record signed anew by another key agrees with itself, and fails against a policy", async () => {
    const other = generateSigningKey();
    const forged = sourceOf(recordOf(entries, other, noteVerifier(log.name, other.publicKey)));
    expect(await audit(forged)).toMatchObject({
      outcome: "forked-or-truncated",
      place: "checkpoint",
    });
    expect(await audit(forged, { policy })).toMatchObject({
      outcome: "forked-or-truncated",
      place: "checkpoint",
    });
  });

  it("a truncated record is shorter than the checkpoint seen before", async () => {
    const since = recordOf(entries).get("checkpoint") as Uint8Array;
    const shorter = sourceOf(recordOf(entries.slice(0, -1)));
    expect(await audit(shorter, { policy })).toMatchObject({ outcome: "verified" });
    expect(await audit(shorter, { policy, since })).toMatchObject({
      outcome: "forked-or-truncated",
      message: /at least the 7 entries/,
    });
  });

  it("a forked record has other entries under a checkpoint seen before", async () => {
    const since = recordOf(entries).get("checkpoint") as Uint8Array;
    const other = [
      ...entriesOf(opening),
      ...entriesOf([
        said("dune", "pledge/make", 1, { mode: "cap", while: { kind: "all", of: [] } }),
        pledge(1),
      ]),
    ];
    expect(await audit(sourceOf(recordOf(other)), { since })).toMatchObject({
      outcome: "forked-or-truncated",
      message: /forked/,
    });
  });

  it("growth since a checkpoint seen before is fine", async () => {
    const since = recordOf(entries.slice(0, 3)).get("checkpoint") as Uint8Array;
    expect(await audit(sourceOf(recordOf(entries)), { since })).toMatchObject({
      outcome: "verified",
    });
  });

  it("a missing file is named", async () => {
    const files = recordOf(entries);
    for (const path of files.keys()) {
      const fewer = new Map(files);
      fewer.delete(path);
      expect(await audit(sourceOf(fewer))).toMatchObject({
        outcome: "forked-or-truncated",
        place: path,
      });
    }
  });

  it("a file that a record does not have is named", async () => {
    const files = recordOf(entries).set("notes.txt", new Uint8Array(1));
    expect(await audit(sourceOf(files))).toMatchObject({ outcome: "altered", place: "notes.txt" });
  });

  it("evidence that nothing refers to must still have the hash that names it", async () => {
    const path = `blob/${"00".repeat(32)}`;
    const files = recordOf(entries).set(path, new Uint8Array(1));
    expect(await audit(sourceOf(files))).toMatchObject({ outcome: "altered", place: path });
  });

  it("an inadmissible entry convicts the keeper, with its place", async () => {
    const stray = entriesOf([
      ...opening,
      said("aster", "pledge/make", 5, { mode: "cap", while: { kind: "all", of: [] } }),
    ]);
    expect(await audit(sourceOf(recordOf(stray)))).toMatchObject({
      outcome: "keeper-fault",
      place: "entry 6",
      message: /sequence-gap/,
    });
  });

  it("an empty directory and a checkpoint of nothing are no record", async () => {
    expect(await audit(sourceOf(new Map()))).toMatchObject({
      outcome: "forked-or-truncated",
      place: "checkpoint",
    });
    expect(await audit(sourceOf(recordOf([], logKey)))).toMatchObject({
      outcome: "forked-or-truncated",
    });
  });

  it("a signed size of nine quadrillion ends at the first file that is not there, at once", async () => {
    const files = recordOf(entries);
    const bundle = files.get("tile/entries/000.p/7") as Uint8Array;
    const size = Number.MAX_SAFE_INTEGER;
    files.set("tile/entries/000", bundle);
    files.set(
      "checkpoint",
      signCheckpoint({ origin: log.name, size, root: new Uint8Array(32) }, log, logKey),
    );
    const start = Date.now();
    const report = await audit(sourceOf(files));
    expect(report.outcome).not.toBe("verified");
    expect(report.place).toMatch(/^tile\/entries\/000/);
    expect(Date.now() - start).toBeLessThan(30_000);
  });
});
