import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkEveryFile,
  checkSplitView,
  compare,
  cosignerOf,
  follow,
  formatVerifier,
  keySigner,
  noteVerifier,
  openLog,
  openTrusted,
  parsePolicy,
  parseSplitView,
  type RecordSource,
  readEntries,
  Sequencer,
  type SplitView,
  signingKey,
  utf8,
  witnessedBy,
} from "@standstill/record";
import { directorySource, openDirectoryStore, Witness } from "@standstill/record/files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

const key = signingKey(new Uint8Array(32).fill(1));
const log = noteVerifier("log.example/test", key.publicKey);
const policy = parsePolicy(`log ${formatVerifier(log)}\nquorum none\n`);
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-mirror-"));
});
afterEach(() => rm(directory, { recursive: true }));

const storeIn = (name: string) =>
  openDirectoryStore({
    recordDirectory: join(directory, name, "record"),
    stateDirectory: join(directory, name, "state"),
  });
const sourceIn = (name: string) => directorySource(join(directory, name, "record"));

/** Extends a log by entries with these names and publishes it. */
async function say(name: string, entries: readonly string[]): Promise<void> {
  const sequencer = await Sequencer.open({
    store: await storeIn(name),
    signer: keySigner(log, key),
  });
  await Promise.all(entries.map((entry) => sequencer.append(utf8(entry))));
  await sequencer.publish();
  await sequencer.close();
}
const names = (from: number, to: number, prefix = "entry") =>
  Array.from({ length: to - from }, (_, i) => `${prefix} ${from + i}`);

async function mirror(from: RecordSource, name: string) {
  const store = await storeIn(name);
  try {
    return await follow(from, store, policy);
  } finally {
    await store.close();
  }
}

describe("a mirror", () => {
  it("copies what was added, byte for byte, and is a whole record at each step", async () => {
    for (const [from, to] of [
      [0, 3],
      [3, 300],
      [300, 300],
      [300, 1100],
    ] as const) {
      if (to > from) await say("keeper", names(from, to));
      const followed = await mirror(sourceIn("keeper"), "mirror");
      expect(followed).toMatchObject(to > from ? { kind: "grown", from, to } : { kind: "same" });
      const copied = await openLog(sourceIn("mirror"), [log]);
      expect(await readEntries(copied.tree)).toEqual(names(0, to).map(utf8));
      expect(await checkEveryFile(sourceIn("mirror"), copied)).toBe(0);
    }
    const own = await sourceIn("mirror").list();
    for (const path of own) {
      expect(await sourceIn("mirror").read(path)).toEqual(await sourceIn("keeper").read(path));
    }
  });

  it("does not take an entry, a tile or a checkpoint that was changed on the way", async () => {
    await say("keeper", names(0, 300));
    for (const path of ["tile/entries/000", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]) {
      const bent: RecordSource = {
        read: async (asked) => {
          const bytes = await sourceIn("keeper").read(asked);
          if (asked === path && bytes !== undefined) bytes[20] = (bytes[20] as number) ^ 1;
          return bytes;
        },
      };
      await expect(mirror(bent, "mirror")).rejects.toMatchObject({ code: "store-altered" });
      expect(await sourceIn("mirror").read("checkpoint")).toBeUndefined();
    }
  });

  it("tells a place that lags behind from one that shows another history", async () => {
    await say("keeper", names(0, 5));
    await mirror(sourceIn("keeper"), "early");
    await say("keeper", names(5, 9));
    await mirror(sourceIn("keeper"), "mirror");
    expect(await mirror(sourceIn("early"), "mirror")).toEqual({
      kind: "behind",
      size: 9,
      theirs: 5,
    });
  });
});

