import {
  canonicalBytes,
  decodeEntry,
  decodeEnvelope,
  encodeEnvelope,
  generateSigningKey,
  keyIdOf,
  parseQuantity,
  parseStatement,
  type Statement,
  sign,
  signersOf,
  signStatement,
  toBase64,
  utf8,
} from "@standstill/record";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

const key = generateSigningKey();
const statement: Statement = {
  type: "run/declare",
  version: 1,
  agreement: "ab".repeat(32),
  issuer: "aster",
  sequence: 0,
  issuedAt: "2026-06-04T12:00:00.000Z",
  body: { run: "aster/one" },
};
describe("DSSE envelopes", () => {
  it("the pre-authentication encoding covers type, lengths and payload", () => {
    const signed = signStatement(statement, key);
    const { payload } = signed.envelope;
    const type = "application/vnd.standstill.statement+json";
    const message = new Uint8Array([
      ...utf8(`DSSEv1 ${type.length} ${type} ${payload.length} `),
      ...payload,
    ]);
    expect(signed.envelope.signatures[0]?.signature).toEqual(sign(key, message));
    expect(signersOf(signed.envelope, [key.publicKey])).toEqual([keyIdOf(key.publicKey)]);
  });

  it("round-trip through the log's entry; the id does not depend on who signed", () => {
    const one = signStatement(statement, key);
    const other = signStatement(statement, generateSigningKey());
    expect(decodeEntry(encodeEnvelope(one.envelope))).toEqual(one);
    expect(other.id).toBe(one.id);
  });

  it("an unknown key, a changed payload and a signature over the bare payload do not count", () => {
    const { envelope } = signStatement(statement, key);
    expect(signersOf(envelope, [generateSigningKey().publicKey])).toEqual([]);
    const changed = signStatement({ ...statement, sequence: 1 }, key).envelope.payload;
    expect(signersOf({ ...envelope, payload: changed }, [key.publicKey])).toEqual([]);
    const bare = { keyId: keyIdOf(key.publicKey), signature: sign(key, envelope.payload) };
    expect(signersOf({ ...envelope, signatures: [bare] }, [key.publicKey])).toEqual([]);
  });

  it("an entry in another spelling is refused in the log and accepted at the door", () => {
    const entry = encodeEnvelope(signStatement(statement, key).envelope);
    const spaced = utf8(JSON.stringify(JSON.parse(new TextDecoder().decode(entry)), null, 1));
    expect(codeOf(() => decodeEntry(spaced))).toBe("not-canonical");
    expect(codeOf(() => decodeEnvelope(spaced))).toBe("accepted");
  });

  it.each([
    ["no JSON", "}{", "malformed-json"],
    [
      "another payload type",
      { payload: "e30=", payloadType: "x", signatures: [] },
      "malformed-envelope",
    ],
    [
      "no signature",
      { payload: "e30=", payloadType: "application/vnd.standstill.statement+json", signatures: [] },
      "malformed-envelope",
    ],
    [
      "a short signature",
      {
        payload: "e30=",
        payloadType: "application/vnd.standstill.statement+json",
        signatures: [{ keyid: "00".repeat(32), sig: "AAAA" }],
      },
      "malformed-envelope",
    ],
    [
      "base64 with loose bits",
      {
        payload: "e31=",
        payloadType: "application/vnd.standstill.statement+json",
        signatures: [{ keyid: "00".repeat(32), sig: toBase64(new Uint8Array(64)) }],
      },
      "malformed-encoding",
    ],
  ])("refused: %s", (_name, envelope, code) => {
    const bytes = utf8(typeof envelope === "string" ? envelope : JSON.stringify(envelope));
    expect(codeOf(() => decodeEnvelope(bytes))).toBe(code);
  });
});

describe("statement heads", () => {
  it.each([
    ["an unknown field", { ...statement, extra: 1 }],
    ["a version that is no name and no number", { ...statement, version: null }],
    ["a version without a name", { ...statement, version: "" }],
    ["a negative sequence", { ...statement, sequence: -1 }],
    ["a fractional sequence", { ...statement, sequence: 0.5 }],
    ["a day that does not exist", { ...statement, issuedAt: "2026-02-30T00:00:00.000Z" }],
    ["a local time", { ...statement, issuedAt: "2026-06-04T12:00:00+02:00" }],
    ["an issuer with a space", { ...statement, issuer: "a ster" }],
    ["no body", { ...statement, body: undefined }],
  ])("refused: %s", (_name, bad) => {
    expect(codeOf(() => parseStatement(canonicalBytes(bad)))).toBe("malformed-statement");
  });

  it.each([1, "1", "draft-0123456789ab", "of a program to come"])(
    "let version %s through: which there are is for admission to say",
    (version) => {
      const words = parseStatement(canonicalBytes({ ...statement, version }));
      expect(words.version).toBe(version);
    },
  );
});

describe("quantities", () => {
  it.each([
    "-1 FLOP",
    "NaN FLOP",
    "1e400 FLOP",
    "1.5 FLOP",
    "01 FLOP",
    "1 J",
    "1FLOP",
    `${"9".repeat(41)} FLOP`,
  ])("refused: %s", (text) => {
    expect(codeOf(() => parseQuantity(text, "FLOP"))).toBe("malformed-statement");
  });
});
