import type { Nonces } from "@noble/curves/abstract/frost.js";
import { ed25519_FROST as FROST } from "@noble/curves/ed25519.js";
import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import { receiptMessage } from "../formats/cose-receipt.ts";
import { equalBytes, textOf, toHex } from "../formats/encoding.ts";
import { checkConsistency, emptyRoot } from "../tree/proof.ts";
import {
  type JointCommitment,
  type JointPublic,
  type JointShare,
  jointPublicKey,
} from "./joint-key.ts";

/** Signings that a holder has begun and not ended. */
const MOST_OPEN = 16;

/** What a holder is asked to sign, with the proof that it may. */
export interface JointRequest {
  readonly message: Uint8Array;
  /** Of everybody who signs, this holder included. */
  readonly commitments: readonly JointCommitment[];
  /** Size of the checkpoint that the holder signed last, and the proof of growth from it; for checkpoints. */
  readonly old: number;
  readonly proof: readonly Uint8Array[];
}

/** A holder as whoever gathers signatures sees it. */
export interface JointSigner {
  readonly identifier: string;
  /** Begins a signing: the holder's commitment, and the size of the checkpoint that it signed last. */
  commit(): Promise<{ readonly commitment: JointCommitment; readonly signed: number }>;
  /** Its share of the signature; refuses (`witness-refused`) what does not continue what it signed before. */
  sign(request: JointRequest): Promise<Uint8Array>;
}

/** What a holder must remember: the newest checkpoint that it helped to sign. */
export type JointMemory = Pick<Checkpoint, "size" | "root">;

/**
 * One holder of a log's joint key. It signs a checkpoint only if it continues the one that it signed last, and a receipt
 * only under that one: too few holders together can sign nothing, and honest ones among them sign no fork.
 */
export class JointHolder implements JointSigner {
  readonly identifier: string;
  readonly #origin: string;
  readonly #key: JointPublic;
  readonly #share: JointShare;
  readonly #remember: (memory: JointMemory) => Promise<void>;
  readonly #open = new Map<string, Nonces>();
  #memory: JointMemory;
  #signing: Promise<unknown> = Promise.resolve();

  /**
   * @param origin the log that it signs for
   * @param memory what `remember` was given last; nothing for a new log
   * @param remember stores durably; a share is handed out after it resolves
   */
  constructor(
    origin: string,
    key: JointPublic,
    share: JointShare,
    remember: (memory: JointMemory) => Promise<void>,
    memory: JointMemory = { size: 0, root: emptyRoot() },
  ) {
    this.identifier = share.identifier;
    this.#origin = origin;
    this.#key = key;
    this.#share = share;
    this.#remember = remember;
    this.#memory = memory;
  }

  async commit(): Promise<{ commitment: JointCommitment; signed: number }> {
    const { nonces, commitments } = FROST.commit(this.#share);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size >= MOST_OPEN) this.#open.delete(oldest);
    this.#open.set(toHex(commitments.hiding), nonces);
    return { commitment: commitments, signed: this.#memory.size };
  }

  sign(request: JointRequest): Promise<Uint8Array> {
    const mine = this.#signing.then(() => this.#sign(request));
    this.#signing = mine.catch(() => undefined);
    return mine;
  }

  async #sign({ message, commitments, old, proof }: JointRequest): Promise<Uint8Array> {
    const own = commitments.find(({ identifier }) => identifier === this.identifier);
    const name = own === undefined ? "" : toHex(own.hiding);
    const nonces = this.#open.get(name);
    if (nonces === undefined) {
      throw new RecordError("witness-refused", "expected a signing that was begun, got another");
    }
    // Before anything else: a nonce that signs twice gives the share away.
    this.#open.delete(name);
    const checkpoint = this.#judge(message, old, proof);
    if (checkpoint !== undefined) {
      await this.#remember(checkpoint);
      this.#memory = checkpoint;
    }
    return FROST.signShare(this.#share, this.#key, nonces, [...commitments], message);
  }

  /** The checkpoint that a message is, if it may be signed; nothing for a receipt under the last one. */
  #judge(message: Uint8Array, old: number, proof: readonly Uint8Array[]): JointMemory | undefined {
    const { size, root } = this.#memory;
    if (equalBytes(message, receiptMessage(root, jointPublicKey(this.#key)))) return undefined;
    const checkpoint = parseCheckpoint(textOf(message));
    if (checkpoint.origin !== this.#origin || old !== size || checkpoint.size < size) {
      const message = `expected a checkpoint of ${this.#origin} that continues that of ${size}, got ${checkpoint.origin}, ${checkpoint.size} from ${old}`;
      throw new RecordError("witness-refused", message);
    }
    checkConsistency(size, root, checkpoint.size, checkpoint.root, proof);
    return checkpoint;
  }
}
