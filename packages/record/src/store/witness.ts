import { join } from "node:path";
import { sha256 } from "#primitives";
import type { SigningKey } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import {
  cosign,
  cosignatureTime,
  cosignerVerifier,
  type MlDsaKey,
} from "../formats/cosignature.ts";
import { concatBytes, equalBytes, toHex, utf8 } from "../formats/encoding.ts";
import { openNote } from "../formats/note.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import { there } from "../there.ts";
import {
  judgeCheckpoint,
  parseAddCheckpoint,
  SIZE_TYPE,
  unseenLog,
  type WitnessState,
} from "../witness/add-checkpoint.ts";
import { parseSplitView, type SplitView, sameSizeSplitView } from "../witness/split-view.ts";
import { type Disk, localDisk } from "./disk.ts";
import { makeDirectoryDurably, writeAllDurably } from "./durable-file.ts";
import { takeLock } from "./lock.ts";

/** Who witnesses, which logs, and where it remembers them. */
export interface WitnessOptions {
  readonly name: string;
  readonly key: SigningKey | MlDsaKey;
  /** Keys of the logs that it witnesses. */
  readonly logs: readonly NoteVerifier[];
  /** Directory that belongs to this witness alone. */
  readonly directory: string;
  /** Present time in POSIX seconds. */
  readonly now: () => number;
  /** For tests of crashes; this machine's disk otherwise. */
  readonly disk?: Disk;
}

/** An answer over HTTP (c2sp.org/tlog-witness). */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422 | 503;
  readonly contentType: string;
  readonly body: string;
}

/** Forks that are kept of one log; the first convicts it as well as the hundredth. */
const KEPT_FORKS = 100;

/**
 * A witness: cosigns what continues that which it cosigned before, and nothing else. It remembers durably before it
 * answers. Of a log that signed two histories it keeps both checkpoints, which convict the log by themselves.
 */
export class Witness {
  /** The key that verifies its cosignatures. */
  readonly verifier: NoteVerifier;
  readonly #options: WitnessOptions;
  readonly #disk: Disk;
  readonly #lock: { release(): Promise<void> };
  readonly #states = new Map<string, WitnessState & { readonly time: bigint }>();
  readonly #forks: SplitView[] = [];
  #answering: Promise<unknown> = Promise.resolve();

  private constructor(options: WitnessOptions, disk: Disk, lock: { release(): Promise<void> }) {
    this.#options = options;
    this.#disk = disk;
    this.#lock = lock;
    this.verifier = cosignerVerifier(options.name, options.key);
  }

  /** Opens a witness's directory. Refuses (`store-locked`) while another process has it, and (`signature-*`) damage. */
  static async open(options: WitnessOptions): Promise<Witness> {
    const { directory, disk = localDisk } = options;
    await makeDirectoryDurably(directory, disk);
    const witness = new Witness(options, disk, await takeLock(disk, join(directory, "lock")));
    try {
      for (const log of options.logs) await witness.#restore(log);
      return witness;
    } catch (error) {
      await witness.close();
      throw error;
    }
  }

  /** Evidence against logs that signed two histories. */
  get forks(): readonly SplitView[] {
    return this.#forks;
  }

  /** Answers an `add-checkpoint` request. One after the other: each rests on what the one before left. */
  addCheckpoint(request: Uint8Array): Promise<WitnessAnswer> {
    const mine = this.#answering.then(() => this.#answer(request));
    this.#answering = mine.catch(() => undefined);
    return mine;
  }

