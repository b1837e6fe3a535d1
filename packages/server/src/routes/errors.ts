import { EvidenceError } from "@standstill/evidence";
import { RefusedError } from "@standstill/operation";
import { codeOf, RecordError } from "@standstill/record";
import type { FastifyReply } from "fastify";

/** An error as the API tells it. */
export interface ApiError {
  readonly error: { readonly code: string; readonly message: string };
}

const CONFLICTS = new Set(["sequence-repeated", "already-said"]);
const STORE_FAULTS = new Set([
  "store-failed",
  "store-altered",
  "store-missing",
  "store-busy",
  "store-fenced",
  "quorum-missing",
]);

/** Answers with a typed error: 409 and 422 for refusals, 400 and 413 for bad bytes, 5xx without detail for the rest. */
export function answerError(error: unknown, reply: FastifyReply): FastifyReply {
  if (isTyped(error)) {
    if (STORE_FAULTS.has(error.code)) reply.log.error(error);
    return send(reply, statusOf(error), error.code, error.message);
  }
  if (isRequestError(error))
    return send(reply, error.statusCode, codeOf(error) ?? "bad-request", error.message);
  reply.log.error(error);
  return send(reply, 500, INTERNAL.code, INTERNAL.message);
}

/** An error as one item of an answer tells it. */
export function errorOf(error: unknown): ApiError["error"] {
  if (isTyped(error)) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === "TooManyError") {
    return { code: "too-many", message: error.message };
  }
  return INTERNAL;
}

/** Answers that a sender has sent too much, and when there is room again. */
export function answerTooMany(
  reply: FastifyReply,
  message: string,
  retryAfterSeconds: number,
): FastifyReply {
  reply.header("retry-after", String(retryAfterSeconds));
  return send(reply, 429, "too-many", message);
}

const INTERNAL = {
  code: "internal",
  message: "expected to answer, but failed; the keeper's log says why",
};

type Typed = RefusedError | RecordError | EvidenceError;

function isTyped(error: unknown): error is Typed {
  return [RefusedError, RecordError, EvidenceError].some((type) => error instanceof type);
}

/** What the server's library finds wrong with a request. */
function isRequestError(error: unknown): error is Error & { readonly statusCode: number } {
  if (!(error instanceof Error) || !("statusCode" in error)) return false;
  return typeof error.statusCode === "number" && error.statusCode < 500;
}

function statusOf(error: Typed): number {
  if (error instanceof RefusedError) return CONFLICTS.has(error.code) ? 409 : 422;
  if (STORE_FAULTS.has(error.code)) return 503;
  return error.code === "limit-exceeded" ? 413 : 400;
}

/** Answers that this place does not do that. */
export function answerNotAllowed(reply: FastifyReply, message: string): FastifyReply {
  return send(reply, 405, "read-only", message);
}

/** Answers that there is nothing of that name. */
export function answerNotFound(reply: FastifyReply, message: string): FastifyReply {
  return send(reply, 404, "not-found", message);
}

function send(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply
    .code(status)
    .type("application/json")
    .send({ error: { code, message } } satisfies ApiError);
}
