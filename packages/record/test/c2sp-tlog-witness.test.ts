import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkSplitView,
  concatBytes,
  cosignerOf,
  formatAddCheckpoint,
  fromBase64,
  MerkleTree,
  noteVerifier,
  openNote,
  parseAddCheckpoint,
  sha256,
  signCheckpoint,
  signingKey,
  toBase64,
  toHex,
  utf8,
} from "@standstill/record";
import { localDisk, Witness } from "@standstill/record/files";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

const key = signingKey(new Uint8Array(32).fill(1));
const log = noteVerifier("log.example/test", key.publicKey);
const stranger = signingKey(new Uint8Array(32).fill(7));
const witnessKey = signingKey(new Uint8Array(32).fill(2));
let directory: string;
let witness: Witness;
let now: number;

const openWitness = (disk = localDisk) =>
  Witness.open({
    name: "witness.example/one",
    key: witnessKey,
    logs: [log],
    directory,
    disk,
    now: () => now,
  });

beforeEach(async () => {
  now = 1_800_000_000;
  directory = await mkdtemp(join(tmpdir(), "standstill-witness-"));
  witness = await openWitness();
});
afterEach(async () => {
  await witness.close();
  await rm(directory, { recursive: true });
});

const treeOf = (names: readonly string[]) => {
  const tree = new MerkleTree();
  for (const name of names) tree.append(utf8(name));
  return tree;
};
const tree = treeOf(["a", "b", "c", "d", "e", "f"]);
const fork = treeOf(["a", "b", "c", "x", "y", "z"]);
const noteOf = (from: MerkleTree, size: number, verifier = log, signer = key) =>
  signCheckpoint({ origin: verifier.name, size, root: from.root(size) }, verifier, signer);
const ask = (old: number, proof: readonly Uint8Array[], note: Uint8Array) =>
  witness.addCheckpoint(formatAddCheckpoint({ old, proof, note }));
const grow = (from: MerkleTree, old: number, size: number) =>
  ask(old, from.consistencyProof(old, size), noteOf(from, size));

