import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RecordView } from "../view.ts";
import { answerNotAllowed } from "./errors.ts";
import { errorAnswer, jsonSchema } from "./schemas.ts";

/** How the log is, for whoever runs it and whoever watches. */
export function logRoutes(server: FastifyInstance, view: RecordView): void {
  server.get(
    "/api/log",
    {
      schema: {
        summary:
          "How far the log is: acknowledged, signed, published, and which witnesses are missing",
        response: { 200: jsonSchema(status), ...errorAnswer },
      },
    },
    async () => {
      const { size, signed, published, missing, failure } = view.status;
      return {
        size,
        signed,
        published,
        missing: [...missing].map(([witness, why]) => ({ witness, why })),
        failure: failure?.message ?? null,
      };
    },
  );
  server.get(
    "/api/health",
    { schema: { summary: "Whether statements are taken in: 200, or 503 with the reason" } },
    async (_request, reply) => {
      const { failure } = view.status;
      const healthy = failure === undefined;
      return reply
        .code(healthy ? 200 : 503)
        .send({ healthy, ...(healthy ? {} : { reason: failure.message }) });
    },
  );
}

const status = z.strictObject({
  size: z.int(),
  signed: z.int(),
  published: z.int(),
  missing: z.array(z.strictObject({ witness: z.string(), why: z.string() })),
  failure: z.string().nullable(),
});

/** A mirror takes nothing in. */
export function readOnly(server: FastifyInstance): void {
  for (const path of ["/api/statements", "/api/statements/batch"]) {
    server.post(path, { schema: { hide: true } }, async (_request, reply) =>
      answerNotAllowed(reply, "expected a keeper to submit to, got a mirror, which only shows"),
    );
  }
}
