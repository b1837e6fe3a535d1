import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit, decodeState, encodeState, formatSnapshot, parseSnapshot } from "@standstill/audit";
import {
  type Contradiction,
  fromHex,
  keySigner,
  type NoteVerifier,
  openLog,
  parsePolicy,
  readEntries,
  sha256,
  signingKey,
  toHex,
} from "@standstill/record";
import { directorySource } from "@standstill/record/files";
import { emptyState, replay, replayEntry } from "@standstill/replay";
import { Registry, writeSnapshot } from "@standstill/server";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { standstill } from "./support/standstill.ts";

const RULES = "rules for this test";
let directory: string;
let record: string;
let entries: Uint8Array[];

const logOf = async (place: string) => {
  const policy = parsePolicy(await readFile(join(directory, "policy"), "utf8"));
  return openLog(directorySource(place), [...policy.logs]);
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-snapshots-"));
  await cp(inject("exampleDirectory"), directory, { recursive: true });
  record = join(directory, "record");
  entries = await readEntries((await logOf(record)).tree);
});
afterAll(() => rm(directory, { recursive: true }));

describe("a snapshot is a cache", () => {
  it("replay from it, wherever it was taken, ends in the same bytes as replay from nothing", () => {
    const whole = encodeState(replay(entries));
    let state = emptyState;
    for (const [i, entry] of entries.entries()) {
      if (i % 4 === 0) {
        const kept = decodeState(encodeState(state));
        expect(encodeState(kept)).toEqual(encodeState(state));
        expect(toHex(sha256(encodeState(replay(entries.slice(i), kept))))).toBe(
          toHex(sha256(whole)),
        );
      }
      state = replayEntry(state, entry);
    }
    expect(entries.length).toBeGreaterThan(30);
  });

  it("the bytes of an earlier state do not change when a later one shares its columns", () => {
    const early = replay(entries.slice(0, 20));
    const before = encodeState(early);
    replay(entries.slice(20), early);
    expect(encodeState(early)).toEqual(before);
  });

  it("any changed byte, any cut and another program are refused in words", async () => {
    const { checkpoint } = await logOf(record);
    const bytes = formatSnapshot({ program: RULES, checkpoint, state: replay(entries) });
    expect(parseSnapshot(bytes, RULES)).toMatchObject({ checkpoint });
    expect(parseSnapshot(bytes, "other rules")).toMatch(/expected one by other rules/);
    for (let at = 0; at < bytes.length; at += at < 400 ? 1 : 997) {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ 1;
      const parsed = parseSnapshot(changed, RULES);
      // Origin and root are compared with the log, not with the content.
      if (typeof parsed !== "string") expect(parsed.checkpoint).not.toEqual(checkpoint);
    }
    for (const length of [0, 1, 60, 300, bytes.length - 1]) {
      expect(typeof parseSnapshot(bytes.subarray(0, length), RULES)).toBe("string");
    }
  });
});

describe("a keeper's start", () => {
  it("goes on from the snapshot, and deleting it or breaking it changes nothing", async () => {
    const file = join(directory, "cache", "replay.snapshot");
    const { tree } = await logOf(record);
    const state = replay(entries);
    const opened = async () => {
      const signer = keySigner(
        (await logOf(record)).verified[0] as NoteVerifier,
        signingKey(fromHex((await readFile(join(directory, "keys", "log.seed"), "utf8")).trim())),
      );
      const registry = await Registry.open({ directory, signer });
      const { size, contradictions } = registry.state;
      const round = toHex(sha256(encodeState(registry.state)));
      await registry.close();
      return { size, contradictions: contradictions.length, round };
    };
    const anew = await opened();
    // A mark that only the snapshot can have brought shows that it was used.
    const marked = { index: 0, issuer: "nobody" } as unknown as Contradiction;
    await writeSnapshot(file, { ...state, contradictions: [marked] }, tree);
    expect(await opened()).toMatchObject({ size: anew.size, contradictions: 1 });
    await writeFile(file, "broken");
    expect(await opened()).toEqual(anew);
    await writeSnapshot(file, { ...replay(entries.slice(0, 20)) }, tree);
    expect(await opened()).toEqual(anew);
    await rm(file);
    expect(await opened()).toEqual(anew);
  });
});

describe("an audit that goes on from the last one", () => {
  it("comes to what an audit from nothing comes to, and reads only what is new", async () => {
    const source = directorySource(record);
    const { tree } = await logOf(record);
    const size = 30;
    const from = {
      program: RULES,
      checkpoint: { ...tree.checkpoint, size, root: await tree.root(size) },
      state: replay(entries.slice(0, size)),
    };
    const full = await audit(source);
    const later = await audit(source, { from });
    expect(later).toMatchObject({ outcome: "verified", startedFrom: size, state: full.state });
    expect(later.verdictsRecomputed).toBeLessThanOrEqual(full.verdictsRecomputed);
    const forked = { ...from, checkpoint: { ...from.checkpoint, root: await tree.root(size - 1) } };
    expect(await audit(source, { from: forked })).toMatchObject({
      outcome: "forked-or-truncated",
      place: "checkpoint",
    });
  });

  it("the command keeps a snapshot, goes on from it, and refuses another than the report told", async () => {
    const file = join(directory, "audit.snapshot");
    const args = ["audit", directory, "--snapshot", file, "--json"];
    const first = JSON.parse((await standstill(args)).stdout);
    expect(first).toMatchObject({ outcome: "verified", startedFrom: 0 });
    expect(first.snapshotSha256).toBe(toHex(sha256(await readFile(file))));
    const second = JSON.parse(
      (await standstill([...args, "--snapshot-sha256", first.snapshotSha256])).stdout,
    );
    expect(second).toMatchObject({ outcome: "verified", startedFrom: first.size });
    expect(second).toMatchObject({ state: first.state, snapshotSha256: first.snapshotSha256 });
    await writeFile(file, "something else");
    const refused = await standstill([...args, "--snapshot-sha256", first.snapshotSha256]);
    expect(refused.code).toBe(2);
    const anew = await standstill(args);
    expect(anew.stderr).toContain("Snapshot not used");
    expect(JSON.parse(anew.stdout)).toMatchObject({ outcome: "verified", startedFrom: 0 });
  });
});
