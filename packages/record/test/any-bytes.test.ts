import {
  cosign,
  cosignerVerifier,
  decodeBundle,
  decodeEntry,
  decodeEnvelope,
  encodeBundle,
  encodeEnvelope,
  formatAddCheckpoint,
  formatCoseReceipt,
  formatTlogProof,
  formatVerifier,
  leafHash,
  MerkleTree,
  noteVerifier,
  openNote,
  parseAddCheckpoint,
  parseCheckpoint,
  parseCoseReceipt,
  parseNote,
  parsePolicy,
  parseSplitView,
  parseTlogProof,
  parseVerifier,
  RecordError,
  type RecordSource,
  readEntries,
  receiptMessage,
  sameSizeSplitView,
  sign,
  signCheckpoint,
  signingKey,
  signStatement,
  TileTree,
  textOf,
  tileHashes,
  tilePath,
  tilesOfSize,
  utf8,
} from "@standstill/record";
import { readKey } from "@standstill/record/files";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { Journal } from "../src/store/journal.ts";
import { CrashingDisk } from "./crashing-disk.ts";

const key = signingKey(new Uint8Array(32).fill(1));
const log = noteVerifier("log.example/test", key.publicKey);
const witnessKey = signingKey(new Uint8Array(32).fill(2));
const witness = cosignerVerifier("witness.example/one", witnessKey);
const entries = Array.from({ length: 5 }, (_, i) => utf8(`entry ${i}`));
const tree = new MerkleTree();
for (const entry of entries) tree.append(entry);
const checkpoint = { origin: log.name, size: 5, root: tree.root() };
const note = signCheckpoint(checkpoint, log, key);
const { text } = parseNote(note);
const cosigned = utf8(textOf(note) + cosign(text, witness.name, witnessKey, 1_800_000_000));
const signed = signStatement(
  {
    type: "run/declare",
    version: 1,
    agreement: "00".repeat(32),
    issuer: "aster",
    sequence: 0,
    issuedAt: "2026-06-04T12:00:00.000Z",
    body: { run: "aster/one" },
  },
  key,
);
const envelope = encodeEnvelope(signed.envelope);
const policy = `log ${formatVerifier(log)}\nwitness one ${formatVerifier(witness)}\nquorum one\n`;
const receipt = formatCoseReceipt(
  checkpoint,
  2,
  tree.inclusionProof(2),
  sign(key, receiptMessage(tree.root(), key.publicKey)),
  key.publicKey,
);
const otherNote = signCheckpoint({ ...checkpoint, root: leafHash(utf8("other")) }, log, key);

/** Every reader of bytes that come from outside, with bytes that it accepts. */
const readers: [string, Uint8Array, (bytes: Uint8Array) => unknown][] = [
  ["a note", cosigned, parseNote],
  ["a signed note", cosigned, (bytes) => openNote(bytes, [log, witness])],
  ["a checkpoint", utf8(text), (bytes) => parseCheckpoint(textOf(bytes))],
  ["a verifier key", utf8(formatVerifier(log)), (bytes) => parseVerifier(textOf(bytes))],
  ["a policy", utf8(policy), (bytes) => parsePolicy(textOf(bytes))],
  ["an entry bundle", encodeBundle(entries), (bytes) => decodeBundle(bytes, 5)],
  ["an entry", envelope, decodeEntry],
  ["an envelope", envelope, decodeEnvelope],
  [
    "a proof of inclusion",
    formatTlogProof({ index: 2, hashes: tree.inclusionProof(2), checkpoint: cosigned }),
    parseTlogProof,
  ],
  ["a COSE receipt", receipt, parseCoseReceipt],
  [
    "a witness's request",
    formatAddCheckpoint({ old: 2, proof: tree.consistencyProof(2), note }),
    parseAddCheckpoint,
  ],
  [
    "evidence of a split view",
    utf8(JSON.stringify(sameSizeSplitView(note, otherNote, log))),
    parseSplitView,
  ],
  ["a key file", utf8(`${"00".repeat(31)}07`), (bytes) => readKey(bytes)],
];

/** Bytes with some changed, cut out, doubled or put in. */
function bent(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(Math.max(0, good.length - 1)),
    cut: fc.nat(4),
    put: fc.uint8Array({ maxLength: 4 }),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Uint8Array>(
        (bytes, { at, cut, put }) =>
          Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)]),
        good,
      ),
    );
}

function endsWell(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
  }
}

describe.each(readers)("any bytes in place of %s", (_name, good, read) => {
  it("are read, or end in a typed error", () => {
    expect(() => read(good)).not.toThrow();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => endsWell(() => read(bytes))),
      {
        numRuns: scaled(200),
      },
    );
    fc.assert(
      fc.property(bent(good), (bytes) => endsWell(() => read(bytes))),
      { numRuns: scaled(400) },
    );
  });
});

describe("any bytes in place of a file", () => {
  const files = new Map<string, Uint8Array>();
  for (const tile of tilesOfSize(5)) {
    files.set(
      tilePath(tile),
      tile.level === "entries" ? encodeBundle(entries) : tileHashes(tree, tile),
    );
  }

  it.each([...files.keys()])("%s is refused with its place, or was not changed", async (path) => {
    const good = files.get(path) as Uint8Array;
    await fc.assert(
      fc.asyncProperty(bent(good), async (bytes) => {
        const source: RecordSource = {
          read: async (asked) => (asked === path ? bytes : files.get(asked)),
        };
        try {
          const found = await readEntries(await TileTree.open(source, checkpoint));
          expect(found.map(textOf)).toEqual(entries.map(textOf));
        } catch (error) {
          expect(error).toBeInstanceOf(RecordError);
        }
      }),
      { numRuns: scaled(200) },
    );
  });

  it("the journal gives whole batches in order, or is refused", async () => {
    const disk = new CrashingDisk();
    const journal = new Journal(disk, "/journal");
    await journal.open();
    for (const [i, entry] of entries.entries())
      await journal.append({ first: i, entries: [entry] });
    await journal.close();
    const [name] = await disk.list("/journal");
    const path = `/journal/${name}`;
    const good = (await disk.read(path)) as Uint8Array;
    await fc.assert(
      fc.asyncProperty(bent(good), async (bytes) => {
        const other = new CrashingDisk();
        await other.makeDirectory("/journal");
        other.plant(path, bytes);
        try {
          const batches = await new Journal(other, "/journal").open();
          for (const [i, { first, entries: found }] of batches.entries()) {
            expect([first, ...found.map(textOf)]).toEqual([i, `entry ${i}`]);
          }
        } catch (error) {
          expect(error).toMatchObject({ code: "store-altered" });
        }
      }),
      { numRuns: scaled(300) },
    );
  });
});
