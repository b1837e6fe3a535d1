import { z } from "zod";
import { sha256 } from "#primitives";
import { RecordError } from "./error.ts";
import { canonicalBytes, type Json, parseCanonicalJson } from "./formats/canonical-json.ts";
import { toHex } from "./formats/encoding.ts";

/** Largest payload of a statement, in bytes; larger evidence lies beside the log under its hash. */
export const MAX_STATEMENT_BYTES = 46_000;

/** A SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in lower-case hexadecimal");
/** Short name of a party, site, run or device: lower-case letters, digits, `-`, `.` and `/`. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9./-]{0,118}[a-z0-9])?$/,
    "expected a name of lower-case letters, digits, '-', '.', '/'",
  );
/** An instant in UTC to the millisecond, as `2026-06-04T12:00:00.000Z`. */
export const instantSchema = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    "expected an instant as 2026-06-04T12:00:00.000Z",
  )
  .refine((text) => {
    const milliseconds = Date.parse(text);
    return Number.isFinite(milliseconds) && new Date(milliseconds).toISOString() === text;
  }, "expected an instant that exists");

/**
 * The version of a schema: the name of a draft, or `1`, `2`, … of a release, as text. Which there are is for each kind of statement to say. A
 * number is what drafts before 27 November 2026 wrote; no release does, so that theirs is never taken for another's.
 */
export const versionSchema = z.union([z.string().min(1).max(200), z.int().min(0)]);

/** The head that every statement has; what `body` may hold is each noun's own schema. */
export const statementSchema = z.strictObject({
  type: z.string().regex(/^[a-z]+\/[a-z]+$/, "expected a type as noun/verb"),
  version: versionSchema,
  agreement: sha256Schema,
  issuer: nameSchema,
  sequence: z.int().min(0),
  issuedAt: instantSchema,
  body: z.looseObject({}),
});

/** What somebody said: the payload of one entry of the record. */
export type Statement = Omit<z.infer<typeof statementSchema>, "body"> & {
  readonly body: { readonly [key: string]: Json };
};

/** A statement before it is written down: its body is whatever the type's schema lets through. */
export type Words = Omit<Statement, "body"> & { readonly body: object };

/** In which roles somebody says something. */
export const ROLES = ["party", "keeper", "inspector", "adjudicator", "assessor"] as const;
/** In which role somebody says something. */
export type Role = (typeof ROLES)[number];

/** The payload bytes of a statement: its canonical JSON. */
export function statementBytes(words: Words): Uint8Array {
  const bytes = canonicalBytes(words);
  if (bytes.length > MAX_STATEMENT_BYTES) {
    throw new RecordError(
      "limit-exceeded",
      `expected a statement of at most ${MAX_STATEMENT_BYTES} bytes, got ${bytes.length}`,
    );
  }
  return bytes;
}

/** A statement's name: the SHA-256 of its payload, so that re-signing does not change it. */
export function statementId(payload: Uint8Array): string {
  return toHex(sha256(payload));
}

/** Parses payload bytes: canonical JSON with exactly the head's fields. */
export function parseStatement(payload: Uint8Array): Statement {
  if (payload.length > MAX_STATEMENT_BYTES) {
    throw new RecordError(
      "limit-exceeded",
      `expected a statement of at most ${MAX_STATEMENT_BYTES} bytes, got ${payload.length}`,
    );
  }
  const result = statementSchema.safeParse(parseCanonicalJson(payload));
  if (!result.success) {
    throw new RecordError("malformed-statement", describeIssues(result.error));
  }
  return result.data as Statement;
}

/** The first three faults that a schema found, each with its path, in one line. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(
      (issue) =>
        `${issue.path.length === 0 ? "the value" : issue.path.join(".")}: ${issue.message}`,
    )
    .join("; ");
}