  /** The newest checkpoint of a log with this witness's cosignature, by the hexadecimal SHA-256 of the log's origin. */
  checkpoint(originHash: string): Uint8Array | undefined {
    return [...this.#states].find(([origin]) => hashOf(origin) === originHash)?.[1].note;
  }

  /** Gives the directory up. */
  async close(): Promise<void> {
    await this.#answering;
    await this.#lock.release();
  }

  async #restore(log: NoteVerifier): Promise<void> {
    const directory = this.#directoryOf(log.name);
    const note = await this.#disk.read(join(directory, "checkpoint"));
    if (note !== undefined) this.#states.set(log.name, this.#stateOf(note, log));
    for (const name of await this.#disk.list(join(directory, "forks"))) {
      const bytes = await this.#disk.read(join(directory, "forks", name));
      if (bytes !== undefined) this.#forks.push(parseSplitView(bytes));
    }
  }

  /** What a remembered note says; it must carry the signatures of the log and of this witness. */
  #stateOf(note: Uint8Array, log: NoteVerifier): WitnessState & { readonly time: bigint } {
    const opened = openNote(note, [log, this.verifier]);
    const own = opened.signatures.find(({ keyId }) => equalBytes(keyId, this.verifier.keyId));
    if (own === undefined || opened.verified.length < 2) {
      const message = `expected a remembered checkpoint of ${log.name} with both signatures, got less`;
      throw new RecordError("signature-missing", message);
    }
    const { size, root } = parseCheckpoint(opened.text);
    return { size, root, note, time: cosignatureTime(own.signature) };
  }

  async #answer(bytes: Uint8Array): Promise<WitnessAnswer> {
    const { logs, now } = this.#options;
    try {
      const request = parseAddCheckpoint(bytes);
      const judged = judgeCheckpoint(
        request,
        logs,
        (origin) => this.#states.get(origin) ?? unseenLog(),
      );
      if (judged.status !== 200) {
        if (judged.isFork) await this.#keepFork(request.note);
        return judged.status === 409
          ? { status: 409, contentType: SIZE_TYPE, body: judged.message }
          : plain(judged.status, judged.message);
      }
      const time = now();
      const before = this.#states.get(judged.checkpoint.origin)?.time ?? 0n;
      if (BigInt(time) < before) {
        return plain(
          503,
          "expected a clock that goes forward, got one behind the last cosignature",
        );
      }
      return await this.#remember(judged.checkpoint, request.note, time);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return plain(error.code === "store-failed" ? 503 : 400, error.message);
    }
  }

  async #remember(checkpoint: Checkpoint, note: Uint8Array, time: number): Promise<WitnessAnswer> {
    const { name, key, logs } = this.#options;
    const { origin, size, root } = checkpoint;
    const { text } = openNote(note, logs);
    const line = cosign(text, name, key, time);
    const cosigned = concatBytes(note, utf8(line));
    await this.#write(join(this.#directoryOf(origin), "checkpoint"), cosigned);
    this.#states.set(origin, { size, root, note: cosigned, time: BigInt(time) });
    return { status: 200, contentType: "text/plain; charset=utf-8", body: line };
  }

  async #keepFork(note: Uint8Array): Promise<void> {
    const { logs } = this.#options;
    const log = there(openNote(note, logs).verified[0]);
    const known = this.#states.get(log.name)?.note;
    if (known === undefined || this.#forks.length >= KEPT_FORKS) return;
    const fork = sameSizeSplitView(known, note, log);
    const text = JSON.stringify(fork);
    if (this.#forks.some((one) => JSON.stringify(one) === text)) return;
    const name = `${toHex(sha256(utf8(text)))}.json`;
    await this.#write(join(this.#directoryOf(log.name), "forks", name), utf8(text));
    this.#forks.push(fork);
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const { directory } = this.#options;
    try {
      await writeAllDurably([{ path, bytes }], directory, join(directory, "temporary"), this.#disk);
    } catch (cause) {
      const message = "expected the witness to store what it saw, got a failure";
      throw new RecordError("store-failed", message, { cause });
    }
  }

  #directoryOf(origin: string): string {
    return join(this.#options.directory, hashOf(origin));
  }
}

function hashOf(origin: string): string {
  return toHex(sha256(utf8(origin)));
}

function plain(status: WitnessAnswer["status"], message: string): WitnessAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body: `${message}\n` };
}
