import {
  checkInclusion,
  keySigner,
  leafHash,
  noteVerifier,
  openLog,
  readEntries,
  Sequencer,
  signingKey,
  utf8,
} from "@standstill/record";
import { openBucketStore } from "@standstill/record/files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imitateBucket } from "./bucket.ts";

const key = signingKey(new Uint8Array(32).fill(1));
const verifier = noteVerifier("log.example/test", key.publicKey);
const real = process.env.STANDSTILL_BUCKET_URL;
if (real === undefined) {
  console.warn(
    "No STANDSTILL_BUCKET_URL: the log in a bucket was tried on an imitation, not on a real one.",
  );
}

let bucket: Awaited<ReturnType<typeof imitateBucket>>;
let url: string;
beforeEach(async () => {
  bucket = await imitateBucket();
  url = real === undefined ? bucket.url : `${real}/${globalThis.crypto.randomUUID()}`;
});
afterEach(() => bucket.close());

const openStore = (timeoutMs = 10_000) =>
  openBucketStore({
    url,
    region: process.env.AWS_REGION ?? "us-east-1",
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "nobody",
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "nothing",
    timeoutMs,
  });
const open = async (timeoutMs?: number) =>
  Sequencer.open({
    store: await openStore(timeoutMs),
    signer: keySigner(verifier, key),
    mostRemembered: 0,
  });
const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => utf8(`entry ${from + i}`));

describe("a log in a bucket", () => {
  it("grows across tile borders, reads back from nothing, and proves what it holds", async () => {
    const sequencer = await open();
    for (const [from, to] of [
      [0, 3],
      [3, 255],
      [255, 600],
    ] as const) {
      await Promise.all(words(from, to).map((entry) => sequencer.append(entry)));
      await sequencer.publish();
    }
    await sequencer.close();
    const { tree, checkpoint } = await openLog(await openStore(), [verifier]);
    expect(await readEntries(tree)).toEqual(words(0, 600));
    const proof = await tree.inclusionProof(255);
    checkInclusion(leafHash(utf8("entry 255")), 255, 600, proof, checkpoint.root);
    expect((await (await openStore()).list()).filter((path) => path.includes(".p/"))).toEqual([
      "tile/0/002.p/88",
      "tile/1/000.p/2",
      "tile/entries/002.p/88",
    ]);
  });

  it("keeps what was acknowledged and not published, and forgets it once it is in tiles", async () => {
    const sequencer = await open();
    for (const entry of words(0, 3)) await sequencer.append(entry);
    await sequencer.close();
    const again = await open();
    expect(again.status).toMatchObject({ size: 3, published: 0 });
    await again.publish();
    await again.close();
    expect(await (await openStore()).readJournal()).toEqual([]);
  });

  it("has one writer: who opens it last; the one before is stopped, and nothing acknowledged is lost", async () => {
    const first = await open();
    await first.append(utf8("a"));
    const second = await open();
    await expect(first.append(utf8("lost"))).rejects.toMatchObject({ code: "store-fenced" });
    await expect(first.append(utf8("lost"))).rejects.toMatchObject({ code: "store-fenced" });
    expect(await second.append(utf8("b"))).toBe(1);
    await second.publish();
    const third = await open();
    // The second still has entries of its own to publish, and to forget; the third goes on from the same place.
    await expect(second.append(utf8("lost"))).rejects.toMatchObject({ code: "store-fenced" });
    expect(await third.append(utf8("c"))).toBe(2);
    await expect(second.publish()).resolves.toBeDefined();
    await third.publish();
    const fourth = await open();
    expect(fourth.status).toMatchObject({ size: 3, published: 3 });
    expect(await fourth.append(utf8("d"))).toBe(3);
    await fourth.publish();
    const { tree } = await openLog(await openStore(), [verifier]);
    expect(await readEntries(tree)).toEqual(["a", "b", "c", "d"].map(utf8));
  });

  it("loses nothing when writers take over from each other at every moment", async () => {
    const acknowledged = new Map<number, string>();
    for (let life = 0; life < 6; life++) {
      const [old, next] = await Promise.all([
        open().catch(() => undefined),
        open().catch(() => undefined),
      ]);
      await Promise.all(
        [old, next].map(async (sequencer, who) => {
          for (let i = 0; i < 5; i++) {
            const name = `${life} ${who} ${i}`;
            const index = await sequencer?.append(utf8(name)).catch(() => undefined);
            if (index !== undefined) acknowledged.set(index, name);
            if (i === 2) await sequencer?.publish().catch(() => undefined);
          }
        }),
      );
    }
    const last = await open();
    await last.publish();
    const { tree } = await openLog(await openStore(), [verifier]);
    const entries = await readEntries(tree);
    expect(acknowledged.size).toBeGreaterThan(10);
    for (const [index, name] of acknowledged) expect(entries[index]).toEqual(utf8(name));
  });
});

describe.skipIf(real !== undefined)("a bucket that misbehaves", () => {
  it("by ignoring conditions is refused: two writers could fork the log", async () => {
    bucket.behave.ignoresConditions = true;
    await expect(openStore()).rejects.toThrow(/keeps to If-None-Match and If-Match/);
    expect([...bucket.objects.keys()]).toEqual([]);
  });

  it("by knowing tags without quotes only is understood", async () => {
    bucket.behave.knowsBareTagsOnly = true;
    const sequencer = await open();
    await sequencer.append(utf8("a"));
    await sequencer.publish();
    await sequencer.append(utf8("b"));
    await sequencer.publish();
    await sequencer.close();
    expect((await open()).status).toMatchObject({ size: 2, published: 2 });
  });

  it("by falling silent acknowledges nothing more, and what it did write is found after a restart", async () => {
    const sequencer = await open(300);
    await sequencer.append(utf8("a"));
    bucket.behave.mutesFrom = 0;
    await expect(sequencer.append(utf8("b"))).rejects.toMatchObject({ code: "store-failed" });
    await expect(sequencer.append(utf8("c"))).rejects.toMatchObject({ code: "store-failed" });
    delete bucket.behave.mutesFrom;
    const again = await open();
    expect(again.status.size).toBe(2);
    await again.publish();
    const { tree } = await openLog(await openStore(), [verifier]);
    expect(await readEntries(tree)).toEqual(["a", "b"].map(utf8));
  });

  it("by damaging a batch is told", async () => {
    const sequencer = await open();
    await sequencer.append(utf8("a"));
    const [name, bytes] = [...bucket.objects].find(([one]) => one.includes("journal")) as [
      string,
      Buffer,
    ];
    bucket.objects.set(name, Buffer.concat([bytes.subarray(1), Buffer.from([0])]));
    await expect(open()).rejects.toMatchObject({ code: "store-altered" });
  });
});
