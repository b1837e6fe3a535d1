import type { Server } from "node:https";
import {
  admissionRefusal,
  admissionResponse,
  GateError,
  parseAdmissionReview,
} from "@standstill/gate";
import Fastify, { type FastifyError, type FastifyInstance } from "fastify";
import type { Gate } from "./gate.ts";

/** Certificate and key of the webhook, in PEM. */
export interface WebhookTls {
  readonly cert: string;
  readonly key: string;
}

/** Bytes of an AdmissionReview: objects of Kubernetes are at most 1.5 MiB. */
const MOST_BYTES = 3 * 1024 * 1024;

/**
 * A validating admission webhook of Kubernetes (admission.k8s.io/v1): `POST /admit`. A dry run holds nothing back. A review that cannot be
 * read is refused, whatever the failurePolicy says; what is no review is answered with 400, which the API server treats by the failurePolicy of its configuration.
 */
export function createGateWebhook(gate: Gate, tls: WebhookTls): FastifyInstance<Server> {
  const server = Fastify({
    https: { cert: tls.cert, key: tls.key },
    bodyLimit: MOST_BYTES,
    requestTimeout: 5_000,
  });
  server.post("/admit", async (request) => {
    const { uid, request: job, isStart, ended } = parseAdmissionReview(request.body);
    if (ended !== null) await gate.end(ended);
    if (job === null) return admissionResponse(uid, null);
    return admissionResponse(uid, isStart ? await gate.start(job) : gate.check(job));
  });
  server.get("/healthz", async () => ({ asOf: gate.rules.asOf, failure: gate.failure ?? null }));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal =
      error instanceof GateError ? admissionRefusal(request.body, error.message) : undefined;
    if (refusal !== undefined) return reply.send(refusal);
    const isTheirs = error instanceof GateError || error.statusCode;
    return reply.status(isTheirs ? 400 : 500).send({ error: error.message });
  });
  return server;
}