describe("a log that shows two parties different histories", () => {
  beforeEach(async () => {
    await say("keeper", names(0, 4));
    await mirror(sourceIn("keeper"), "one");
    await mirror(sourceIn("keeper"), "two");
    // A keeper with two sets of files and one key.
    await say("other", [...names(0, 3), "a lie", ...names(4, 260, "other")]);
    await say("keeper", names(4, 7));
    await mirror(sourceIn("keeper"), "one");
  });

  it("is caught by a mirror that saw the beginning, whichever history is longer", async () => {
    for (const [from, to] of [
      ["other", "two"],
      ["other", "one"],
      ["keeper", "three"],
    ] as const) {
      if (to === "three") await mirror(sourceIn("other"), "three");
      const followed = await mirror(sourceIn(from), to);
      expect(followed.kind).toBe("split-view");
      const evidence = (followed as { evidence: SplitView }).evidence;
      const [larger, smaller] = checkSplitView(evidence, log);
      expect(larger.size).toBeGreaterThanOrEqual(smaller.size);
      expect(await readEntries((await openLog(sourceIn(to), [log])).tree)).not.toContain("a lie");
    }
  });

  it("is caught by two mirrors that compare what they have, and the evidence stands alone", async () => {
    await mirror(sourceIn("other"), "stranger");
    const seen = async (name: string) => {
      const source = sourceIn(name);
      const note = (await source.read("checkpoint")) as Uint8Array;
      return { source, note, checkpoint: openTrusted(note, policy).checkpoint };
    };
    const evidence = await compare(await seen("one"), await seen("stranger"), log);
    const bytes = utf8(JSON.stringify(evidence));
    await writeFile(join(directory, "evidence.json"), bytes);
    expect(checkSplitView(parseSplitView(bytes), log).map(({ size }) => size)).toEqual([260, 7]);
    expect(await compare(await seen("one"), await seen("two"), log)).toBeUndefined();
  });

  it("evidence does not convict a log that is honest, nor another log", async () => {
    await mirror(sourceIn("other"), "stranger");
    const followed = await mirror(sourceIn("other"), "one");
    const evidence = (followed as { evidence: SplitView }).evidence;
    const stranger = noteVerifier(log.name, signingKey(new Uint8Array(32).fill(9)).publicKey);
    expect(codeOf(() => checkSplitView(evidence, stranger))).toBe("signature-missing");
    const root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    expect(codeOf(() => checkSplitView({ ...evidence, rootAtSmaller: root }, log))).toBe(
      "proof-invalid",
    );
    expect(codeOf(() => checkSplitView({ ...evidence, smaller: evidence.larger }, log))).not.toBe(
      "accepted",
    );
    for (const bad of ["{}", "[]", '{"evidence":"split-view"}', "", "{"]) {
      expect(codeOf(() => parseSplitView(utf8(bad)))).not.toBe("accepted");
    }
    const early = (await sourceIn("two").read("checkpoint")) as Uint8Array;
    const honest = await compare(
      {
        source: sourceIn("one"),
        note: (await sourceIn("one").read("checkpoint")) as Uint8Array,
        checkpoint: (await openLog(sourceIn("one"), [log])).checkpoint,
      },
      { source: sourceIn("two"), note: early, checkpoint: openTrusted(early, policy).checkpoint },
      log,
    );
    expect(honest).toBeUndefined();
  });
});

describe("a quorum of witnesses", () => {
  it("is waited for, shown with who is missing, and asked again", async () => {
    let isTwoThere = false;
    const witnesses = await Promise.all(
      ["one", "two"].map((name, i) =>
        Witness.open({
          name: `witness.example/${name}`,
          key: signingKey(new Uint8Array(32).fill(20 + i)),
          logs: [log],
          directory: join(directory, name),
          now: () => 1_800_000_000,
        }),
      ),
    );
    const [one, two] = witnesses as [Witness, Witness];
    const cosigners = [
      cosignerOf(one.verifier, (request) => one.addCheckpoint(request)),
      cosignerOf(two.verifier, async (request) => {
        if (!isTwoThere) throw new Error("no answer");
        return two.addCheckpoint(request);
      }),
    ];
    const sequencer = await Sequencer.open({
      store: await storeIn("keeper"),
      signer: keySigner(log, key),
      witnessing: witnessedBy(cosigners),
    });
    await sequencer.append(utf8("entry 0"));
    await expect(sequencer.publish()).rejects.toMatchObject({
      code: "quorum-missing",
      message: expect.stringContaining("witness.example/two (no answer)"),
    });
    expect(await sourceIn("keeper").read("checkpoint")).toBeUndefined();
    expect(sequencer.status).toMatchObject({ size: 1, signed: 1, published: 0 });
    expect([...sequencer.status.missing.keys()]).toEqual(["witness.example/two"]);
    isTwoThere = true;
    await sequencer.publish();
    expect(sequencer.status).toMatchObject({ published: 1, missing: new Map() });
    await sequencer.close();

    isTwoThere = false;
    const lax = await Sequencer.open({
      store: await storeIn("keeper"),
      signer: keySigner(log, key),
      witnessing: { cosigners, isQuorum: (keys) => keys.length >= 1, patienceMs: 1 },
    });
    await lax.append(utf8("entry 1"));
    const verifiers = [log, one.verifier, two.verifier];
    await lax.publish();
    expect((await openLog(sourceIn("keeper"), verifiers)).verified).toHaveLength(2);
    isTwoThere = true;
    await lax.publish();
    expect((await openLog(sourceIn("keeper"), verifiers)).verified).toHaveLength(3);
    await lax.close();
    await Promise.all(witnesses.map((witness) => witness.close()));
  });
});
