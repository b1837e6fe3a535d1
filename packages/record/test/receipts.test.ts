import { createPublicKey, verify as nodeVerify } from "node:crypto";
import {
  concatBytes,
  cosign,
  cosignerVerifier,
  formatCoseReceipt,
  formatTlogProof,
  formatVerifier,
  fromHex,
  keyIdOf,
  leafHash,
  MerkleTree,
  noteVerifier,
  parseCoseReceipt,
  parsePolicy,
  parseTlogProof,
  receiptMessage,
  sign,
  signCheckpoint,
  signingKey,
  toHex,
  utf8,
  verifyCoseReceipt,
  verifyTlogProof,
} from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

const logKey = signingKey(new Uint8Array(32).fill(1));
const log = noteVerifier("log.example/test", logKey.publicKey);
const witnessKey = signingKey(new Uint8Array(32).fill(2));
const witness = cosignerVerifier("witness.example/one", witnessKey);
const policy = parsePolicy(
  `log ${formatVerifier(log)}\nwitness one ${formatVerifier(witness)}\nquorum one\n`,
);
const entries = Array.from({ length: 11 }, (_, i) => utf8(`entry ${i}`));
const tree = new MerkleTree();
for (const entry of entries) tree.append(entry);
const checkpoint = { origin: log.name, size: 11, root: tree.root() };
const plain = signCheckpoint(checkpoint, log, logKey);
const text = new TextDecoder().decode(plain).split("\n\n")[0] as string;
const cosigned = concatBytes(
  plain,
  utf8(cosign(`${text}\n`, witness.name, witnessKey, 1_800_000_000)),
);
const leaf = leafHash(entries[6] as Uint8Array);

describe("c2sp.org/tlog-proof", () => {
  const proof = { index: 6, hashes: tree.inclusionProof(6), checkpoint: cosigned };

  it("header, index, hashes, an empty line, the checkpoint", () => {
    const lines = new TextDecoder().decode(formatTlogProof(proof)).split("\n");
    expect(lines.slice(0, 2)).toEqual(["c2sp.org/tlog-proof@v1", "index 6"]);
    expect(lines.indexOf("")).toBe(2 + proof.hashes.length);
    expect(lines[3 + proof.hashes.length]).toBe(log.name);
  });

  it("verifies offline against key and quorum, and comes back as it was written", () => {
    for (const extra of [undefined, utf8("opaque")]) {
      const bytes = formatTlogProof({ ...proof, ...(extra === undefined ? {} : { extra }) });
      const parsed = parseTlogProof(bytes);
      expect(toHex(formatTlogProof(parsed))).toBe(toHex(bytes));
      expect(verifyTlogProof(parsed, leaf, policy).size).toBe(11);
    }
  });

  it("refuses another entry, another index, too few witnesses, another log", () => {
    const check = (bent: Partial<typeof proof>, of = leaf, under = policy) =>
      codeOf(() => verifyTlogProof({ ...proof, ...bent }, of, under));
    expect(check({}, leafHash(utf8("other")))).toBe("proof-invalid");
    expect(check({ index: 5 })).toBe("proof-invalid");
    expect(check({ checkpoint: plain })).toBe("quorum-missing");
    const other = noteVerifier(log.name, witnessKey.publicKey);
    expect(check({}, leaf, parsePolicy(`log ${formatVerifier(other)}\nquorum none\n`))).toBe(
      "signature-missing",
    );
  });

  it("any other bytes are refused with a code", () => {
    const good = formatTlogProof(proof);
    for (let at = 0; at < good.length; at += 3) {
      const bent = good.slice();
      bent[at] = (bent[at] as number) ^ 1;
      expect(codeOf(() => verifyTlogProof(parseTlogProof(bent), leaf, policy))).not.toBe(
        "accepted",
      );
      expect(
        codeOf(() => verifyTlogProof(parseTlogProof(good.slice(0, at)), leaf, policy)),
      ).not.toBe("accepted");
    }
  });
});

describe("RFC 9942, COSE receipts of inclusion", () => {
  const signature = sign(logKey, receiptMessage(tree.root(), logKey.publicKey));
  const receipt = formatCoseReceipt(
    checkpoint,
    6,
    tree.inclusionProof(6),
    signature,
    logKey.publicKey,
  );

  it("is a COSE_Sign1 with a detached payload, the proof unprotected and the data structure protected", () => {
    // Written out by hand from RFC 8949 and RFC 9942, section 5: tag 18, four items.
    const hashes = tree.inclusionProof(6).map((hash) => `5820${toHex(hash)}`);
    const proof = `830b0684${hashes.join("")}`;
    const head = `a30127045820${keyIdOf(logKey.publicKey)}19018b01`;
    expect(toHex(receipt)).toBe(
      `d284582a${head}a119018ca1208158${(proof.length / 2).toString(16)}${proof}f65840${toHex(signature)}`,
    );
  });

  it("is signed over the Sig_structure of RFC 9052, section 4.4, with the root as payload", () => {
    const head = `a30127045820${keyIdOf(logKey.publicKey)}19018b01`;
    const structure = fromHex(`846a5369676e617475726531582a${head}405820${toHex(tree.root())}`);
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), logKey.publicKey]),
      format: "der",
      type: "spki",
    });
    expect(nodeVerify(null, structure, key, signature)).toBe(true);
  });

  it("one signature serves every entry under the root", () => {
    for (const [index, entry] of entries.entries()) {
      const bytes = formatCoseReceipt(
        checkpoint,
        index,
        tree.inclusionProof(index),
        signature,
        logKey.publicKey,
      );
      verifyCoseReceipt(parseCoseReceipt(bytes), leafHash(entry), logKey.publicKey);
    }
  });

  it("refuses another entry, another key, and every bent byte but the size, which RFC 9942 leaves unsigned", () => {
    const sizeAt = toHex(receipt).indexOf("830b06") / 2 + 1;
    const check = (bytes: Uint8Array, of = leaf, key = logKey.publicKey) =>
      codeOf(() => verifyCoseReceipt(parseCoseReceipt(bytes), of, key));
    expect(check(receipt)).toBe("accepted");
    expect(check(receipt, leafHash(utf8("other")))).toBe("signature-invalid");
    expect(check(receipt, leaf, witnessKey.publicKey)).toBe("signature-invalid");
    for (let at = 0; at < receipt.length; at++) {
      for (const bit of [1, 32, 128]) {
        const bent = receipt.slice();
        bent[at] = (bent[at] as number) ^ bit;
        if (at !== sizeAt) expect(check(bent)).not.toBe("accepted");
      }
      expect(check(receipt.slice(0, at))).not.toBe("accepted");
    }
  });

  it("any other bytes are refused with a code, however deep they nest", () => {
    expect(codeOf(() => parseCoseReceipt(new Uint8Array(4096).fill(0x81)))).toBe("malformed-cbor");
    expect(codeOf(() => parseCoseReceipt(new Uint8Array(5000)))).toBe("limit-exceeded");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(["malformed-cbor", "malformed-receipt"]).toContain(
          codeOf(() => parseCoseReceipt(bytes)),
        );
      }),
    );
  });
});
