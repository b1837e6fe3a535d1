import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { concatBytes, sha256, there, toBase64, toHex, utf8 } from "@standstill/record";
import { split } from "shamir-secret-sharing";
import { SealedReportError } from "./error.ts";
import { bytesIn, type Members, type SealedReport } from "./sealed-report.ts";

/** HPKE in base mode (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
export const suite = () =>
  new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
/** Bytes of the nonce before the encrypted report. */
export const NONCE_BYTES = 12;
const KEY_BYTES = 32;
/** Sizes to which reports are padded, so that their length says little. */
const SIZES = [4, 16, 64, 256, 1024].map((kibibytes) => kibibytes * 1024);

/** A member's pair of keys. The private one never leaves the member. */
export interface MemberKeys {
  /** Uncompressed P-256 point in base64. */
  readonly publicKey: string;
  /** The private key as 32 bytes in base64. */
  readonly privateKey: string;
}

/** Makes a member's keys. */
export async function makeMemberKeys(): Promise<MemberKeys> {
  const { kem } = suite();
  const pair = await kem.generateKeyPair();
  const [publicKey, privateKey] = await Promise.all([
    kem.serializePublicKey(pair.publicKey),
    kem.serializePrivateKey(pair.privateKey),
  ]);
  return {
    publicKey: toBase64(new Uint8Array(publicKey)),
    privateKey: toBase64(new Uint8Array(privateKey)),
  };
}

/**
 * Seals a report: a key of its own encrypts it, padded to one of five sizes; the key is split so that `threshold` of the shares give it and fewer
 * give nothing (Shamir 1979); each share is sealed to one member. Whoever keeps the sealed report cannot read it, nor can any
 * member alone.
 *
 * @throws SealedReportError `too-large` beyond 1 MiB, `malformed-report` where a member's key is none
 */
export async function sealReport(
  text: string,
  { threshold, members }: Members,
): Promise<SealedReport> {
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const encrypted = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, aes, padded(text));
  const content = toBase64(concatBytes(nonce, new Uint8Array(encrypted)));
  const commitment = commitmentTo(key);
  const parts = await split(key, members.length, threshold);
  const shares = await Promise.all(
    members.map(async ({ member, publicKey }, i) => {
      const share = new Uint8Array(there(parts[i]));
      const { kem } = suite();
      const recipientPublicKey = await kem
        .deserializePublicKey(bytesIn(publicKey).buffer)
        .catch(() => {
          throw new SealedReportError(
            "malformed-report",
            `expected a P-256 key of ${member}, got none`,
          );
        });
      const sender = await suite().createSenderContext({
        recipientPublicKey,
        info: info(member, commitment, content).buffer,
      });
      const sealed = await sender.seal(share.buffer);
      return {
        member,
        encapsulated: toBase64(new Uint8Array(sender.enc)),
        ciphertext: toBase64(new Uint8Array(sealed)),
      };
    }),
  );
  return { version: 1, threshold, commitment, content, shares };
}

/** Binds a share to its member and to the one report that it belongs to. */
export function info(member: string, commitment: string, content: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8(`standstill sealed report 1\n${member}\n${commitment}\n${content}`));
}

/** What a report says of its key. */
export function commitmentTo(key: Uint8Array): string {
  return toHex(sha256(concatBytes(utf8("standstill sealed report key 1\n"), key)));
}

/** The text with its length before it and zeros after it. */
function padded(text: string): Uint8Array<ArrayBuffer> {
  const words = utf8(text);
  const size = SIZES.find((one) => one >= words.length + 4);
  if (size === undefined)
    throw new SealedReportError(
      "too-large",
      `expected a report of at most 1 MiB, got ${words.length} bytes`,
    );
  const whole = new Uint8Array(size);
  new DataView(whole.buffer).setUint32(0, words.length);
  whole.set(words, 4);
  return whole;
}
