import {
  answerAsHolder,
  HOLDER_SIGNATURE_HEADER,
  type HolderAction,
  type JointSigner,
  RecordError,
} from "@standstill/record";
import fastify, { type FastifyInstance } from "fastify";

/**
 * A holder of a log's joint key over HTTP: `POST /commit` and `POST /sign`, each with the keeper's signature of the body.
 *
 * @param keeper the 32 bytes of the keeper's public key
 */
export function createHolderServer(holder: JointSigner, keeper: Uint8Array): FastifyInstance {
  const server = fastify({ bodyLimit: 1 << 16, requestTimeout: 30_000, logger: { level: "warn" } });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  for (const action of ACTIONS) {
    server.post<{ Body: Buffer | undefined }>(`/${action}`, async ({ body, headers }, reply) => {
      const signature = String(headers[HOLDER_SIGNATURE_HEADER] ?? "");
      try {
        const asked = body ?? new Uint8Array(0);
        const answer = await answerAsHolder(holder, keeper, action, asked, signature, Date.now());
        return reply.type("application/json").send(answer);
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        const status = error.code === "store-failed" ? 503 : 403;
        return reply.code(status).type("text/plain; charset=utf-8").send(`${error.message}\n`);
      }
    });
  }
  return server;
}

const ACTIONS: readonly HolderAction[] = ["commit", "sign"];
