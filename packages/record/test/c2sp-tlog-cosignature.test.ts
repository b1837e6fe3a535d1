import {
  concatBytes,
  cosign,
  cosignatureTime,
  cosignerVerifier,
  cosigningVerifier,
  formatVerifier,
  fromBase64,
  noteVerifier,
  openNote,
  parseNote,
  parseVerifier,
  signCheckpoint,
  signingKey,
  toHex,
  utf8,
  witnessSpellings,
} from "@standstill/record";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

const logKey = signingKey(new Uint8Array(32).fill(1));
const log = noteVerifier("log.example/test", logKey.publicKey);
const checkpoint = { origin: log.name, size: 7, root: new Uint8Array(32).fill(5) };
const note = signCheckpoint(checkpoint, log, logKey);
const { text } = parseNote(note);
const keys = {
  "Ed25519 (type 04)": signingKey(new Uint8Array(32).fill(2)),
  "ML-DSA-44 (type 06)": { mlDsaSeed: new Uint8Array(32).fill(3) },
};

describe("c2sp.org/tlog-cosignature", () => {
  it.each(Object.entries(keys))("%s: verifies, and covers time, text and key", (_, key) => {
    const verifier = cosignerVerifier("witness.example/one", key);
    const line = cosign(text, verifier.name, key, 1_800_000_000);
    const cosigned = concatBytes(note, utf8(line));
    const opened = openNote(cosigned, [log, verifier]);
    expect(opened.verified).toHaveLength(2);
    const signature = opened.signatures[1]?.signature as Uint8Array;
    expect(cosignatureTime(signature)).toBe(1_800_000_000n);
    expect([72, 2428]).toContain(signature.length);
    for (const at of [7, 8, signature.length - 1]) {
      const payload = fromBase64(line.trimEnd().split(" ")[2] as string);
      payload[at + 4] = (payload[at + 4] as number) ^ 1;
      const bent = `— ${verifier.name} ${Buffer.from(payload).toString("base64")}\n`;
      expect(codeOf(() => openNote(concatBytes(note, utf8(bent)), [verifier]))).toBe(
        "signature-invalid",
      );
    }
    const other = signCheckpoint({ ...checkpoint, size: 8 }, log, logKey);
    expect(codeOf(() => openNote(concatBytes(other, utf8(line)), [verifier]))).toBe(
      "signature-invalid",
    );
  });

  it("an Ed25519 line is 76 bytes with its key id, an ML-DSA-44 line 2,432", () => {
    const lengths = Object.values(keys).map(
      (key) =>
        fromBase64(cosign(text, "w.example", key, 1).trimEnd().split(" ")[2] as string).length,
    );
    expect(lengths).toEqual([76, 2432]);
  });

  it("ML-DSA-44 commits to the witness's name and not to extension lines, Ed25519 the other way round", () => {
    const { mlDsaSeed } = keys["ML-DSA-44 (type 06)"];
    const line = cosign(text, "w.example/one", { mlDsaSeed }, 1);
    const verifier = cosignerVerifier("w.example/two", { mlDsaSeed });
    const payload = fromBase64(line.trimEnd().split(" ")[2] as string);
    payload.set(verifier.keyId);
    const renamed = `— w.example/two ${Buffer.from(payload).toString("base64")}\n`;
    expect(codeOf(() => openNote(concatBytes(note, utf8(renamed)), [verifier]))).toBe(
      "signature-invalid",
    );
    const extended = utf8(`${text}extension\n\n${line}`);
    expect(
      openNote(extended, [cosignerVerifier("w.example/one", { mlDsaSeed })]).verified,
    ).toHaveLength(1);
    const key = keys["Ed25519 (type 04)"];
    const plain = cosign(text, "w.example/one", key, 1);
    expect(
      codeOf(() =>
        openNote(utf8(`${text}extension\n\n${plain}`), [cosignerVerifier("w.example/one", key)]),
      ),
    ).toBe("signature-invalid");
  });

  it("the specification's example: time and key id of its line", () => {
    const line =
      "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
    const bytes = fromBase64(line);
    expect(toHex(bytes.subarray(0, 4))).toBe("8d66cf3f");
    expect(cosignatureTime(bytes.slice(4))).toBe(1679315147n);
  });
});

describe("transparency-dev/formats note_cosigv1_test.go", () => {
  it("a witness key of type 01 is taken and converted; one of type 04 is taken as it is", () => {
    const plain = parseVerifier("TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6");
    const cosigning = cosigningVerifier(plain);
    expect(cosigning.type).toBe(4);
    expect(witnessSpellings(plain)).toEqual([formatVerifier(cosigning), formatVerifier(plain)]);
    const remora = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    expect(formatVerifier(cosigningVerifier(parseVerifier(remora)))).toBe(remora);
  });

  it("the time of a cosignature; a plain signature has none", () => {
    const cosignature = fromBase64(
      "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==",
    );
    expect(cosignatureTime(cosignature.slice(4))).toBe(1727964367n);
    const plain = fromBase64(
      "eQjRQm6eSKzFoiYalgwCPXu2y3ijtg68is9M46JKxuZB+dRfTmeQeDBoXnvxZx2ugnkyV+MUMLXpWs1hPb/W/4xkNQY=",
    );
    expect(codeOf(() => cosignatureTime(plain.slice(4)))).toBe("malformed-note");
  });
});
