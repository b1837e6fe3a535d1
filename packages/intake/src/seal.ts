import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { concatBytes, toBase64, utf8 } from "@standstill/record";
import { combine, split } from "shamir-secret-sharing";
import { z } from "zod";
import { IntakeError } from "./error.ts";
import { bytesIn, checked, type Members, type SealedReport } from "./sealed-report.ts";

/** HPKE in base mode (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite = () =>
  new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
const NONCE_BYTES = 12;
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
 * @throws IntakeError `too-large` beyond 1 MiB, `malformed-report` where a member's key is none
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
  const parts = await split(key, members.length, threshold);
  const shares = await Promise.all(
    members.map(async ({ member, publicKey }, i) => {
      const share = new Uint8Array(parts[i] as Uint8Array);
      const { kem } = suite();
      const recipientPublicKey = await kem
        .deserializePublicKey(bytesIn(publicKey).buffer)
        .catch(() => {
          throw new IntakeError("malformed-report", `expected a P-256 key of ${member}, got none`);
        });
      const sender = await suite().createSenderContext({
        recipientPublicKey,
        info: info(member, content).buffer,
      });
      const sealed = await sender.seal(share.buffer);
      return {
        member,
        encapsulated: toBase64(new Uint8Array(sender.enc)),
        ciphertext: toBase64(new Uint8Array(sealed)),
      };
    }),
  );
  return { version: 1, threshold, content, shares };
}

/** Binds a share to its member and to the one report that it belongs to. */
function info(member: string, content: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8(`standstill intake 1\n${member}\n${content}`));
}

/** The text with its length before it and zeros after it. */
function padded(text: string): Uint8Array<ArrayBuffer> {
  const words = utf8(text);
  const size = SIZES.find((one) => one >= words.length + 4);
  if (size === undefined)
    throw new IntakeError(
      "too-large",
      `expected a report of at most 1 MiB, got ${words.length} bytes`,
    );
  const whole = new Uint8Array(size);
  new DataView(whole.buffer).setUint32(0, words.length);
  whole.set(words, 4);
  return whole;
}

const shareSchema = z.strictObject({
  /** Name of the sealed report. */
  report: z.string().regex(/^[0-9a-f]{64}$/),
  member: z.string().max(64),
  share: z.string().max(200),
});

/** A member's share of one report, as it gives it to the others. */
export type OpenedShare = z.infer<typeof shareSchema>;

/** Reads an opened share. @throws IntakeError `malformed-report` for anything else */
export function parseShare(value: unknown): OpenedShare {
  return checked(shareSchema, value);
}

/**
 * Opens a member's share of a report with its private key.
 *
 * @throws IntakeError `wrong-key` where no share was sealed to it
 */
export async function openShare(
  report: SealedReport,
  name: string,
  privateKey: string,
): Promise<OpenedShare> {
  const { kem } = suite();
  const recipientKey = await kem.deserializePrivateKey(bytesIn(privateKey).buffer).catch(() => {
    throw new IntakeError("wrong-key", "expected a member's private key, got none");
  });
  for (const { member, encapsulated, ciphertext } of report.shares) {
    try {
      const recipient = await suite().createRecipientContext({
        recipientKey,
        enc: bytesIn(encapsulated).buffer,
        info: info(member, report.content).buffer,
      });
      const share = await recipient.open(bytesIn(ciphertext).buffer);
      return { report: name, member, share: toBase64(new Uint8Array(share)) };
    } catch {
      // Sealed to another member, or bent on its way; the next may be this one's.
    }
  }
  throw new IntakeError("wrong-key", "expected a share that was sealed to this key, got none");
}

/**
 * Reads a report from the shares of enough members.
 *
 * @throws IntakeError `too-few-shares`, or `wrong-key` where the shares are not of this report
 */
export async function openReport(
  report: SealedReport,
  name: string,
  shares: readonly OpenedShare[],
): Promise<string> {
  const its = new Map(shares.filter((one) => one.report === name).map((one) => [one.member, one]));
  if (its.size < report.threshold)
    throw new IntakeError(
      "too-few-shares",
      `expected shares of ${report.threshold} members, got ${its.size}`,
    );
  const sealed = bytesIn(report.content);
  try {
    const key = await combine([...its.values()].map(({ share }) => bytesIn(share)));
    const raw = new Uint8Array(key);
    const aes = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    const iv = sealed.subarray(0, NONCE_BYTES);
    const whole = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv },
      aes,
      sealed.subarray(NONCE_BYTES),
    );
    const length = new DataView(whole).getUint32(0);
    return new TextDecoder().decode(new Uint8Array(whole, 4, length));
  } catch {
    throw new IntakeError("wrong-key", "expected shares of this report, got others");
  }
}
