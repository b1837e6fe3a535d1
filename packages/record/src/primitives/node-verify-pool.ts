import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import type { Piscina } from "piscina";

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

let pool: Promise<Piscina<Uint8Array, Uint8Array>> | undefined;

/**
 * Cofactorless Ed25519 verification (RFC 8032, section 5.1.7) of many signatures on all processors. A job on Node's own
 * threads for each signature would cost this thread more than the signature's share of its time. Threads start with the first call,
 * and the process ends without waiting for idle ones.
 */
export async function verifyUncheckedAside(checks: readonly Check[]): Promise<boolean[]> {
  pool ??= openPool();
  const threads = await pool;
  const parts: Promise<Uint8Array>[] = [];
  for (let from = 0; from < checks.length; from += TOGETHER) {
    const packed = pack(checks.slice(from, from + TOGETHER));
    parts.push(threads.run(packed, { transferList: [packed.buffer] }));
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

async function openPool(): Promise<Piscina<Uint8Array, Uint8Array>> {
  // Loaded here: most who verify do so one by one.
  const { Piscina } = await import("piscina");
  return new Piscina<Uint8Array, Uint8Array>({
    // Threads load what is built, whoever asks: Node reads no TypeScript.
    filename: createRequire(import.meta.url).resolve("#verify-worker"),
    name: "verifyPacked",
    minThreads: availableParallelism(),
    maxThreads: availableParallelism(),
    // All is handed out at once: this thread is busy with what it has checked already, and would leave them waiting for more.
    concurrentTasksPerWorker: Number.MAX_SAFE_INTEGER,
  });
}
