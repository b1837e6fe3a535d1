import type {
  DKG_Round1,
  DKG_Round2,
  FrostPublic,
  FrostSecret,
  NonceCommitments,
} from "@noble/curves/abstract/frost.js";
import { ed25519_FROST as FROST } from "@noble/curves/ed25519.js";
import { RecordError } from "../error.ts";
import { there } from "../there.ts";

/** What everybody knows of a key that several hold together: who they are, how many must sign, the public key. */
export type JointPublic = FrostPublic;
/** One holder's share of it. It stays with its holder. */
export type JointShare = FrostSecret;
/** A holder's public part of one signing. */
export type JointCommitment = NonceCommitments;

/** What a holder sends to all others in the first round of making a key. */
export type CeremonyRound1 = DKG_Round1;
/** What a holder sends to one other in the second round; it is secret between the two. */
export type CeremonyRound2 = DKG_Round2;

/**
 * One holder's part in making a joint key (FROST, RFC 9591; distributed key generation as in Komlo and Goldberg 2020,
 * figure 1). No machine ever has the whole key: each holder sends `first` to all, then `second()` gives what to send to
 * each, then `third()` its share.
 *
 * @example const mine = new KeyCeremony("aster", ["aster", "borealis", "cedar"], 2);
 */
export class KeyCeremony {
  /** To be sent to every other holder. */
  readonly first: CeremonyRound1;
  readonly #holders: readonly string[];
  readonly #secret: ReturnType<typeof FROST.DKG.round1>["secret"];
  #others: CeremonyRound1[] = [];

  /** @param needed how many of the holders must sign together */
  constructor(name: string, holders: readonly string[], needed: number) {
    if (needed < 2 || needed > holders.length || new Set(holders).size !== holders.length) {
      const message = `expected 2 to ${holders.length} of different holders to sign together, got ${needed}`;
      throw new RecordError("malformed-key", message);
    }
    this.#holders = holders;
    const round = FROST.DKG.round1(idOf(name), { min: needed, max: holders.length });
    this.first = round.public;
    this.#secret = round.secret;
  }

  /** From what all others sent first: what to send to each of them, by name. */
  second(others: readonly CeremonyRound1[]): Map<string, CeremonyRound2> {
    this.#others = [...others];
    const shares = inCeremony(() => FROST.DKG.round2(this.#secret, this.#others));
    return new Map(
      this.#holders.flatMap((holder) => {
        const share = shares[idOf(holder)];
        return share === undefined ? [] : [[holder, share] as const];
      }),
    );
  }

  /** From what all others sent to this holder: the public part, the same for all, and its share. */
  third(received: readonly CeremonyRound2[]): {
    readonly public: JointPublic;
    readonly share: JointShare;
  } {
    const key = inCeremony(() => FROST.DKG.round3(this.#secret, this.#others, [...received]));
    return { public: key.public, share: key.secret };
  }
}

/** The 32 bytes of the public key; signatures by it are plain Ed25519 signatures. */
export function jointPublicKey(key: JointPublic): Uint8Array {
  return Uint8Array.from(there(key.commitments[0]));
}

/** The identifier of a holder in every ceremony and signing. */
export function idOf(holder: string): string {
  return FROST.Identifier.derive(holder);
}

function inCeremony<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw new RecordError("malformed-key", "expected shares that fit together, got others", {
      cause,
    });
  }
}
