import { AgreementError, type Draft, type Terms } from "@standstill/agreement";
import { formatVerifier, type NoteVerifier, toHex } from "@standstill/record";

/** What a holder shows of a key: whose it is, and the public half. */
export interface KeyCard {
  /** The keeper, a party, or a role. */
  readonly holder: string;
  /** Which organisation signs with it for a role. */
  readonly organisation?: string | undefined;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What is shown before terms can be adopted: keys of all who will speak, of the log, and of each witness. */
export interface Cards {
  readonly keys: readonly KeyCard[];
  readonly log: NoteVerifier;
  /** By the witness's id in the draft. */
  readonly witnesses: ReadonlyMap<string, NoteVerifier>;
}

/**
 * A draft with everybody's keys in it: what the parties adopt. The order of the cards does not matter, so all who have the same draft and cards come to
 * the same hash. Refuses (`contradictory-terms`) a card that is missing, one too many, and one that the draft does not ask for.
 */
export function assembleTerms(draft: Draft, { keys, log, witnesses }: Cards): Terms {
  const asked = holdersAsked(draft);
  const unasked = keys.find((card) => !asked.some((one) => isOf(card, one)));
  if (unasked !== undefined)
    throw contradiction(
      `expected cards of those whom the terms name, got one of ${nameOf(unasked)}`,
    );
  const known = new Set(draft.witnesses.map(({ id }) => id));
  const stranger = [...witnesses.keys()].find((id) => !known.has(id));
  if (stranger !== undefined)
    throw contradiction(`expected keys of witnesses of the terms, got one of ${stranger}`);
  return {
    ...draft,
    keys: asked.map((one) => {
      const publicKey = toHex(onlyCardOf(keys, one).publicKey);
      const { holder, organisation } = one;
      return organisation === undefined
        ? { holder, publicKey }
        : { holder, publicKey, organisation };
    }),
    log: { vkey: formatVerifier(log) },
    witnessKeys: draft.witnesses.map(({ id }) => {
      const verifier = witnesses.get(id);
      if (verifier === undefined)
        throw contradiction(`expected the key of witness ${id}, got none`);
      return { witness: id, vkey: formatVerifier(verifier) };
    }),
  };
}

type Holder = Pick<KeyCard, "holder" | "organisation">;

/** Whose keys a draft asks for, in its own order. */
function holdersAsked({ keeper, parties, roles = [] }: Draft): Holder[] {
  return [
    ...[keeper, ...parties].map(({ id }) => ({ holder: id })),
    ...roles.flatMap(({ id, holders }) =>
      holders.map((organisation) => ({ holder: id, organisation })),
    ),
  ];
}

function onlyCardOf(cards: readonly KeyCard[], one: Holder): KeyCard {
  const [card, second] = cards.filter((other) => isOf(other, one));
  if (card === undefined) throw contradiction(`expected a key card of ${nameOf(one)}, got none`);
  if (second !== undefined)
    throw contradiction(`expected one key card of ${nameOf(one)}, got a second`);
  return card;
}

function isOf(one: Holder, other: Holder): boolean {
  return one.holder === other.holder && one.organisation === other.organisation;
}

function nameOf({ holder, organisation }: Holder): string {
  return organisation === undefined ? holder : `${organisation} for ${holder}`;
}

function contradiction(message: string): AgreementError {
  return new AgreementError("contradictory-terms", message, "keys");
}
