import { rotationMessage, termsHash } from "@standstill/agreement";
import { keyIdOf, sign, signingKey, toHex } from "@standstill/record";
import { describe, expect, it } from "vitest";
import { Story } from "./story.ts";
import { keyOf, terms } from "./world.ts";

const idOf = (holder: string) => keyIdOf(keyOf(holder).publicKey);
const fresh = (n: number) => signingKey(new Uint8Array(32).fill(200 + n));
const NEXT = "aster.next";

/** A rotation of a holder's key, signed by the new one. */
function rotation(holder: string, key: string, next = keyOf(NEXT), signer = next) {
  const replacement = toHex(next.publicKey);
  const message = rotationMessage(termsHash(terms), holder, key, replacement);
  return { key, replacement, proof: toHex(sign(signer, message)) };
}
const pledge = { mode: "cap", while: { kind: "all", of: [] } };

describe("a key that is rotated", () => {
  it("counts no longer from the next statement on; the new one does", () => {
    const story = new Story();
    story.say("aster", "key/rotate", rotation("aster", idOf("aster")));
    expect(story.try("aster", "pledge/make", pledge)).toBe("signature-invalid");
    expect(story.try("aster", "pledge/make", pledge, {}, [NEXT])).toBeUndefined();
  });

  it("is its holder's own, and the new one is shown to be held, for this holder and agreement", () => {
    const story = new Story();
    const own = idOf("aster");
    const attempt = (body: object) => story.try("aster", "key/rotate", body);
    expect(attempt(rotation("aster", idOf("dune")))).toBe("not-its-own");
    expect(attempt(rotation("aster", own, keyOf(NEXT), fresh(1)))).toBe("signature-invalid");
    expect(attempt(rotation("dune", own))).toBe("signature-invalid");
    expect(attempt({ ...rotation("aster", own), replacement: "00".repeat(32) })).toBe(
      "malformed-body",
    );
    expect(attempt(rotation("aster", own, keyOf("dune")))).toBe("already-said");
    expect(attempt(rotation("aster", own))).toBeUndefined();
  });

  it("never counts again, nor is taken by anyone else", () => {
    const story = new Story();
    story.say("aster", "key/rotate", rotation("aster", idOf("aster")));
    const back = rotation("aster", idOf(NEXT), keyOf("aster"));
    expect(story.try("aster", "key/rotate", back, {}, [NEXT])).toBe("already-said");
    expect(story.try("dune", "key/rotate", rotation("dune", idOf("dune"), keyOf("aster")))).toBe(
      "already-said",
    );
  });
});

describe("a key that is revoked", () => {
  it("counts no longer; who has no other key is mute until the terms are amended", () => {
    const story = new Story();
    story.say("aster", "key/revoke", { key: idOf("aster"), reason: "Stolen." });
    expect(story.try("aster", "pledge/make", pledge)).toBe("signature-invalid");
    expect(story.state.agreement.keyChanges).toMatchObject([
      { holder: "aster", reason: "Stolen." },
    ]);
  });

  it("is one's own only: nobody silences another", () => {
    const story = new Story();
    const reason = "They should be silent.";
    expect(story.try("dune", "key/revoke", { key: idOf("aster"), reason })).toBe("not-its-own");
  });

  it("of a panel leaves the others, who must still be enough", () => {
    const story = new Story();
    const panel = (terms.roles ?? []).find(({ task }) => task === "adjudicator");
    const { id, holders } = panel as NonNullable<typeof panel>;
    const [a, b, c] = holders.map((holder) => `${id}.${holder}`) as [string, string, string];
    const revoke = (key: string, signers: string[]) =>
      story.try(id, "key/revoke", { key: idOf(key), reason: "Lost." }, {}, signers);
    expect(revoke(a, [a])).toBe("signature-invalid");
    expect(revoke(a, [b, c])).toBeUndefined();
    expect(revoke(b, [a, b])).toBe("signature-invalid");
    expect(revoke(b, [b, c])).toBeUndefined();
    expect(revoke(c, [c])).toBe("signature-invalid");
  });
});