describe("c2sp.org/tlog-witness, add-checkpoint", () => {
  it("200: a cosignature line with the time, and the checkpoint is served from then on", async () => {
    const answer = await grow(tree, 0, 4);
    expect(answer.status).toBe(200);
    const note = concatBytes(noteOf(tree, 4), utf8(answer.body));
    expect(openNote(note, [log, witness.verifier]).verified).toHaveLength(2);
    const origin = toHex(sha256(utf8(log.name)));
    expect(witness.checkpoint(origin)).toEqual(note);
    expect(witness.checkpoint(toHex(sha256(utf8("other"))))).toBeUndefined();
  });

  it("200: the same checkpoint again is cosigned again", async () => {
    await grow(tree, 0, 4);
    now += 60;
    expect((await grow(tree, 4, 4)).status).toBe(200);
  });

  it("404: a log that is not known", async () => {
    const other = noteVerifier("log.example/other", stranger.publicKey);
    expect(await ask(0, [], noteOf(tree, 2, other, stranger))).toMatchObject({ status: 404 });
  });

  it("403: no signature by the log's key, and a wrong one under its name", async () => {
    const impostor = noteVerifier(log.name, stranger.publicKey);
    expect(await ask(0, [], noteOf(tree, 2, impostor, stranger))).toMatchObject({ status: 403 });
    const [text, line] = new TextDecoder().decode(noteOf(tree, 2)).split("\n\n") as [
      string,
      string,
    ];
    const bent = fromBase64(line.trimEnd().split(" ")[2] as string);
    bent[20] = (bent[20] as number) ^ 1;
    const note = utf8(`${text}\n\n— ${log.name} ${toBase64(bent)}\n`);
    expect(await ask(0, [], note)).toMatchObject({ status: 403 });
  });

  it("400: an old size beyond the checkpoint, before anything about what is stored", async () => {
    expect(await ask(5, [], noteOf(tree, 4))).toMatchObject({ status: 400 });
  });

  it("409 with the stored size: another old size", async () => {
    await grow(tree, 0, 4);
    expect(await ask(3, tree.consistencyProof(3, 6), noteOf(tree, 6))).toEqual({
      status: 409,
      contentType: "text/x.tlog.size",
      body: "4\n",
    });
    expect(await ask(0, [], noteOf(tree, 6))).toMatchObject({ status: 409, body: "4\n" });
  });

  it("422: a bad proof, a proof from nothing, another root of the same size, a root of an empty tree", async () => {
    const [hash] = tree.consistencyProof(4, 6) as [Uint8Array];
    expect(await ask(0, [hash], noteOf(tree, 4))).toMatchObject({ status: 422 });
    const empty = { origin: log.name, size: 0, root: tree.root(1) };
    expect(await ask(0, [], signCheckpoint(empty, log, key))).toMatchObject({ status: 422 });
    await grow(tree, 0, 4);
    expect(await ask(4, [], noteOf(tree, 6))).toMatchObject({ status: 422 });
    expect(await grow(fork, 4, 6)).toMatchObject({ status: 422 });
    expect(await ask(4, [], noteOf(fork, 4))).toMatchObject({ status: 422 });
  });

  it("400: bytes that are no request", async () => {
    for (const text of [
      "",
      "old 1",
      "old x\n\n",
      "old 01\n\nnote",
      "new 1\n\n",
      "old 1\nzz\n\nnote",
    ]) {
      expect(await witness.addCheckpoint(utf8(text))).toMatchObject({ status: 400 });
    }
  });

  it("503 rather than a time before the one it said last", async () => {
    await grow(tree, 0, 4);
    now -= 1;
    expect(await grow(tree, 4, 6)).toMatchObject({ status: 503 });
    now += 1;
    expect(await grow(tree, 4, 6)).toMatchObject({ status: 200 });
  });

  it("503 while it cannot store what it saw: it signs nothing that a restart would forget", async () => {
    await witness.close();
    let isFull = true;
    const rename: typeof localDisk.rename = async (from, to) => {
      if (isFull) throw new Error("no space left");
      await localDisk.rename(from, to);
    };
    witness = await openWitness({ ...localDisk, rename });
    const refused = await ask(0, [], noteOf(tree, 2));
    expect(refused.status).toBe(503);
    expect(refused.body).not.toContain("\u2014 witness.example/one");
    expect(witness.checkpoint(toHex(sha256(utf8(log.name))))).toBeUndefined();
    isFull = false;
    expect((await ask(0, [], noteOf(tree, 2))).status).toBe(200);
  });

  it("after a restart it remembers, and a second process is refused", async () => {
    await grow(tree, 0, 4);
    await expect(openWitness()).rejects.toMatchObject({ code: "store-locked" });
    await witness.close();
    witness = await openWitness();
    expect(await grow(fork, 4, 6)).toMatchObject({ status: 422 });
    expect(await grow(tree, 4, 6)).toMatchObject({ status: 200 });
  });

  it("requests at the same moment are answered one after the other: one history wins", async () => {
    const answers = await Promise.all([grow(tree, 0, 6), grow(fork, 0, 6)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
  });

  it("a fork is kept, over a restart, and convicts the log by itself", async () => {
    await grow(tree, 0, 4);
    for (let i = 0; i < 3; i++) await grow(fork, 4, 4);
    expect(witness.forks).toHaveLength(1);
    await witness.close();
    witness = await openWitness();
    const [evidence] = witness.forks;
    expect(checkSplitView(evidence as NonNullable<typeof evidence>, log)).toHaveLength(2);
  });

  it("any request is written and read alike", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
        (old, proof) => {
          const note = noteOf(tree, 4);
          const parsed = parseAddCheckpoint(formatAddCheckpoint({ old, proof, note }));
          expect(parsed.old).toBe(old);
          expect(parsed.proof.map(toHex)).toEqual(proof.map(toHex));
          expect(toHex(parsed.note)).toBe(toHex(note));
        },
      ),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(codeOf(() => parseAddCheckpoint(bytes))).not.toBe("accepted");
      }),
    );
  });
});

describe("the log's side", () => {
  const cosigner = () => cosignerOf(witness.verifier, (request) => witness.addCheckpoint(request));

  it("learns what the witness has seen, and proves growth from there", async () => {
    await grow(tree, 0, 3);
    const line = await cosigner().cosign(noteOf(tree, 6), async (old) =>
      tree.consistencyProof(old, 6),
    );
    expect(line).toContain("witness.example/one");
  });

  it("finds out that it was set back", async () => {
    await grow(tree, 0, 6);
    await expect(
      cosigner().cosign(noteOf(tree, 4), async (old) => tree.consistencyProof(old, 4)),
    ).rejects.toThrow(/6 entries that witness.example\/one has seen, got 4/);
  });

  it("does not take another history for growth", async () => {
    await grow(tree, 0, 4);
    await expect(
      cosigner().cosign(noteOf(fork, 6), async (old) => fork.consistencyProof(old, 6)),
    ).rejects.toMatchObject({ code: "witness-refused" });
  });
});
