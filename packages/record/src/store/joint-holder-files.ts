import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { join } from "node:path";
import { RecordError } from "../error.ts";
import { formatCheckpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import { concatBytes, fromBase64, textOf, toBase64, utf8 } from "../formats/encoding.ts";
import { JointHolder, type JointMemory } from "../joint/joint-holder.ts";
import { jointJson, readJointShare } from "../joint/joint-json.ts";
import type { JointPublic, JointShare } from "../joint/joint-key.ts";
import { localDisk, readIfThere } from "./disk.ts";
import { makeDirectoryDurably, writeDurably } from "./durable-file.ts";
import { SCRYPT } from "./key-file.ts";
import { takeLock } from "./lock.ts";

/** A holder's share, encrypted with a passphrase (scrypt, RFC 7914; AES-256-GCM): salt, nonce, share, tag in base64. */
export function encryptShare(share: JointShare, passphrase: string): string {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)];
  const cipher = createCipheriv("aes-256-gcm", scryptSync(passphrase, salt, 32, SCRYPT), nonce);
  const encrypted = Buffer.concat([cipher.update(jointJson(share), "utf8"), cipher.final()]);
  const whole = concatBytes(salt, nonce, encrypted, cipher.getAuthTag());
  return [BEGIN, ...(toBase64(whole).match(/.{1,64}/g) ?? []), END, ""].join("\n");
}

const BEGIN = "-----BEGIN STANDSTILL JOINT KEY SHARE-----";
const END = "-----END STANDSTILL JOINT KEY SHARE-----";
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The share in an encrypted file. Refuses (`malformed-key`) another file, and (`key-locked`) another passphrase. */
export function decryptShare(file: Uint8Array, passphrase: string): JointShare {
  const lines = textOf(file).trim().split(/\r?\n/);
  if (lines[0] !== BEGIN || lines.at(-1) !== END) {
    throw new RecordError("malformed-key", "expected a share of a joint key, got something else");
  }
  const whole = fromBase64(lines.slice(1, -1).join(""));
  const nonceAt = SALT_BYTES;
  const dataAt = nonceAt + NONCE_BYTES;
  try {
    const key = scryptSync(passphrase, whole.subarray(0, nonceAt), 32, SCRYPT);
    const decipher = createDecipheriv("aes-256-gcm", key, whole.subarray(nonceAt, dataAt));
    decipher.setAuthTag(whole.subarray(-TAG_BYTES));
    const data = whole.subarray(dataAt, -TAG_BYTES);
    return readJointShare(Buffer.concat([decipher.update(data), decipher.final()]));
  } catch (cause) {
    if (cause instanceof RecordError) throw cause;
    throw new RecordError("key-locked", "expected the passphrase of this share, got another");
  }
}

/** A holder of a log's joint key that remembers durably what it signed last, in a directory of its own. */
export async function openJointHolder(
  origin: string,
  key: JointPublic,
  share: JointShare,
  directory: string,
): Promise<{ readonly holder: JointHolder; close(): Promise<void> }> {
  await makeDirectoryDurably(directory, localDisk);
  const lock = await takeLock(localDisk, join(directory, "lock"));
  try {
    const path = join(directory, "signed");
    const remember = ({ size, root }: JointMemory) =>
      writeDurably(
        path,
        utf8(formatCheckpoint({ origin, size, root })),
        join(directory, "temporary"),
      );
    const holder = new JointHolder(origin, key, share, remember, await remembered(path, origin));
    return { holder, close: () => lock.release() };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function remembered(path: string, origin: string): Promise<JointMemory | undefined> {
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  const checkpoint = parseCheckpoint(textOf(bytes));
  if (checkpoint.origin === origin) return checkpoint;
  const message = `expected what was signed for ${origin}, got ${checkpoint.origin}`;
  throw new RecordError("malformed-checkpoint", message, { place: path });
}
