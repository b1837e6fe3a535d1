import {
  checkConsistency,
  checkInclusion,
  leafHash,
  MerkleTree,
  sha256,
  toHex,
  utf8,
} from "@standstill/record";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";
import { LEAVES } from "./merkle-leaves.ts";

const tree = new MerkleTree();
for (const leaf of LEAVES) tree.append(leaf);
const GARBAGE = sha256(utf8("garbage"));
const EMPTY = sha256(new Uint8Array(0));

const bent = (hash: Uint8Array, bit = 3) => {
  const copy = Uint8Array.from(hash);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
};
const pairs = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((size) =>
  Array.from({ length: size }, (_, index) => [index, size] as const),
);
const growths = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((size) =>
  Array.from({ length: size }, (_, i) => [i + 1, size] as const),
);

/** What is done to a good proof's hashes, by the names that testdata/ gives them. */
function spoiled(proof: readonly Uint8Array[], root: Uint8Array): [string, Uint8Array[]][] {
  return [
    ["trailing garbage", [...proof, GARBAGE]],
    ["trailing root", [...proof, root]],
    ["preceding garbage", [GARBAGE, ...proof]],
    ["preceding root", [root, ...proof]],
    ["empty hash appended", [...proof, new Uint8Array(0)]],
    ...proof.map((hash, i): [string, Uint8Array[]] => [
      `modified proof[${i}] bit 3`,
      proof.map((other, j) => (i === j ? bent(hash) : other)),
    ]),
    ...(proof.length > 0
      ? ([
          ["empty proof", []],
          ["removed first component", proof.slice(1)],
          ["removed last component", proof.slice(0, -1)],
          [
            "truncated last hash",
            [...proof.slice(0, -1), (proof.at(-1) as Uint8Array).slice(0, 31)],
          ],
        ] as [string, Uint8Array[]][])
      : []),
    ...(proof.length > 1 ? [["swapped", [...proof].reverse()] as [string, Uint8Array[]]] : []),
  ];
}

describe("transparency-dev/merkle testdata/inclusion", () => {
  it.each(pairs)(
    "leaf %i of %i: the proof verifies, and every spoiled one is refused",
    (index, size) => {
      const leaf = leafHash(LEAVES[index] as Uint8Array);
      const root = tree.root(size);
      const proof = tree.inclusionProof(index, size);
      const check = (...args: Parameters<typeof checkInclusion>) =>
        codeOf(() => checkInclusion(...args));
      expect(check(leaf, index, size, proof, root)).toBe("accepted");
      for (const [, hashes] of spoiled(proof, root)) {
        expect(check(leaf, index, size, hashes, root)).not.toBe("accepted");
      }
      expect(check(leaf, index - 1, size, proof, root)).not.toBe("accepted");
      expect(check(leaf, index + 1, size, proof, root)).not.toBe("accepted");
      expect(check(leaf, index ^ 2, size, proof, root)).not.toBe("accepted");
      if (size > 1) expect(check(leaf, index, size * 2, proof, root)).not.toBe("accepted");
      expect(check(leaf, index, Math.floor(size / 2), proof, root)).not.toBe("accepted");
      expect(check(bent(leaf), index, size, proof, root)).not.toBe("accepted");
      expect(check(leafHash(utf8("WrongLeaf")), index, size, proof, root)).not.toBe("accepted");
      expect(check(leaf, index, size, proof, EMPTY)).not.toBe("accepted");
      expect(check(leaf, index, size, proof, bent(root))).not.toBe("accepted");
    },
  );

  it("an index or a size that no tree has is refused", () => {
    const leaf = leafHash(LEAVES[0] as Uint8Array);
    for (const [index, size] of [
      [0, 0],
      [0, -1],
      [1, 0],
      [2, 1],
      [Number.NaN, 3],
      [0, 2 ** 53],
      [0.5, 2],
    ] as const) {
      expect(codeOf(() => checkInclusion(leaf, index, size, [], leaf))).not.toBe("accepted");
    }
  });
});

describe("transparency-dev/merkle testdata/consistency", () => {
  it.each(growths)(
    "from %i to %i: the proof verifies, and every spoiled one is refused",
    (old, size) => {
      const [root1, root2] = [tree.root(old), tree.root(size)];
      const proof = tree.consistencyProof(old, size);
      const check = (...args: Parameters<typeof checkConsistency>) =>
        codeOf(() => checkConsistency(...args));
      expect(check(old, root1, size, root2, proof)).toBe("accepted");
      for (const [, hashes] of [...spoiled(proof, root1), ...spoiled(proof, root2)]) {
        expect(check(old, root1, size, root2, hashes)).not.toBe("accepted");
      }
      expect(check(old - 1, root1, size, root2, proof)).not.toBe("accepted");
      expect(check(old + 1, root1, size, root2, proof)).not.toBe("accepted");
      expect(check(old ^ 2, root1, size, root2, proof)).not.toBe("accepted");
      expect(check(old, root1, size * 2, root2, proof)).not.toBe("accepted");
      expect(check(old, root1, Math.floor(size / 2), root2, proof)).not.toBe("accepted");
      expect(check(old, bent(root1), size, root2, proof)).not.toBe("accepted");
      expect(check(old, root1, size, bent(root2), proof)).not.toBe("accepted");
      expect(check(old, EMPTY, size, root2, proof)).not.toBe("accepted");
      expect(check(old, root1, size, EMPTY, proof)).not.toBe("accepted");
      if (old < size) expect(check(old, root2, size, root1, proof)).not.toBe("accepted");
    },
  );

  it("the empty tree grows into any tree without hashes, and into none with them", () => {
    for (let size = 0; size <= 8; size++) {
      expect(codeOf(() => checkConsistency(0, EMPTY, size, tree.root(size), []))).toBe("accepted");
      expect(codeOf(() => checkConsistency(0, EMPTY, size, tree.root(size), [GARBAGE]))).not.toBe(
        "accepted",
      );
    }
    expect(codeOf(() => checkConsistency(0, GARBAGE, 3, tree.root(3), []))).not.toBe("accepted");
  });
});

it("roots over the leaves are the published ones", () => {
  expect([0, 1, 8].map((size) => toHex(tree.root(size)))).toEqual([
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]);
});
