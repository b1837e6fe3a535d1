import {
  cosignerOf,
  formatAddCheckpoint,
  keySigner,
  MerkleTree,
  noteVerifier,
  openLog,
  parseCheckpoint,
  parseNote,
  readEntries,
  Sequencer,
  signCheckpoint,
  signingKey,
  toHex,
  utf8,
  witnessedBy,
} from "@standstill/record";
import { openDirectoryStore, Witness } from "@standstill/record/files";
import { describe, expect, it } from "vitest";
import { CrashingDisk, type Fault, type Loss } from "./crashing-disk.ts";

const key = signingKey(new Uint8Array(32).fill(1));
const verifier = noteVerifier("log.example/test", key.publicKey);
const witnessKey = signingKey(new Uint8Array(32).fill(2));
const RECORD = "/data/record";
const STATE = "/data/log";
/** The log begins two entries before a tile is full, so that the walk crosses that border. */
const BEFORE = 254;

const openStore = (disk: CrashingDisk) =>
  openDirectoryStore({ recordDirectory: RECORD, stateDirectory: STATE, disk });
const openWitness = (disk: CrashingDisk) =>
  Witness.open({
    name: "witness.example/one",
    key: witnessKey,
    logs: [verifier],
    directory: "/witness",
    now: () => 1_800_000_000,
    disk,
  });
const sourceOf = (disk: CrashingDisk) => ({
  read: (path: string) => disk.read(`${RECORD}/${path}`),
});

async function openLogOn(disk: CrashingDisk, witness: Witness): Promise<Sequencer> {
  return Sequencer.open({
    store: await openStore(disk),
    signer: keySigner(verifier, key),
    witnessing: witnessedBy([
      cosignerOf(witness.verifier, (request) => witness.addCheckpoint(request)),
    ]),
  });
}

/** What the outside world holds against the log: entries it acknowledged, checkpoints it let anyone see. */
interface Promised {
  readonly entries: Map<number, string>;
  readonly shown: Uint8Array[];
}

/** Appends and publishes across the border of a tile, noting every promise as it is made. */
async function work(sequencer: Sequencer, promised: Promised): Promise<void> {
  const append = async (name: string) => {
    promised.entries.set(await sequencer.append(utf8(name)), name);
  };
  await append("a");
  await Promise.all(["b", "c"].map(append));
  promised.shown.push(await sequencer.publish());
  const publishing = sequencer.publish();
  await append("d");
  promised.shown.push(await publishing);
  await append("e");
  promised.shown.push(await sequencer.publish());
  await sequencer.storeBlob(utf8("evidence"));
  await sequencer.close();
}

/** A log of some entries, published, and the witness that saw it. */
async function prepared(entries: number): Promise<ReturnType<typeof fresh>> {
  const { disk, witnessDisk } = fresh();
  const witness = await openWitness(witnessDisk);
  const sequencer = await openLogOn(disk, witness);
  for (let i = 0; i < entries; i++) void sequencer.append(utf8(`entry ${i}`));
  if (entries > 0) await sequencer.publish();
  await sequencer.close();
  await witness.close();
  return { disk, witnessDisk };
}

/** Disks with nothing on them. */
function fresh(): { disk: CrashingDisk; witnessDisk: CrashingDisk } {
  return { disk: new CrashingDisk(), witnessDisk: new CrashingDisk() };
}

/** The process that held the lock is dead. */
async function bury(disk: CrashingDisk): Promise<CrashingDisk> {
  if ((await disk.read(`${STATE}/lock`)) !== undefined)
    disk.plant(`${STATE}/lock`, utf8("999999999 1"));
  return disk;
}

