import {
  canonicalBytes,
  describeIssues,
  fromBase64,
  parseJson,
  reasonOf,
  sha256,
  toHex,
} from "@standstill/record";
import { z } from "zod";
import { SealedReportError } from "./error.ts";

const name = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "expected a name as panel-1");
const bytes = z
  .string()
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, "expected base64")
  .max(2_000_000);

const membersSchema = z
  .strictObject({
    /** So many shares together open a report. */
    threshold: z.int().min(2).max(20),
    /** Uncompressed P-256 points in base64. */
    members: z
      .array(z.strictObject({ member: name, publicKey: bytes }))
      .min(2)
      .max(20),
  })
  .refine(
    ({ threshold, members }) => threshold <= members.length,
    "expected a threshold of at most the members",
  )
  .refine(
    ({ members }) => new Set(members.map(({ member }) => member)).size === members.length,
    "expected each member once",
  );

/** Those who can open reports together, and how many of them it takes. */
export type Members = z.infer<typeof membersSchema>;

const sealedSchema = z.strictObject({
  version: z.literal(1),
  threshold: z.int().min(2).max(20),
  /**
   * SHA-256 of the key, with a label before it: it tells which shares are good, and binds the report to one key, which AES-GCM by itself does
   * not, so that nobody makes a report that reads differently to different members.
   */
  commitment: z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256"),
  /** AES-256-GCM: nonce of twelve bytes, then the padded report with its tag. */
  content: bytes,
  /** Each share sealed to its member: HPKE's encapsulated key, and the ciphertext. */
  shares: z
    .array(z.strictObject({ member: name, encapsulated: bytes, ciphertext: bytes }))
    .min(2)
    .max(20),
});

/** A sealed report, as it is handed in. Nothing in it says who wrote it. */
export type SealedReport = z.infer<typeof sealedSchema>;

/** Reads who can open reports. @throws SealedReportError `malformed-report` for anything else */
export function parseMembers(value: unknown): Members {
  return checked(membersSchema, value);
}

/** Bytes of a sealed report at most. */
export const MOST_SEALED_BYTES = 2_000_000;

/** Reads a sealed report from bytes. @throws SealedReportError for anything else */
export function parseSealedReport(given: Uint8Array): SealedReport {
  if (given.length > MOST_SEALED_BYTES)
    throw new SealedReportError(
      "too-large",
      `expected at most ${MOST_SEALED_BYTES} bytes, got ${given.length}`,
    );
  let value: unknown;
  try {
    value = parseJson(given);
  } catch (error) {
    throw new SealedReportError("malformed-report", reasonOf(error));
  }
  return checked(sealedSchema, value);
}

/** The bytes of a sealed report, always the same; their SHA-256 is its name. */
export function sealedBytes(report: SealedReport): Uint8Array {
  return canonicalBytes(report);
}

/** Name of a sealed report, which proves that it was received and says nothing of what is in it. */
export function reportName(report: SealedReport): string {
  return toHex(sha256(sealedBytes(report)));
}

/** Bytes of base64 in a report. @throws SealedReportError `malformed-report` where it is not canonical */
export function bytesIn(text: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(fromBase64(text));
  } catch (error) {
    throw new SealedReportError("malformed-report", reasonOf(error));
  }
}

/** A value by a schema. @throws SealedReportError `malformed-report` */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SealedReportError("malformed-report", describeIssues(parsed.error));
}
