import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  scryptSync,
} from "node:crypto";
import { type SigningKey, signingKey } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { fromHex, textOf } from "../formats/encoding.ts";
import { there } from "../there.ts";

/** Cost of guessing a passphrase: 16 MiB and some 0.2 s a guess (OWASP, "Password Storage", scrypt). */
export const SCRYPT = { N: 16_384, r: 8, p: 5, maxmem: 64 << 20 };
const PKCS8_PREFIX = "302e020100300506032b657004220420";
const SPKI_PREFIX = "302a300506032b6570032100";
const OIDS = {
  pbes2: "06092a864886f70d01050d",
  scrypt: "06092b06010401da47040b",
  aes256Cbc: "060960864801650304012a",
};

/**
 * A signing key as an encrypted PKCS #8 file in PEM (RFC 5958; RFC 8018 with scrypt, RFC 7914, section 7), which OpenSSL
 * opens too.
 *
 * @example await writeFile("keeper.pem", encryptKey(generateSigningKey(), passphrase), { mode: 0o600 });
 */
export function encryptKey(key: SigningKey, passphrase: string): string {
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv("aes-256-cbc", scryptSync(passphrase, salt, 32, SCRYPT), iv);
  const plain = Buffer.concat([Buffer.from(PKCS8_PREFIX, "hex"), key.seed]);
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  const { N, r, p } = SCRYPT;
  const kdf = sequence(
    oid(OIDS.scrypt),
    sequence(octets(salt), integer(N), integer(r), integer(p)),
  );
  const scheme = sequence(oid(OIDS.aes256Cbc), octets(iv));
  const algorithm = sequence(oid(OIDS.pbes2), sequence(kdf, scheme));
  return pem("ENCRYPTED PRIVATE KEY", sequence(algorithm, octets(encrypted)));
}

/**
 * The signing key in a file: PKCS #8 in PEM, encrypted or not, or 32 bytes of hexadecimal. Refuses (`malformed-key`)
 * anything else, and (`key-locked`) a passphrase that is missing or wrong. No message repeats what the file holds.
 */
export function readKey(bytes: Uint8Array, passphrase?: string): SigningKey {
  const text = textOf(bytes).trim();
  if (/^[0-9a-f]{64}$/.test(text)) return signingKey(fromHex(text));
  const isEncrypted = text.startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
  if (!isEncrypted && !text.startsWith("-----BEGIN PRIVATE KEY-----")) {
    throw new RecordError("malformed-key", "expected a private key in PEM, got something else");
  }
  if (isEncrypted && passphrase === undefined) {
    throw new RecordError("key-locked", "expected a passphrase for this key, got none");
  }
  try {
    const key = createPrivateKey({
      key: text,
      format: "pem",
      ...(isEncrypted ? { passphrase } : {}),
    });
    const jwk = key.export({ format: "jwk" });
    if (jwk.crv !== "Ed25519" || jwk.d === undefined) throw new Error("no Ed25519 key");
    return signingKey(new Uint8Array(Buffer.from(jwk.d, "base64url")));
  } catch {
    // What the library says may quote what it read.
    throw isEncrypted
      ? new RecordError("key-locked", "expected the passphrase of this key, got another")
      : new RecordError("malformed-key", "expected an Ed25519 private key, got something else");
  }
}

/** A public key in PEM, as other programs take it (RFC 8410). */
export function publicKeyPem(publicKey: Uint8Array): string {
  const der = Buffer.concat([Buffer.from(SPKI_PREFIX, "hex"), publicKey]);
  return createPublicKey({ key: der, format: "der", type: "spki" })
    .export({ format: "pem", type: "spki" })
    .toString();
}

function oid(hex: string): Buffer {
  return Buffer.from(hex, "hex");
}

function sequence(...items: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(items));
}

function octets(bytes: Uint8Array): Buffer {
  return tagged(0x04, Buffer.from(bytes));
}

/** A whole number from 0 up to 2^31 - 1. */
function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  let start = 0;
  while (start < 4 && bytes[start] === 0 && there(bytes[start + 1]) < 0x80) start++;
  return tagged(0x02, bytes.subarray(start));
}

/** Everything here is shorter than 256 bytes. */
function tagged(tag: number, content: Buffer): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
