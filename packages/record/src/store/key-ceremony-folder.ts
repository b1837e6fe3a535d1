import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sha256 } from "#primitives";
import { RecordError } from "../error.ts";
import { concatBytes, toHex, utf8 } from "../formats/encoding.ts";
import { jointJson, readFirst, readRound2 } from "../joint/joint-json.ts";
import {
  type CeremonyRound1,
  idOf,
  type JointPublic,
  type JointShare,
  KeyCeremony,
} from "../joint/joint-key.ts";
import { there } from "../there.ts";
import { readIfThere } from "./disk.ts";
import { writeDurably } from "./durable-file.ts";

/** Who makes a joint key, through which folder. */
export interface CeremonyOptions {
  readonly name: string;
  readonly holders: readonly string[];
  readonly needed: number;
  /** A folder that all holders read and write, by whatever means; nobody has to trust it. */
  readonly folder: string;
  /** Called once all have sent first, with what every holder must see alike; resolves if they do. */
  readonly confirm: (fingerprint: string) => Promise<void>;
  readonly onWait: (what: string) => void;
  readonly signal?: AbortSignal;
}

const X25519_SPKI_PREFIX = Buffer.from("302a300506032b656e032100", "hex");
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Takes part in making a joint key with others, through a folder that they share. First each holder writes what it sends to
 * all, with a key for letters to it. What it then writes for each other is encrypted to that key. Secrets stay in memory:
 * who stops begins anew, with a new folder, and all others with it.
 *
 * The folder's keeper can put its own first messages in. So the holders compare a fingerprint of all first messages over a
 * channel they trust, such as the telephone, before anything secret is written.
 */
export async function joinCeremony(
  options: CeremonyOptions,
): Promise<{ readonly public: JointPublic; readonly share: JointShare }> {
  const { name, holders, needed, folder, confirm } = options;
  if (!holders.includes(name)) {
    throw new RecordError("malformed-key", `expected ${name} among the holders, got others`);
  }
  const ceremony = new KeyCeremony(name, holders, needed);
  const letters = generateKeyPairSync("x25519");
  const first = { letters: rawOf(letters.publicKey), ...ceremony.first };
  await put(folder, `${name}.first.json`, utf8(jointJson(first)));

  const sent = new Map<string, First>();
  for (const holder of holders) {
    sent.set(holder, firstOf(holder, await waitFor(options, `${holder}.first.json`)));
  }
  await confirm(fingerprintOf(sent));

  const others = holders.filter((holder) => holder !== name);
  const second = ceremony.second(others.map((holder) => there(sent.get(holder)).round));
  for (const [to, message] of second) {
    const key = letterKey(letters.privateKey, there(sent.get(to)).letters, name, to);
    const letter = seal(key, utf8(jointJson(message)));
    await put(folder, `${name}-to-${to}.second`, letter);
  }
  const received = [];
  for (const from of others) {
    const letter = await waitFor(options, `${from}-to-${name}.second`);
    const key = letterKey(letters.privateKey, there(sent.get(from)).letters, from, name);
    received.push(readRound2(open(key, letter, from)));
  }
  return ceremony.third(received);
}

interface First {
  readonly letters: Uint8Array;
  readonly round: CeremonyRound1;
  readonly bytes: Uint8Array;
}

function firstOf(holder: string, bytes: Uint8Array): First {
  const { letters, ...round } = readFirst(bytes);
  if (letters.length !== KEY_BYTES || round.identifier !== idOf(holder)) {
    throw new RecordError("malformed-key", `expected the first message of ${holder}, got another`);
  }
  return { letters, round, bytes };
}

/** SHA-256 of what all sent first, by holder; whoever has other messages has another fingerprint. */
function fingerprintOf(sent: ReadonlyMap<string, First>): string {
  const parts = [...sent]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([holder, { bytes }]) => [utf8(`${holder}\n`), sha256(bytes)]);
  return toHex(sha256(concatBytes(...parts)));
}

function rawOf(key: KeyObject): Uint8Array {
  return new Uint8Array(
    key.export({ format: "der", type: "spki" }).subarray(X25519_SPKI_PREFIX.length),
  );
}

/** One key for each direction between two holders (X25519, RFC 7748; HKDF, RFC 5869). */
function letterKey(own: KeyObject, other: Uint8Array, from: string, to: string): Uint8Array {
  const publicKey = createPublicKey({
    key: Buffer.concat([X25519_SPKI_PREFIX, other]),
    format: "der",
    type: "spki",
  });
  const shared = diffieHellman({ privateKey: own, publicKey });
  const info = `standstill key ceremony\n${from}\n${to}\n`;
  return new Uint8Array(hkdfSync("sha256", shared, new Uint8Array(0), info, KEY_BYTES));
}

function seal(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return concatBytes(nonce, encrypted, cipher.getAuthTag());
}

function open(key: Uint8Array, letter: Uint8Array, from: string): Uint8Array {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, letter.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(letter.subarray(-TAG_BYTES));
    const encrypted = letter.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  } catch (cause) {
    const message = `expected a letter that ${from} wrote in this ceremony, got another`;
    throw new RecordError("malformed-key", message, { cause });
  }
}

/** Never over what is there: that would be another ceremony's. */
async function put(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, file);
  if ((await readIfThere(path)) !== undefined) {
    const message = "expected a folder without messages of this holder, got one with some";
    throw new RecordError("malformed-key", message, { place: path });
  }
  await writeDurably(path, bytes, join(folder, "temporary"));
}

async function waitFor(
  { folder, onWait, signal }: CeremonyOptions,
  file: string,
): Promise<Uint8Array> {
  let isTold = false;
  for (;;) {
    const bytes = await readIfThere(join(folder, file));
    if (bytes !== undefined) return bytes;
    if (!isTold) onWait(file);
    isTold = true;
    await wait(200, undefined, signal === undefined ? {} : { signal });
  }
}
