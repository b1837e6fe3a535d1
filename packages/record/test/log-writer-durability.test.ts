import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  generateSigningKey,
  noteVerifier,
  openNote,
  parseCheckpoint,
  readLog,
  signingKey,
  utf8,
} from "@standstill/record";
import { directorySource, fileWitness, LogWriter } from "@standstill/record/files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const key = signingKey(new Uint8Array(32).fill(1));
const verifier = noteVerifier("log.example/test", key.publicKey);
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-log-"));
});
afterEach(() => rm(directory, { recursive: true }));

const open = (cosigners: Parameters<typeof LogWriter.open>[0]["cosigners"] = []) =>
  LogWriter.open({
    recordDirectory: join(directory, "record"),
    stateDirectory: join(directory, "log"),
    verifier,
    key,
    cosigners: cosigners ?? [],
  });
const source = () => directorySource(join(directory, "record"));
const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => utf8(`entry ${from + i}`));

describe("a log on disk", () => {
  it("gives indices in order, publishes across tile borders, and reads back from nothing", async () => {
    const writer = await open();
    for (const [from, to] of [
      [0, 3],
      [3, 255],
      [255, 256],
      [256, 600],
    ] as const) {
      const indices = await Promise.all(words(from, to).map((entry) => writer.append(entry)));
      expect(indices).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
      await writer.publish();
      const log = await readLog(source(), [verifier]);
      expect(log.entries).toEqual(words(0, to));
    }
    await writer.close();
  });

  it("keeps what was acknowledged but not published, and forgets a torn tail", async () => {
    const writer = await open();
    await Promise.all(words(0, 5).map((entry) => writer.append(entry)));
    await writer.close();
    await appendFile(join(directory, "log", "journal"), Uint8Array.of(0, 0, 0, 9, 1, 2));
    const again = await open();
    expect(again.entries).toEqual(words(0, 5));
    expect(await again.append(utf8("entry 5"))).toBe(5);
    await again.publish();
    await again.close();
    expect((await readLog(source(), [verifier])).entries).toEqual(words(0, 6));
  });

  it("loses only the torn item, whatever the journal is cut to", async () => {
    const writer = await open();
    for (const entry of words(0, 4)) await writer.append(entry);
    await writer.close();
    const journal = await readFile(join(directory, "log", "journal"));
    const itemBytes = journal.length / 4;
    for (let length = journal.length; length >= 0; length -= 7) {
      await writeFile(join(directory, "log", "journal"), journal);
      await truncate(join(directory, "log", "journal"), length);
      const again = await open();
      expect(again.entries).toEqual(words(0, Math.floor(length / itemBytes)));
      await again.close();
    }
  });

  it("drops an item whose bytes were torn in the middle, and what follows it", async () => {
    const writer = await open();
    for (const entry of words(0, 4)) await writer.append(entry);
    await writer.close();
    const path = join(directory, "log", "journal");
    const journal = await readFile(path);
    const middle = Math.floor(journal.length / 4) * 2 + 14;
    journal[middle] = (journal[middle] as number) ^ 1;
    await writeFile(path, journal);
    const again = await open();
    expect(again.entries).toEqual(words(0, 2));
    await again.close();
  });

  it("takes entries once when a crash fell between the checkpoint and clearing the journal", async () => {
    const writer = await open();
    await Promise.all(words(0, 3).map((entry) => writer.append(entry)));
    const journal = await readFile(join(directory, "log", "journal"));
    await writer.publish();
    await writer.close();
    await writeFile(join(directory, "log", "journal"), journal);
    const again = await open();
    expect(again.entries).toEqual(words(0, 3));
    await again.close();
  });

  it("refuses a second writer while the first lives", async () => {
    const writer = await open();
    await expect(open()).rejects.toMatchObject({ code: "store-locked" });
    await writer.close();
    await (await open()).close();
  });

  it("refuses to go on from tiles that were altered", async () => {
    const writer = await open();
    await writer.append(utf8("entry"));
    await writer.publish();
    await writer.close();
    await writeFile(
      join(directory, "record", "tile", "entries", "000.p", "1"),
      utf8("\u0000\u0005other"),
    );
    await expect(open()).rejects.toMatchObject({ code: "store-altered" });
  });

  it("loses nothing acknowledged to kill -9, at any moment", async () => {
    const program = `
      import { LogWriter } from ${JSON.stringify(new URL("../dist/files.js", import.meta.url).href)};
      import { noteVerifier, signingKey } from ${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)};
      const key = signingKey(new Uint8Array(32).fill(1));
      const writer = await LogWriter.open({
        recordDirectory: ${JSON.stringify(join(directory, "record"))},
        stateDirectory: ${JSON.stringify(join(directory, "log"))},
        verifier: noteVerifier("log.example/test", key.publicKey), key,
      });
      for (;;) {
        const index = await writer.append(new TextEncoder().encode("entry " + writer.entries.length));
        process.stdout.write(index + "\\n");
        if (index % 5 === 0) await writer.publish();
      }`;
    let least = 0;
    for (const delay of [150, 230, 310, 400, 480]) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let told = "";
      child.stdout.on("data", (chunk) => {
        told += chunk;
      });
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("close", resolve));
      const acknowledged = told.split("\n").slice(0, -1).map(Number);
      least = Math.max(least, ...acknowledged.map((index) => index + 1));
      const writer = await open();
      expect(writer.entries.length).toBeGreaterThanOrEqual(least);
      expect(writer.entries).toEqual(words(0, writer.entries.length));
      await writer.publish();
      await writer.close();
      expect((await readLog(source(), [verifier])).entries.length).toBeGreaterThanOrEqual(least);
    }
    expect(least).toBeGreaterThan(0);
  });
});

describe("a witness", () => {
  const witnessKey = generateSigningKey();
  const witness = () =>
    fileWitness({
      name: "witness.example/one",
      key: witnessKey,
      log: verifier,
      directory: join(directory, "witness"),
      now: () => 1_700_000_000,
    });

  it("cosigns growth, durably, with a time", async () => {
    const writer = await open([witness()]);
    await writer.append(utf8("entry 0"));
    await writer.publish();
    await writer.append(utf8("entry 1"));
    const note = await writer.publish();
    await writer.close();
    const cosigner = noteVerifier("witness.example/one", witnessKey.publicKey, 4);
    const opened = openNote(note, [verifier, cosigner]);
    expect(opened.verified).toHaveLength(2);
    expect(parseCheckpoint(opened.text).size).toBe(2);
    expect(await witness().lastSize()).toBe(2);
  });

  it("refuses another history, a smaller tree, and another log's key", async () => {
    const writer = await open([witness()]);
    for (const entry of words(0, 4)) await writer.append(entry);
    await writer.publish();
    await writer.close();
    await rm(join(directory, "record"), { recursive: true });
    await rm(join(directory, "log"), { recursive: true });
    const fork = await open([witness()]);
    for (const entry of ["w", "x", "y"]) await fork.append(utf8(entry));
    await expect(fork.publish()).rejects.toMatchObject({ code: "malformed-proof" });
    for (const entry of ["y", "z"]) await fork.append(utf8(entry));
    await expect(fork.publish()).rejects.toMatchObject({ code: "proof-invalid" });
    await fork.close();
    expect(await witness().lastSize()).toBe(4);
  });
});
