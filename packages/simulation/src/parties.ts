import type { Draft, Terms } from "@standstill/agreement";
import {
  assembleTerms,
  type Keeper,
  Outbox,
  type OwnRecord,
  periodSalt,
  type Speaker,
} from "@standstill/operation";
import {
  COSIGNATURE_TYPE,
  type NoteVerifier,
  noteVerifier,
  type SigningKey,
} from "@standstill/record";

/** Keys of holders that one machine plays, by name. In earnest each holder keeps its own, and nobody has them all. */
export type Keyring = ReadonlyMap<string, SigningKey>;

/** Name of the example's log; names under `.example` belong to nobody. */
export const ORIGIN = "standstill.example/log";
/** Under which name the keyring holds the log's key. */
export const LOG_HOLDER = "log";

/** All holders of keys that one machine plays for an agreement. */
export function holdersOf(draft: Draft): string[] {
  return [
    LOG_HOLDER,
    draft.keeper.id,
    ...draft.parties.map(({ id }) => id),
    ...draft.witnesses.map(({ id }) => id),
    ...(draft.roles ?? []).flatMap(({ id, holders }) => holders.map((one) => keyName(id, one))),
  ];
}

/** Under which name the keyring holds the key with which an organisation signs for a role. */
function keyName(role: string, organisation: string): string {
  return `${role}.${organisation}`;
}

/** A holder's key; the keyring of invented parties holds them all. */
export function keyOf(keyring: Keyring, holder: string): SigningKey {
  const key = keyring.get(holder);
  if (key === undefined) throw new Error(`expected a key of ${holder}, got none`);
  return key;
}

/** The key that verifies the log, where the keyring holds it. */
export function logVerifier(keyring: Keyring): NoteVerifier {
  return noteVerifier(ORIGIN, keyOf(keyring, LOG_HOLDER).publicKey);
}

/** The key that verifies a witness's cosignatures. */
export function witnessVerifier(keyring: Keyring, witness: string): NoteVerifier {
  const { publicKey } = keyOf(keyring, witness);
  return noteVerifier(`standstill.example/${witness}`, publicKey, COSIGNATURE_TYPE);
}

/** The terms that invented parties adopt: the draft with everybody's keys from the keyring in it. */
export function inventedTerms(
  draft: Draft,
  keyring: Keyring,
  log: NoteVerifier = logVerifier(keyring),
): Terms {
  const card = (holder: string) => ({ holder, publicKey: keyOf(keyring, holder).publicKey });
  return assembleTerms(draft, {
    keys: [
      ...[draft.keeper, ...draft.parties].map(({ id }) => card(id)),
      ...(draft.roles ?? []).flatMap(({ id, holders }) =>
        holders.map((organisation) => ({
          ...card(keyName(id, organisation)),
          holder: id,
          organisation,
        })),
      ),
    ],
    log,
    witnesses: new Map(draft.witnesses.map(({ id }) => [id, witnessVerifier(keyring, id)])),
  });
}

/** Who plays: an agreement, everybody's keys, the record that they speak to, and what time it is. */
export interface PartiesOptions {
  readonly draft: Draft;
  readonly keyring: Keyring;
  /** The log's key, where the keyring does not hold it. */
  readonly log?: NoteVerifier | undefined;
  readonly record: OwnRecord;
  /** Present time in POSIX milliseconds. */
  readonly now: () => number;
}

/** Invented parties with their keeper and their panels, on one machine. Each speaks as anybody would: through an outbox of its own. */
export class InventedParties {
  readonly draft: Draft;
  /** What they adopt. */
  readonly terms: Terms;
  readonly #options: PartiesOptions;
  readonly #outboxes = new Map<string, Outbox>();

  constructor(options: PartiesOptions) {
    this.#options = options;
    this.draft = options.draft;
    this.terms = inventedTerms(options.draft, options.keyring, options.log);
  }

  get record(): OwnRecord {
    return this.#options.record;
  }

  get keeper(): Keeper {
    return this.#speaker(this.draft.keeper.id, [this.draft.keeper.id]);
  }

  /** A party, by itself. */
  party(id: string): Speaker {
    return this.#speaker(id, [id]);
  }

  /** Organisations that speak together for a role. */
  together(role: string, organisations: readonly string[]): Speaker {
    return this.#speaker(
      role,
      organisations.map((one) => keyName(role, one)),
    );
  }

  /** The salt of a party's period: from its key, so that it is the same when the play was interrupted. */
  saltOf(party: string, site: string, start: string): string {
    return periodSalt(keyOf(this.#options.keyring, party).seed, site, start);
  }

  #speaker(issuer: string, holders: readonly string[]): Keeper {
    const { keyring, record, now } = this.#options;
    const outbox = this.#outboxes.get(issuer) ?? new Outbox();
    this.#outboxes.set(issuer, outbox);
    const keys = holders.map((holder) => keyOf(keyring, holder));
    return { issuer, keys, registrar: record, outbox, now };
  }
}
