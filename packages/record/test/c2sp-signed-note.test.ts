import {
  fromBase64,
  openNote,
  parseNote,
  parseVerifier,
  signingKey,
  signNoteText,
  utf8,
} from "@standstill/record";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SEED = fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").slice(1);
const PETER_LINE =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const ENOCH_LINE =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

describe("c2sp.org/signed-note", () => {
  it("the specification's example verifies", () => {
    const verifier = parseVerifier(
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    );
    const note =
      "This is an example message.\n\n" +
      "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    expect(openNote(utf8(note), [verifier]).text).toBe("This is an example message.\n");
  });
});

describe("Go x/mod sumdb/note tests", () => {
  it("signing reproduces the published line", () => {
    expect(signNoteText(TEXT, parseVerifier(PETER), signingKey(PETER_SEED))).toBe(PETER_LINE);
  });

  it("two signatures verify, one unknown signature is ignored, none known is refused", () => {
    const note = utf8(`${TEXT}\n${PETER_LINE}${ENOCH_LINE}`);
    expect(openNote(note, [PETER, ENOCH].map(parseVerifier)).verified).toHaveLength(2);
    expect(openNote(note, [parseVerifier(ENOCH)]).verified).toHaveLength(1);
    expect(codeOf(() => openNote(note, []))).toBe("signature-missing");
  });

  it("a duplicate line counts once; a known key with a bad signature refuses the note", () => {
    const peter = parseVerifier(PETER);
    expect(openNote(utf8(`${TEXT}\n${PETER_LINE}${PETER_LINE}`), [peter]).verified).toHaveLength(1);
    expect(codeOf(() => openNote(utf8(`${TEXT}x\n\n${PETER_LINE}`), [peter]))).toBe(
      "signature-invalid",
    );
  });

  it("two verifiers with one name and id are ambiguous only when a signature needs them", () => {
    const peter = parseVerifier(PETER);
    const twin = { ...parseVerifier(ENOCH), name: peter.name, keyId: peter.keyId };
    expect(codeOf(() => openNote(utf8(`${TEXT}\n${PETER_LINE}`), [peter, twin]))).toBe(
      "ambiguous-key",
    );
    expect(
      openNote(utf8(`${TEXT}\n${ENOCH_LINE}`), [peter, twin, parseVerifier(ENOCH)]).verified,
    ).toHaveLength(1);
  });

  it("every proper prefix and every single-character increment of a vkey is refused", () => {
    for (let i = 0; i < PETER.length; i++) {
      expect(codeOf(() => parseVerifier(PETER.slice(0, i)))).not.toBe("accepted");
      const bent =
        PETER.slice(0, i) + String.fromCharCode(PETER.charCodeAt(i) + 1) + PETER.slice(i + 1);
      expect(codeOf(() => parseVerifier(bent))).not.toBe("accepted");
    }
  });

  it.each([
    [
      "wrong key length",
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    ],
    ["unknown algorithm", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
  ])("%s is refused", (_name, vkey) => {
    expect(codeOf(() => parseVerifier(vkey))).not.toBe("accepted");
  });

  it.each([
    ["text alone", TEXT],
    ["text and an empty line", `${TEXT}\n`],
    ["last signature without newline", `${TEXT}\n${PETER_LINE.trimEnd()}`],
    ["a control byte in front", `\u0001${TEXT}\n${PETER_LINE}`],
    ["key name with a space", `${TEXT}\n— Peter Neumann ${PETER_LINE.split(" ")[2]}`],
    ["a line after the signatures", `${TEXT}\n${PETER_LINE}more\n`],
    ["101 signatures", `${TEXT}\n${PETER_LINE.repeat(101)}`],
  ])("malformed: %s", (_name, note) => {
    expect(codeOf(() => parseNote(utf8(note)))).not.toBe("accepted");
  });
});
