import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** One signature to check; the caller has checked the encodings of key and signature. */
interface Check {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const LENGTH_BYTES = 4;
/** Signatures that are sent to a thread at once: enough that sending costs little, and few enough to share the work. */
const TOGETHER = 128;

interface Thread {
  readonly worker: Worker;
  readonly waiting: {
    readonly resolve: (answers: Uint8Array) => void;
    readonly reject: (error: Error) => void;
  }[];
}

let threads: Thread[] | undefined;

/**
 * Cofactorless Ed25519 verification (RFC 8032, section 5.1.7) of many signatures on all processors. A job on Node's own
 * threads for each signature would cost this thread more than the signature's share of its time.
 */
export async function verifyUncheckedAside(checks: readonly Check[]): Promise<boolean[]> {
  const parts: Promise<Uint8Array>[] = [];
  for (let from = 0; from < checks.length; from += TOGETHER) {
    parts.push(send(pack(checks.slice(from, from + TOGETHER))));
  }
  const answers: boolean[] = [];
  for (const part of await Promise.all(parts))
    for (const answer of part) answers.push(answer === 1);
  return answers;
}

/** Key, signature, length of the message and message, one check after the other. */
function pack(checks: readonly Check[]): Uint8Array<ArrayBuffer> {
  const head = KEY_BYTES + SIGNATURE_BYTES + LENGTH_BYTES;
  const bytes = new Uint8Array(checks.reduce((sum, { message }) => sum + head + message.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { publicKey, message, signature } of checks) {
    bytes.set(publicKey, at);
    bytes.set(signature, at + KEY_BYTES);
    view.setUint32(at + KEY_BYTES + SIGNATURE_BYTES, message.length);
    bytes.set(message, at + head);
    at += head + message.length;
  }
  return bytes;
}

function send(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  threads ??= Array.from({ length: availableParallelism() }, start);
  const [idlest] = [...threads].sort((a, b) => a.waiting.length - b.waiting.length) as [Thread];
  return new Promise((resolve, reject) => {
    // The process stays alive for answers that somebody waits for, and for nothing else.
    idlest.worker.ref();
    idlest.waiting.push({ resolve, reject });
    idlest.worker.postMessage(packed, [packed.buffer]);
  });
}

function start(): Thread {
  const worker = new Worker(`(${work.toString()})()`, { eval: true });
  const thread: Thread = { worker, waiting: [] };
  worker.on("message", (answers: Uint8Array) => {
    thread.waiting.shift()?.resolve(answers);
    if (thread.waiting.length === 0) worker.unref();
  });
  worker.on("error", (error) => {
    threads = undefined;
    for (const { reject } of thread.waiting.splice(0)) reject(error);
  });
  worker.unref();
  return thread;
}

/** What each thread does. It is sent as text, so it uses nothing from this file. */
function work(): void {
  const { createPublicKey, verify } = process.getBuiltinModule("node:crypto");
  const { parentPort } = process.getBuiltinModule("node:worker_threads");
  const prefix = Buffer.from("302a300506032b6570032100", "hex");
  const keys = new Map<string, import("node:crypto").KeyObject | null>();
  const keyOf = (raw: Buffer) => {
    const name = raw.toString("latin1");
    let key = keys.get(name);
    if (key === undefined) {
      try {
        const der = Buffer.concat([prefix, raw]);
        key = createPublicKey({ key: der, format: "der", type: "spki" });
      } catch {
        // Bytes that are no curve point: to a verifier a signature that does not verify.
        key = null;
      }
      if (keys.size >= 4096) keys.clear();
      keys.set(name, key);
    }
    return key;
  };
  parentPort?.on("message", (packed: Uint8Array) => {
    const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    const answers: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const key = keyOf(bytes.subarray(at, at + 32));
      const signature = bytes.subarray(at + 32, at + 96);
      const end = at + 100 + bytes.readUInt32BE(at + 96);
      const isValid = key !== null && verify(null, bytes.subarray(at + 100, end), key, signature);
      answers.push(isValid ? 1 : 0);
      at = end;
    }
    parentPort?.postMessage(Uint8Array.from(answers));
  });
}
