import { z } from "zod";
import { RecordError } from "../error.ts";
import { canonicalJson, parseJson } from "../formats/canonical-json.ts";
import { fromHex, toHex } from "../formats/encoding.ts";
import { describeIssues } from "../statement.ts";
import type { JointRequest, JointSigner } from "./joint-holder.ts";
import type { CeremonyRound1, CeremonyRound2, JointPublic, JointShare } from "./joint-key.ts";

/** Holders of one key; a joint signing asks a few of them, one after the other would take too long for more. */
const MOST_HOLDERS = 32;
/** A proof of growth has at most one hash for each level of the tree. */
const MOST_HASHES = 64;

/** Bytes of memory that nobody shares, as the library for joint keys wants them. */
const bytesIn = (hex: string) => new Uint8Array(fromHex(hex));
const bytesOfHex = z
  .string()
  .max(512)
  .regex(/^(?:[0-9a-f]{2})*$/, "expected lower-case hexadecimal")
  .transform(bytesIn);
const signersSchema = z.strictObject({
  min: z.int().min(2).max(MOST_HOLDERS),
  max: z.int().min(2).max(MOST_HOLDERS),
});
const identifier = z.string().regex(/^[0-9a-f]{1,128}$/, "expected a holder's identifier");
const commitmentSchema = z.strictObject({ identifier, hiding: bytesOfHex, binding: bytesOfHex });

const publicSchema = z.strictObject({
  signers: signersSchema,
  commitments: z.array(bytesOfHex).min(2).max(MOST_HOLDERS),
  verifyingShares: z.record(identifier, bytesOfHex),
});
const shareSchema = z.strictObject({ identifier, signingShare: bytesOfHex });
const round1Schema = z.strictObject({
  identifier,
  commitment: z.array(bytesOfHex).min(2).max(MOST_HOLDERS),
  proofOfKnowledge: bytesOfHex,
});
/** With what goes to all, a key to which letters to this holder are encrypted. */
const firstSchema = round1Schema.extend({ letters: bytesOfHex });
const round2Schema = z.strictObject({ identifier, signingShare: bytesOfHex });
const requestSchema = z.strictObject({
  message: z
    .string()
    .max(20_000)
    .regex(/^(?:[0-9a-f]{2})*$/)
    .transform(bytesIn),
  commitments: z.array(commitmentSchema).min(2).max(MOST_HOLDERS),
  old: z.int().min(0),
  proof: z.array(bytesOfHex).max(MOST_HASHES),
});
const commitRequestSchema = z.strictObject({ at: z.int().min(0) });
const commitAnswerSchema = z.strictObject({ commitment: commitmentSchema, signed: z.int().min(0) });
const signAnswerSchema = z.strictObject({ share: bytesOfHex });

/** Canonical JSON of any message about a joint key, with bytes in lower-case hexadecimal. */
export function jointJson(message: unknown): string {
  const plain = JSON.stringify(message, (_key, value) =>
    value instanceof Uint8Array ? toHex(value) : value,
  );
  return canonicalJson(JSON.parse(plain));
}

/** What all know of a joint key, from JSON. Refuses (`malformed-key`) anything else, as all readers here do. */
export const readJointPublic = (bytes: Uint8Array) => read<JointPublic>(publicSchema, bytes);
/** A holder's share. */
export const readJointShare = (bytes: Uint8Array) => read<JointShare>(shareSchema, bytes);
/** What a holder of a ceremony sends to all. */
export const readFirst = (bytes: Uint8Array) =>
  read<CeremonyRound1 & { readonly letters: Uint8Array }>(firstSchema, bytes);
/** What a holder of a ceremony sends to one other. */
export const readRound2 = (bytes: Uint8Array) => read<CeremonyRound2>(round2Schema, bytes);
/** What a holder is asked to sign. */
export const readJointRequest = (bytes: Uint8Array) => read<JointRequest>(requestSchema, bytes);
/** When a keeper asks a holder to begin a signing. */
export const readCommitRequest = (bytes: Uint8Array) =>
  read<{ readonly at: number }>(commitRequestSchema, bytes);
/** A holder's answer where a signing begins. */
export const readCommitAnswer = (bytes: Uint8Array) =>
  read<Awaited<ReturnType<JointSigner["commit"]>>>(commitAnswerSchema, bytes);
/** A holder's share of a signature. */
export const readSignAnswer = (bytes: Uint8Array) =>
  read<{ readonly share: Uint8Array }>(signAnswerSchema, bytes);

function read<Message>(schema: z.ZodType<Message>, bytes: Uint8Array): Message {
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new RecordError("malformed-key", describeIssues(parsed.error));
}
