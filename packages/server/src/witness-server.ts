import type { SplitView } from "@standstill/record";
import type { WitnessAnswer } from "@standstill/record/files";
import fastify, { type FastifyInstance } from "fastify";

/** A witness as its server needs it. */
export interface ServedWitness {
  readonly forks: readonly SplitView[];
  addCheckpoint(request: Uint8Array): Promise<WitnessAnswer>;
  checkpoint(originHash: string): Uint8Array | undefined;
}

/**
 * A witness over HTTP (c2sp.org/tlog-witness): `POST /add-checkpoint`, and `GET /<hash of the origin>/checkpoint` for what
 * it saw last. Beside that `GET /forks`: evidence against logs that signed two histories, as JSON.
 */
export function createWitnessServer(witness: ServedWitness): FastifyInstance {
  const server = fastify({ bodyLimit: 1 << 16, requestTimeout: 30_000, logger: { level: "warn" } });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  server.post<{ Body: Buffer | undefined }>("/add-checkpoint", async ({ body }, reply) => {
    const answer = await witness.addCheckpoint(body ?? new Uint8Array(0));
    return reply.code(answer.status).type(answer.contentType).send(answer.body);
  });
  server.get<{ Params: { origin: string } }>("/:origin/checkpoint", async ({ params }, reply) => {
    const note = witness.checkpoint(params.origin);
    if (note === undefined) {
      return reply.code(404).type("text/plain; charset=utf-8").send("no such log here\n");
    }
    return reply
      .header("access-control-allow-origin", "*")
      .type("text/plain; charset=utf-8")
      .send(Buffer.from(note));
  });
  server.get("/forks", async (_request, reply) =>
    reply.header("access-control-allow-origin", "*").send({ forks: witness.forks }),
  );
  return server;
}
