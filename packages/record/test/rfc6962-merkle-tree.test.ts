import {
  checkConsistency,
  checkInclusion,
  leafHash,
  MerkleTree,
  toBase64,
  toHex,
  utf8,
} from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { LEAVES } from "./merkle-leaves.ts";

const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

function treeOf(entries: readonly Uint8Array[]): MerkleTree {
  const tree = new MerkleTree();
  for (const entry of entries) tree.append(entry);
  return tree;
}

const starts = (hashes: readonly Uint8Array[]) =>
  hashes.map((hash) => toHex(hash).slice(0, 8)).join(" ");

describe("RFC 6962, section 2.1", () => {
  const tree = treeOf(LEAVES);

  it.each(ROOTS.map((root, size) => [size, root] as const))(
    "root of the first %i vector leaves",
    (size, root) => {
      expect(toHex(tree.root(size))).toBe(root);
    },
  );

  it("section 2.1.1: inclusion paths of the vector leaves", () => {
    expect(starts(tree.inclusionProof(5, 7))).toBe("bc1a0643 b08693ec d37ee418");
    expect(starts(tree.inclusionProof(0, 8))).toBe("96a296d2 5f083f0a 6b47aaf2");
  });

  it("section 2.1.2: consistency paths of the vector leaves", () => {
    expect(starts(tree.consistencyProof(3, 7))).toBe("0298d122 07506a85 fac54203 837dbb15");
    expect(starts(tree.consistencyProof(4, 8))).toBe("6b47aaf2");
    expect(starts(tree.consistencyProof(6, 8))).toBe("0ebc5d34 ca854ea1 d37ee418");
  });

  it("the Tessera test log: fifteen words", () => {
    const words =
      "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split(
        " ",
      );
    const log = treeOf(words.map(utf8));
    expect(toBase64(log.root(1))).toBe("0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=");
    expect(toBase64(log.root(7))).toBe("IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=");
    expect(toBase64(log.root(15))).toBe("rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=");
  });
});

describe("proofs in a tree of 70,000", () => {
  const tree = new MerkleTree();
  for (let i = 0; i < 70_000; i++) tree.append(utf8(`entry ${i}`));

  it("have the lengths that the structure determines", () => {
    expect([256, 54_321, 69_999].map((index) => tree.inclusionProof(index).length)).toEqual([
      17, 17, 9,
    ]);
    expect([1_000, 256].map((size) => tree.consistencyProof(size).length)).toEqual([15, 9]);
  });

  it("inclusion holds for every entry, and for no other entry, index, size or root", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70_000 }), fc.nat(), fc.nat(), (size, at, flip) => {
        const index = at % size;
        const leaf = leafHash(utf8(`entry ${index}`));
        const proof = tree.inclusionProof(index, size);
        checkInclusion(leaf, index, size, proof, tree.root(size));
        expect(() =>
          checkInclusion(leafHash(utf8("other")), index, size, proof, tree.root(size)),
        ).toThrow();
        expect(() =>
          checkInclusion(leaf, (index + 1) % size, size, proof, tree.root(size)),
        ).toThrow();
        expect(() => checkInclusion(leaf, index, size, proof, tree.root(size - 1))).toThrow();
        const bent = proof.map((hash) => hash.slice());
        const hash = bent[flip % bent.length] as Uint8Array;
        hash[flip % 32] = (hash[flip % 32] as number) ^ 1;
        expect(() => checkInclusion(leaf, index, size, bent, tree.root(size))).toThrow();
        expect(() =>
          checkInclusion(leaf, index, size, [...proof, leaf], tree.root(size)),
        ).toThrow();
        expect(() => checkInclusion(leaf, index, size, proof.slice(1), tree.root(size))).toThrow();
      }),
      { numRuns: scaled(60) },
    );
  });

  it("consistency holds for every pair of sizes, and for no rewritten tree", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70_000 }),
        fc.integer({ min: 1, max: 70_000 }),
        (a, b) => {
          const [old, size] = a < b ? [a, b] : [b, a];
          const proof = tree.consistencyProof(old, size);
          checkConsistency(old, tree.root(old), size, tree.root(size), proof);
          const other = leafHash(utf8("other"));
          expect(() => checkConsistency(old, other, size, tree.root(size), proof)).toThrow();
          expect(() => checkConsistency(old, tree.root(old), size, other, proof)).toThrow();
          expect(() =>
            checkConsistency(old, tree.root(old), size, tree.root(size), [...proof, other]),
          ).toThrow();
        },
      ),
      { numRuns: scaled(60) },
    );
  });
});
