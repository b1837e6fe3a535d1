import { toBase64 } from "@standstill/record";
import { combine } from "shamir-secret-sharing";
import { z } from "zod";
import { SealedReportError } from "./error.ts";
import { commitmentTo, info, NONCE_BYTES, suite } from "./seal.ts";
import { bytesIn, checked, type SealedReport } from "./sealed-report.ts";

const shareSchema = z.strictObject({
  /** Name of the sealed report. */
  report: z.string().regex(/^[0-9a-f]{64}$/),
  member: z.string().max(64),
  share: z.string().max(200),
});

/** A member's share of one report, as it gives it to the others. */
export type OpenedShare = z.infer<typeof shareSchema>;

/** Reads an opened share. @throws SealedReportError `malformed-report` for anything else */
export function parseShare(value: unknown): OpenedShare {
  return checked(shareSchema, value);
}

/**
 * Opens a member's share of a report with its private key.
 *
 * @throws SealedReportError `wrong-key` where no share was sealed to it
 */
export async function openShare(
  report: SealedReport,
  name: string,
  privateKey: string,
): Promise<OpenedShare> {
  const { kem } = suite();
  const recipientKey = await kem.deserializePrivateKey(bytesIn(privateKey).buffer).catch(() => {
    throw new SealedReportError("wrong-key", "expected a member's private key, got none");
  });
  for (const { member, encapsulated, ciphertext } of report.shares) {
    try {
      const recipient = await suite().createRecipientContext({
        recipientKey,
        enc: bytesIn(encapsulated).buffer,
        info: info(member, report.commitment, report.content).buffer,
      });
      const share = await recipient.open(bytesIn(ciphertext).buffer);
      return { report: name, member, share: toBase64(new Uint8Array(share)) };
    } catch {
      // Sealed to another member, or bent on its way; the next may be this one's.
    }
  }
  throw new SealedReportError(
    "wrong-key",
    "expected a share that was sealed to this key, got none",
  );
}

/** A report that enough members have read together. */
export interface OpenedReport {
  readonly text: string;
  /** Members whose share is none of this report: they erred, or want to keep it closed. */
  readonly misfits: readonly string[];
}

/**
 * Reads a report from the shares of enough members. Shares that do not fit keep nobody from reading it, as long as enough do.
 *
 * @throws SealedReportError `too-few-shares`, or `wrong-key` where too few of the shares are of this report
 */
export async function openReport(
  report: SealedReport,
  name: string,
  shares: readonly OpenedShare[],
): Promise<OpenedReport> {
  const its = new Map(shares.filter((one) => one.report === name).map((one) => [one.member, one]));
  if (its.size < report.threshold)
    throw new SealedReportError(
      "too-few-shares",
      `expected shares of ${report.threshold} members, got ${its.size}`,
    );
  const found = await keyOf(report, [...its.values()]);
  if (found === undefined)
    throw new SealedReportError("wrong-key", "expected shares of this report, got others");
  const sealed = bytesIn(report.content);
  try {
    const aes = await crypto.subtle.importKey("raw", found.key, "AES-GCM", false, ["decrypt"]);
    const iv = sealed.subarray(0, NONCE_BYTES);
    const whole = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv },
      aes,
      sealed.subarray(NONCE_BYTES),
    );
    const length = new DataView(whole).getUint32(0);
    const text = new TextDecoder().decode(new Uint8Array(whole, 4, length));
    return { text, misfits: found.misfits };
  } catch {
    // WebCrypto says no more than that it failed, so that nobody learns how.
    throw new SealedReportError(
      "wrong-key",
      "expected content that its key opens, got other content",
    );
  }
}

/** The key that a report is bound to, by the first shares that give it, and whose shares do not go with them. */
async function keyOf(
  { commitment, threshold }: SealedReport,
  shares: readonly OpenedShare[],
): Promise<{ key: Uint8Array<ArrayBuffer>; misfits: string[] } | undefined> {
  const keyFrom = async (some: readonly OpenedShare[]) => {
    try {
      const key = await combine(some.map(({ share }) => bytesIn(share)));
      return commitmentTo(key) === commitment ? new Uint8Array(key) : undefined;
    } catch {
      // What is no share at all fits no better than a share of another report.
      return undefined;
    }
  };
  for (const some of choices(shares, threshold)) {
    const key = await keyFrom(some);
    if (key === undefined) continue;
    const misfits: string[] = [];
    for (const one of shares) {
      const isGood = some.includes(one) || (await keyFrom([...some.slice(1), one])) !== undefined;
      if (!isGood) misfits.push(one.member);
    }
    return { key, misfits };
  }
  return undefined;
}

/** All ways to take so many of a list. */
function* choices<One>(from: readonly One[], count: number): Generator<One[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const [i, first] of from.entries())
    for (const rest of choices(from.slice(i + 1), count - 1)) yield [first, ...rest];
}
