import { EvidenceError } from "@standstill/evidence";
import { RecordError } from "@standstill/record";
import type { FastifyError, FastifyReply } from "fastify";
import { RefusedError } from "../registry.ts";

/** An error as the API tells it. */
export interface ApiError {
  readonly error: { readonly code: string; readonly message: string };
}

const CONFLICTS = new Set(["sequence-repeated", "already-said"]);
const STORE_FAULTS = new Set(["store-failed", "store-altered", "store-missing"]);

/** Answers with a typed error: 409 and 422 for refusals, 400 and 413 for bad bytes, 5xx without detail for the rest. */
export function answerError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof RefusedError) {
    return send(reply, CONFLICTS.has(error.code) ? 409 : 422, error.code, error.message);
  }
  if (error instanceof RecordError || error instanceof EvidenceError) {
    if (STORE_FAULTS.has(error.code)) {
      reply.log.error(error);
      return send(reply, 503, error.code, error.message);
    }
    return send(reply, error.code === "limit-exceeded" ? 413 : 400, error.code, error.message);
  }
  const { statusCode, code, message } = error as FastifyError;
  if (statusCode !== undefined && statusCode < 500)
    return send(reply, statusCode, code ?? "bad-request", message);
  reply.log.error(error);
  return send(reply, 500, "internal", "expected to answer, but failed; the keeper's log says why");
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
