import { createPublicKey, verify as nodeVerify } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  formatCheckpoint,
  JointHolder,
  type JointMemory,
  type JointPublic,
  type JointShare,
  jointPublicKey,
  jointSigner,
  KeyCeremony,
  MerkleTree,
  openLog,
  readEntries,
  receiptMessage,
  Sequencer,
  utf8,
} from "@standstill/record";
import { directorySource, openDirectoryStore } from "@standstill/record/files";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ORIGIN = "log.example/joint";
const NAMES = ["aster", "borealis", "cedar", "dune", "ember"];
let directory: string;
let key: JointPublic;
let shares: JointShare[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-joint-"));
  const ceremonies = NAMES.map((name) => new KeyCeremony(name, NAMES, 3));
  const sent = ceremonies.map((one) =>
    one.second(ceremonies.filter((other) => other !== one).map(({ first }) => first)),
  );
  const made = ceremonies.map((one, i) =>
    one.third(sent.flatMap((to) => to.get(NAMES[i] as string) ?? [])),
  );
  key = made[0]?.public as JointPublic;
  shares = made.map(({ share }) => share);
  for (const { public: same } of made) expect(jointPublicKey(same)).toEqual(jointPublicKey(key));
});
afterAll(() => rm(directory, { recursive: true }));

const memories: JointMemory[][] = [];
const holders = (memory?: JointMemory) =>
  shares.map((share, i) => {
    memories[i] = [];
    return new JointHolder(
      ORIGIN,
      key,
      share,
      async (seen) => void memories[i]?.push(seen),
      memory,
    );
  });
const treeOf = (...names: string[]) => {
  const tree = new MerkleTree();
  for (const name of names) tree.append(utf8(name));
  return tree;
};
const textOf = (tree: MerkleTree, size = tree.size) =>
  utf8(formatCheckpoint({ origin: ORIGIN, size, root: tree.root(size) }));

describe("a log's key that five hold together, three of whom must sign", () => {
  it("signs as one Ed25519 key, which OpenSSL verifies", async () => {
    const tree = treeOf("a", "b");
    const message = textOf(tree);
    const signature = await jointSigner(ORIGIN, key, holders()).sign(message, async () => []);
    const der = Buffer.concat([
      Buffer.from("302a300506032b6570032100", "hex"),
      jointPublicKey(key),
    ]);
    const publicKey = createPublicKey({ key: der, format: "der", type: "spki" });
    expect(nodeVerify(null, message, publicKey, signature)).toBe(true);
  });

  it("signs nothing with two, and goes on without those who fail or lie", async () => {
    const message = textOf(treeOf("a"));
    const [a, b, c, d, e] = holders() as [
      JointHolder,
      JointHolder,
      JointHolder,
      JointHolder,
      JointHolder,
    ];
    await expect(jointSigner(ORIGIN, key, [a, b]).sign(message)).rejects.toMatchObject({
      code: "quorum-missing",
    });
    const silent = {
      identifier: a.identifier,
      commit: () => Promise.reject(new Error("no answer")),
      sign: a.sign,
    };
    const lying = {
      identifier: b.identifier,
      commit: () => b.commit(),
      sign: async (request: Parameters<JointHolder["sign"]>[0]) => {
        const share = (await b.sign(request)).slice();
        share[0] = (share[0] as number) ^ 1;
        return share;
      },
    };
    const signature = await jointSigner(ORIGIN, key, [silent, lying, c, d, e]).sign(message);
    expect(signature).toHaveLength(64);
  });

  it("holders sign growth and no fork, no shrinking and no other log, and remember before they sign", async () => {
    const all = holders();
    const signer = jointSigner(ORIGIN, key, all);
    const tree = treeOf("a", "b", "c", "d");
    const from = (other: MerkleTree, size: number) => async (old: number) =>
      other.consistencyProof(old, size);
    await signer.sign(textOf(tree, 2), from(tree, 2));
    await signer.sign(textOf(tree, 4), from(tree, 4));
    expect(memories[0]?.map(({ size }) => size)).toEqual([2, 4]);
    const fork = treeOf("a", "x", "y", "z", "w");
    await expect(signer.sign(textOf(fork), from(fork, 5))).rejects.toMatchObject({
      code: "quorum-missing",
    });
    await expect(signer.sign(textOf(tree, 3), async () => [])).rejects.toThrow(
      /continues that of 4/,
    );
    const other = utf8(
      formatCheckpoint({ origin: "log.example/other", size: 9, root: tree.root() }),
    );
    await expect(signer.sign(other, async () => [])).rejects.toThrow(
      /checkpoint of log.example\/joint/,
    );
    await expect(signer.sign(utf8("anything"))).rejects.toMatchObject({ code: "quorum-missing" });
    const publicKey = jointPublicKey(key);
    await expect(signer.sign(receiptMessage(tree.root(4), publicKey))).resolves.toHaveLength(64);
    await expect(signer.sign(receiptMessage(tree.root(2), publicKey))).rejects.toThrow();
  });

  it("a nonce signs once", async () => {
    const [holder] = holders() as [JointHolder];
    const { commitment } = await holder.commit();
    const request = { message: textOf(treeOf("a")), commitments: [commitment], old: 0, proof: [] };
    await holder.sign(request).catch(() => undefined);
    await expect(holder.sign(request)).rejects.toMatchObject({ code: "witness-refused" });
  });

  it("keeps a log whose readers notice nothing", async () => {
    const signer = jointSigner(ORIGIN, key, holders());
    const sequencer = await Sequencer.open({
      store: await openDirectoryStore({
        recordDirectory: join(directory, "record"),
        stateDirectory: join(directory, "log"),
      }),
      signer,
    });
    for (const size of [2, 3]) {
      for (let i = sequencer.status.size; i < size; i++) await sequencer.append(utf8(`entry ${i}`));
      await sequencer.publish();
    }
    await sequencer.close();
    const log = await openLog(directorySource(join(directory, "record")), [signer.verifier]);
    expect(await readEntries(log.tree)).toEqual([0, 1, 2].map((i) => utf8(`entry ${i}`)));
  });
});
