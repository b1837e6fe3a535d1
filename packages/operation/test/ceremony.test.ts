import { AgreementError, checkTerms, termsHash, termsSchema } from "@standstill/agreement";
import { assembleTerms, policyText } from "@standstill/operation";
import { noteVerifier, parsePolicy } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cards, draft, keyOf, terms } from "./world.ts";

describe("assembling terms", () => {
  it("gives terms that hold, and the same ones in whatever order the cards come", () => {
    expect(termsSchema.safeParse(terms).success).toBe(true);
    expect(() => checkTerms(terms)).not.toThrow();
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...cards.keys], { minLength: cards.keys.length }),
        (keys) => termsHash(assembleTerms(draft, { ...cards, keys })) === termsHash(terms),
      ),
    );
  });

  it("refuses a card that is missing, that is there twice, and that nobody asked for", () => {
    fc.assert(
      fc.property(fc.nat(cards.keys.length - 1), (at) => {
        const without = cards.keys.filter((_, i) => i !== at);
        const twice = [...cards.keys, ...cards.keys.slice(at, at + 1)];
        for (const keys of [without, twice])
          expect(() => assembleTerms(draft, { ...cards, keys })).toThrow(AgreementError);
      }),
    );
    const stranger = { holder: "nobody", publicKey: keyOf("nobody").publicKey };
    expect(() => assembleTerms(draft, { ...cards, keys: [...cards.keys, stranger] })).toThrow(
      "nobody",
    );
    const witnesses = new Map([["nobody", noteVerifier("nobody.example", keyOf("w").publicKey)]]);
    expect(() => assembleTerms(draft, { ...cards, witnesses })).toThrow("nobody");
    const asked = { ...draft, witnesses: [{ id: "tower", party: "aster" }] };
    expect(() => assembleTerms(asked, cards)).toThrow("tower");
  });
});

describe("the policy of terms", () => {
  it("trusts their log, and the quorum of witnesses that they name", () => {
    const witnesses = ["tower", "bridge", "harbour"];
    const asked = {
      ...draft,
      witnesses: witnesses.map((id) => ({ id, party: "aster" })),
      witnessQuorum: 2,
    };
    const keys = new Map(
      witnesses.map((id) => [id, noteVerifier(`${id}.example`, keyOf(id).publicKey)]),
    );
    const policy = parsePolicy(policyText(assembleTerms(asked, { ...cards, witnesses: keys })));
    expect(policy.logs.map(({ name }) => name)).toEqual([cards.log.name]);
    expect(policy.groups.get(policy.quorum)).toMatchObject({ needed: 2 });
  });
});
