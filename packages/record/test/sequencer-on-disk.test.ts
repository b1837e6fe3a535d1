import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import { directorySource, openDirectoryStore } from "@standstill/record/files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const key = signingKey(new Uint8Array(32).fill(1));
const verifier = noteVerifier("log.example/test", key.publicKey);
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-log-"));
});
afterEach(() => rm(directory, { recursive: true }));

const open = async (options: { mostWaiting?: number; mostRemembered?: number } = {}) =>
  Sequencer.open({
    store: await openDirectoryStore({
      recordDirectory: join(directory, "record"),
      stateDirectory: join(directory, "log"),
    }),
    signer: keySigner(verifier, key),
    ...options,
  });
const source = () => directorySource(join(directory, "record"));
const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => utf8(`entry ${from + i}`));
const journals = async () =>
  (await readdir(join(directory, "log", "journal")))
    .sort()
    .map((name) => join(directory, "log", "journal", name));
const published = async () => readEntries((await openLog(source(), [verifier])).tree);

async function entriesOf(sequencer: Sequencer): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  for await (const entry of sequencer.entries()) entries.push(entry);
  return entries;
}

describe("a log on disk", () => {
  it("gives indices in order, publishes across tile borders, and reads back from nothing", async () => {
    const sequencer = await open();
    for (const [from, to] of [
      [0, 3],
      [3, 255],
      [255, 256],
      [256, 600],
    ] as const) {
      const indices = await Promise.all(words(from, to).map((entry) => sequencer.append(entry)));
      expect(indices).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
      await sequencer.publish();
      expect(await published()).toEqual(words(0, to));
    }
    await sequencer.close();
  });

  it("serves entries and proofs while it grows, from tiles and from what is not in tiles yet", async () => {
    const sequencer = await open();
    for (const [from, to] of [
      [0, 300],
      [300, 1000],
    ] as const) {
      await Promise.all(words(from, to).map((entry) => sequencer.append(entry)));
      await sequencer.publish();
    }
    await Promise.all(words(1000, 1003).map((entry) => sequencer.append(entry)));
    for (const index of [0, 255, 256, 999, 1000, 1002]) {
      expect(await sequencer.entry(index)).toEqual(utf8(`entry ${index}`));
    }
    expect(await sequencer.entry(1003)).toBeUndefined();
    const { size, root } = sequencer.tree.checkpoint;
    for (const index of [0, 255, 256, 999]) {
      const proof = await sequencer.tree.inclusionProof(index);
      checkInclusion(leafHash(utf8(`entry ${index}`)), index, size, proof, root);
    }
    await sequencer.close();
  });

  it("keeps partial tiles only where there is no full one", async () => {
    const sequencer = await open();
    for (const [from, to] of [
      [0, 100],
      [100, 200],
      [200, 300],
      [300, 310],
    ] as const) {
      await Promise.all(words(from, to).map((entry) => sequencer.append(entry)));
      await sequencer.publish();
    }
    await sequencer.close();
    expect(await source().list()).toEqual([
      "checkpoint",
      "tile/0/000",
      "tile/0/001.p/44",
      "tile/0/001.p/54",
      "tile/1/000.p/1",
      "tile/entries/000",
      "tile/entries/001.p/44",
      "tile/entries/001.p/54",
    ]);
  });

  it("acknowledges on and on while it publishes, and loses nothing", async () => {
    const sequencer = await open();
    let [next, isOver] = [0, false];
    const sending = Array.from({ length: 20 }, async () => {
      while (!isOver) await sequencer.append(utf8(`entry ${next++}`));
    });
    for (let i = 0; i < 20; i++) await sequencer.publish();
    isOver = true;
    await Promise.all(sending);
    expect((await journals()).length).toBeLessThan(4);
    await sequencer.close();
    const again = await open();
    expect(await entriesOf(again)).toEqual(words(0, next));
    await again.publish();
    await again.close();
    expect(await published()).toHaveLength(next);
  });

  it("gives an entry that comes again its first index", async () => {
    const sequencer = await open();
    const entries = ["a", "b", "a"].map(utf8);
    expect(await Promise.all(entries.map((entry) => sequencer.append(entry)))).toEqual([0, 1, 0]);
    expect(await sequencer.append(utf8("b"))).toBe(1);
    expect(sequencer.status.size).toBe(2);
    await sequencer.close();
  });

  it("refuses more entries than may wait, and takes them again when there is room", async () => {
    const sequencer = await open({ mostWaiting: 3, mostRemembered: 0 });
    const [a, b, c, d] = words(0, 4).map((entry) => sequencer.append(entry));
    await expect(d).rejects.toMatchObject({ code: "store-busy" });
    expect(await Promise.all([a, b, c])).toEqual([0, 1, 2]);
    expect(await sequencer.append(utf8("entry 3"))).toBe(3);
    await sequencer.close();
  });

  it("keeps what was acknowledged but not published, and forgets a torn tail", async () => {
    const sequencer = await open();
    await Promise.all(words(0, 5).map((entry) => sequencer.append(entry)));
    await sequencer.close();
    await appendFile((await journals())[0] as string, Uint8Array.of(0, 0, 0, 9, 1, 2));
    const again = await open();
    expect(await entriesOf(again)).toEqual(words(0, 5));
    expect(await again.append(utf8("entry 5"))).toBe(5);
    await again.publish();
    await again.close();
    expect(await published()).toEqual(words(0, 6));
  });

  it("loses only the torn batch, whatever the journal is cut to", async () => {
    const sequencer = await open();
    for (const entry of words(0, 4)) await sequencer.append(entry);
    await sequencer.close();
    const [path] = (await journals()) as [string];
    const journal = await readFile(path);
    const batchBytes = (journal.length - 16) / 4;
    for (let length = journal.length; length >= 0; length -= 7) {
      await writeFile(path, journal);
      await truncate(path, length);
      const again = await open();
      const whole = Math.max(0, Math.floor((length - 16) / batchBytes));
      expect(await entriesOf(again)).toEqual(words(0, whole));
      await again.close();
    }
  });

  it("refuses a journal in which an acknowledged batch was damaged, and drops a damaged last one", async () => {
    const sequencer = await open();
    for (const entry of words(0, 4)) await sequencer.append(entry);
    await sequencer.close();
    const [path] = (await journals()) as [string];
    const journal = await readFile(path);
    const batchBytes = (journal.length - 16) / 4;
    for (const at of [0, 16, 19, 30, 40, batchBytes - 1]) {
      const damaged = Buffer.from(journal);
      const place = 16 + batchBytes + at;
      damaged[place] = (damaged[place] as number) ^ 1;
      await writeFile(path, damaged);
      await expect(open()).rejects.toMatchObject({ code: "store-altered", place: path });
    }
    const torn = Buffer.from(journal);
    torn[torn.length - 1] = (torn.at(-1) as number) ^ 1;
    await writeFile(path, torn);
    const again = await open();
    expect(await entriesOf(again)).toEqual(words(0, 3));
    await again.close();
  });

  it("takes entries once when a crash fell between the checkpoint and forgetting the journal", async () => {
    const sequencer = await open();
    await Promise.all(words(0, 3).map((entry) => sequencer.append(entry)));
    const [path] = (await journals()) as [string];
    const journal = await readFile(path);
    await sequencer.publish();
    await sequencer.close();
    await writeFile(path, journal);
    const again = await open();
    expect(await entriesOf(again)).toEqual(words(0, 3));
    await again.close();
  });

  it("refuses a second writer while the first lives", async () => {
    const sequencer = await open();
    await expect(open()).rejects.toMatchObject({ code: "store-locked" });
    await sequencer.close();
    await (await open()).close();
  });

  it("refuses a directory that a process on another machine holds", async () => {
    await (await open()).close();
    await writeFile(join(directory, "log", "lock"), "1 1 another-machine.example");
    await expect(open()).rejects.toMatchObject({
      code: "store-locked",
      message: expect.stringContaining("another-machine.example"),
    });
  });

  it("refuses to go on from tiles that were altered", async () => {
    const sequencer = await open();
    await sequencer.append(utf8("entry"));
    await sequencer.publish();
    await sequencer.close();
    const path = join(directory, "record", "tile", "entries", "000.p", "1");
    await writeFile(path, utf8("\u0000\u0005other"));
    await expect(open()).rejects.toMatchObject({ code: "store-altered" });
  });

  it("goes on from a mirror's copy of the record alone, when the keeper has lost everything else", async () => {
    const sequencer = await open();
    for (const entry of words(0, 300)) void sequencer.append(entry);
    await sequencer.publish();
    await sequencer.close();
    await rm(join(directory, "log"), { recursive: true });
    const restored = await open();
    expect(restored.status).toMatchObject({ size: 300, published: 300 });
    expect(await restored.append(utf8("entry 300"))).toBe(300);
    await restored.publish();
    await restored.close();
    expect(await published()).toEqual(words(0, 301));
  });

  it("refuses to go on behind what it signed, and where the journal skips entries", async () => {
    const sequencer = await open();
    for (const entry of words(0, 2)) await sequencer.append(entry);
    await sequencer.publish();
    const checkpoint = await readFile(join(directory, "record", "checkpoint"));
    const signed = await readFile(join(directory, "log", "signed"));
    for (const entry of words(2, 4)) await sequencer.append(entry);
    await sequencer.publish();
    for (const entry of words(4, 6)) await sequencer.append(entry);
    await sequencer.close();
    await rm(join(directory, "record", "tile", "0", "000.p", "4"));
    await expect(open()).rejects.toMatchObject({ code: "store-missing" });
    await writeFile(join(directory, "record", "checkpoint"), checkpoint);
    await writeFile(join(directory, "log", "signed"), signed);
    await expect(open()).rejects.toThrow(/journal from entry 2 on, got one from 4/);
  });

  it("loses nothing acknowledged to kill -9, at any moment", async () => {
    const program = `
      import { openDirectoryStore } from ${JSON.stringify(new URL("../dist/files.js", import.meta.url).href)};
      import { keySigner, noteVerifier, Sequencer, signingKey } from ${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)};
      const key = signingKey(new Uint8Array(32).fill(1));
      const store = await openDirectoryStore({
        recordDirectory: ${JSON.stringify(join(directory, "record"))},
        stateDirectory: ${JSON.stringify(join(directory, "log"))},
      });
      const signer = keySigner(noteVerifier("log.example/test", key.publicKey), key);
      const sequencer = await Sequencer.open({ store, signer });
      for (;;) {
        const entry = new TextEncoder().encode("entry " + sequencer.status.size);
        const index = await sequencer.append(entry);
        process.stdout.write(index + "\\n");
        if (index % 5 === 0) await sequencer.publish();
      }`;
    let least = 0;
    // From its start on, when it may still open the log, and from its first acknowledgement on, whenever that is.
    for (const [from, delay] of [
      ...([
        ["start", 150],
        ["start", 310],
      ] as const),
      ...([
        ["first", 0],
        ["first", 80],
        ["first", 170],
      ] as const),
    ]) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let told = "";
      child.stdout.on("data", (chunk) => {
        told += chunk;
      });
      if (from === "first") await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("close", resolve));
      const acknowledged = told.split("\n").slice(0, -1).map(Number);
      least = Math.max(least, ...acknowledged.map((index) => index + 1));
      const sequencer = await open();
      const { size } = sequencer.status;
      expect(size).toBeGreaterThanOrEqual(least);
      expect(await entriesOf(sequencer)).toEqual(words(0, size));
      await sequencer.publish();
      await sequencer.close();
      expect(await published()).toHaveLength(size);
    }
    expect(least).toBeGreaterThan(0);
  });
});
