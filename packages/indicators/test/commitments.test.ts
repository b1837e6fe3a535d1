import { auditSample, commitRows, decimalText, saltedRow } from "@standstill/indicators";
import { checkInclusion, leafHash, MerkleTree, toHex, utf8 } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const seed = utf8("sixteen or more secret bytes");
const rows = Array.from({ length: 500 }, (_, i) => `{"row":${i}}`);

describe("commitments to private rows", () => {
  it("change with every row, its place and the seed, and are the root of the salted rows", () => {
    const { root } = commitRows(rows, seed);
    const changed = rows.map((row, i) => (i === 77 ? `${row} ` : row));
    const swapped = rows.map((row, i) => (i < 2 ? (rows[1 - i] as string) : row));
    const other = utf8("another seed of sixteen bytes");
    const roots = [
      root,
      ...[changed, swapped, rows.slice(1)].map((its) => commitRows(its, seed).root),
      commitRows(rows, other).root,
    ];
    expect(new Set(roots).size).toBe(5);
    const tree = new MerkleTree();
    for (const [i, row] of rows.entries()) tree.append(saltedRow(row, i, seed));
    expect(toHex(tree.root())).toBe(root);
    const leaf = leafHash(saltedRow(rows[42] as string, 42, seed));
    expect(() =>
      checkInclusion(leaf, 42, 500, tree.inclusionProof(42, 500), tree.root()),
    ).not.toThrow();
  });

  it("refuse a seed that could be guessed", () => {
    expect(() => commitRows(rows, utf8("short"))).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

describe("rows that an audit opens", () => {
  it("are as many as asked, each once, and others with other randomness", () => {
    const commitment = commitRows(rows, seed);
    const sample = auditSample(commitment, 50, "beacon round 7");
    expect(new Set(sample).size).toBe(50);
    expect(sample.every((row) => row >= 0 && row < 500)).toBe(true);
    expect(auditSample(commitment, 50, "beacon round 7")).toEqual(sample);
    expect(auditSample(commitment, 50, "beacon round 8")).not.toEqual(sample);
    expect(auditSample(commitment, 900, "x")).toHaveLength(500);
    expect(auditSample({ rows: 0, root: "00" }, 5, "x")).toEqual([]);
  });

  it("are each as likely", () => {
    const counts = Array<number>(20).fill(0);
    for (let i = 0; i < 4000; i++)
      for (const row of auditSample({ rows: 20, root: "ab" }, 2, String(i)))
        counts[row] = (counts[row] as number) + 1;
    // 400 expected of each, with a standard deviation of 19.
    expect(Math.max(...counts)).toBeLessThan(480);
    expect(Math.min(...counts)).toBeGreaterThan(320);
  });
});

describe("numbers as they are published", () => {
  it("six digits that count, the same for the same number, never an exponent", () => {
    expect([0, 0.5, 718.807123, 0.0000012345678, 123456789, 99.99999].map(decimalText)).toEqual([
      ...["0", "0.5", "718.807", "0.000001235", "123456789", "100"],
    ]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e14, noNaN: true }), (value) => {
        const text = decimalText(value);
        expect(text).toMatch(/^(?:0|[1-9]\d*)(?:\.\d{1,9})?$/);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.max(value * 1e-5, 1e-9));
      }),
    );
    expect(() => decimalText(Number.NaN)).toThrow(RangeError);
    expect(() => decimalText(-1)).toThrow(RangeError);
  });
});