/** One life of the log that ends at a step, the next life that must keep its promises, and what it finds. */
async function liveTwice(
  start: { disk: CrashingDisk; witnessDisk: CrashingDisk },
  step: number,
  fault: Fault,
  loss: Loss,
  seed: number,
): Promise<{ isOver: boolean }> {
  const disk = start.disk.survivor("process", 0);
  const witness = await openWitness(start.witnessDisk.survivor("process", 0));
  const promised: Promised = { entries: new Map(), shown: [] };
  disk.stopAt(step, fault);
  let sequencer: Sequencer | undefined;
  try {
    sequencer = await openLogOn(disk, witness);
    await work(sequencer, promised);
  } catch {
    // What was promised before counts.
  }
  const isOver = !disk.isStopped;
  if (fault === "full" && sequencer !== undefined) {
    // There is room again: the same process may go on with what it can.
    await sequencer.publish().then(
      (note) => promised.shown.push(note),
      () => undefined,
    );
    await sequencer.close().catch(() => undefined);
  }

  const left = await bury(disk.survivor(loss, seed));
  const again = await openLogOn(left, witness);
  const entries: string[] = [];
  for await (const entry of again.entries()) entries.push(new TextDecoder().decode(entry));
  for (const [index, name] of promised.entries) expect(entries[index]).toBe(name);
  expect(new Set(entries).size).toBe(entries.length);
  expect(await again.append(utf8("after"))).toBe(entries.length);
  // The witness saw every checkpoint that was signed; it would refuse one that does not continue them.
  const note = await again.publish();
  const log = await openLog(sourceOf(left), [verifier, witness.verifier]);
  expect(log.verified).toHaveLength(2);
  expect(log.note).toEqual(note);
  expect((await readEntries(log.tree)).map((entry) => new TextDecoder().decode(entry))).toEqual([
    ...entries,
    "after",
  ]);
  for (const shown of promised.shown) {
    const { size, root } = parseCheckpoint(parseNote(shown).text);
    expect(toHex(await log.tree.root(size))).toBe(toHex(root));
  }
  await again.close();
  return { isOver };
}

describe("a sequencer stopped at every step of every write", () => {
  it.each<[Fault, Loss, number, number]>([
    ["crash", "process", 0, BEFORE],
    ["crash", "power", 1, BEFORE],
    ["crash", "power", 2, BEFORE],
    ["crash", "power", 3, 0],
    ["crash", "power", 4, 0],
    ["full", "process", 0, BEFORE],
  ])(
    "%s, %s, seed %i, from %i entries: nothing acknowledged is lost or doubled, no history forked",
    async (fault, loss, seed, entries) => {
      const start = entries === 0 ? fresh() : await prepared(entries);
      let step = 0;
      for (; step < 2000; step++) {
        const life = await liveTwice(start, step, fault, loss, seed * 1000 + step);
        if (life.isOver) break;
      }
      expect(step).toBeGreaterThan(100);
      expect(step).toBeLessThan(2000);
    },
  );

  it("a full disk is told: the entry is refused, and all later ones until a restart", async () => {
    const { disk, witnessDisk } = await prepared(BEFORE);
    const next = disk.survivor("process", 0);
    const sequencer = await openLogOn(next, await openWitness(witnessDisk));
    await sequencer.append(utf8("a"));
    next.stopAt(0, "full");
    await expect(sequencer.append(utf8("b"))).rejects.toMatchObject({ code: "store-failed" });
    await expect(sequencer.append(utf8("c"))).rejects.toMatchObject({ code: "store-failed" });
    expect(sequencer.status.failure?.message).toContain("ENOSPC");
    expect(sequencer.status.size).toBe(BEFORE + 1);
  });
});

describe("a witness stopped at every step of every write", () => {
  const tree = new MerkleTree();
  const other = new MerkleTree();
  for (let i = 0; i < 5; i++) {
    tree.append(utf8(`entry ${i}`));
    other.append(utf8(i < 3 ? `entry ${i}` : `lie ${i}`));
  }
  const request = (from: MerkleTree, old: number, size: number) =>
    formatAddCheckpoint({
      old,
      proof: from.consistencyProof(old, size),
      note: signCheckpoint({ origin: verifier.name, size, root: from.root(size) }, verifier, key),
    });

  it.each<[Loss, number]>([
    ["process", 0],
    ["power", 1],
    ["power", 2],
  ])("%s, seed %i: never cosigns two histories", async (loss, seed) => {
    let isOver = false;
    for (let step = 0; !isOver && step < 500; step++) {
      const disk = new CrashingDisk();
      await openWitness(disk).then((one) =>
        one.addCheckpoint(request(tree, 0, 3)).then(() => one.close()),
      );
      disk.stopAt(step, "crash");
      let status: number | undefined;
      try {
        const witness = await openWitness(disk);
        status = (await witness.addCheckpoint(request(tree, 3, 5))).status;
        await witness.close();
      } catch {
        // It died before it answered, or after.
      }
      isOver = !disk.isStopped;
      if (isOver) expect(status).toBe(200);
      const left = disk.survivor(loss, seed * 1000 + step);
      left.plant("/witness/lock", utf8("999999999 1"));
      const again = await openWitness(left);
      const fork = await again.addCheckpoint(request(other, 3, 5));
      const repeated = await again.addCheckpoint(request(tree, 3, 5));
      const both = [fork.status, repeated.status];
      if (status === 200) {
        expect(both).toEqual([409, 409]);
        expect(again.forks).toHaveLength(1);
      } else expect(both.filter((one) => one === 200).length).toBeLessThanOrEqual(1);
      await again.close();
    }
    expect(isOver).toBe(true);
  });
});
