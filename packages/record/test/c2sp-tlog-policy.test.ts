import {
  formatVerifier,
  type NoteVerifier,
  noteVerifier,
  parsePolicy,
  quorumMet,
  signingKey,
} from "@standstill/record";
import { describe, expect, it } from "vitest";

const publicKey = (n: number) => signingKey(new Uint8Array(32).fill(n)).publicKey;
const log = noteVerifier("log.example/a", publicKey(1));
const witnesses = [2, 3, 4].map((n) => noteVerifier(`w.example/${n}`, publicKey(n), 4)) as [
  NoteVerifier,
  NoteVerifier,
  NoteVerifier,
];
const lines = [
  "# whom we trust",
  `log ${formatVerifier(log)} https://log.example/a`,
  ...witnesses.map((witness, i) => `witness w${i} ${formatVerifier(witness)}`),
];

describe("c2sp.org/tlog-policy", () => {
  it("two of three witnesses are a quorum, one is not", () => {
    const policy = parsePolicy([...lines, "group g 2 w0 w1 w2", "quorum g", ""].join("\n"));
    expect(quorumMet(policy, [log, witnesses[0], witnesses[2]])).toBe(true);
    expect(quorumMet(policy, [log, witnesses[0], witnesses[0]])).toBe(false);
    expect(quorumMet(policy, [log])).toBe(false);
  });

  it("groups nest: all of one bloc, any of another", () => {
    const policy = parsePolicy(
      [...lines, "group a all w0 w1", "group b any w2", "group both all a b", "quorum both"].join(
        "\n",
      ),
    );
    expect(quorumMet(policy, [...witnesses])).toBe(true);
    expect(quorumMet(policy, [witnesses[0], witnesses[2]])).toBe(false);
  });

  it("a witness key may be spelled with type 01 and still means its cosignatures", () => {
    const plain = noteVerifier(witnesses[0].name, witnesses[0].publicKey, 1);
    const policy = parsePolicy(
      [lines[1], `witness w ${formatVerifier(plain)}`, "quorum w"].join("\n"),
    );
    expect(quorumMet(policy, [witnesses[0]])).toBe(true);
  });

  it.each([
    ["no quorum", lines],
    ["two quorums", [...lines, "quorum none", "quorum none"]],
    ["no log", [...lines.slice(2), "quorum none"]],
    ["a member not defined before", [...lines, "group g any x", "quorum g"]],
    ["a member of two groups", [...lines, "group g any w0", "group h any w0", "quorum g"]],
    ["more needed than there are", [...lines, "group g 3 w0 w1", "quorum g"]],
    [
      "a key twice under another name",
      [...lines, `witness again ${formatVerifier(witnesses[0])}`, "quorum none"],
    ],
    ["the name none", [...lines, "group none any w0", "quorum none"]],
    ["an unknown word", [...lines, "trust everybody", "quorum none"]],
  ])("refused: %s", (_name, text) => {
    expect(() => parsePolicy(text.join("\n"))).toThrow(
      expect.objectContaining({ code: "malformed-policy" }),
    );
  });
});
