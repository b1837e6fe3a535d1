import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The record's files as c2sp.org/tlog-tiles serves them: everything immutable but the checkpoint. */
export async function recordFiles(server: FastifyInstance, directory: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: directory,
    prefix: "/record/",
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isCheckpoint = path.endsWith("/checkpoint");
      reply.setHeader(
        "content-type",
        isCheckpoint ? "text/plain; charset=utf-8" : "application/octet-stream",
      );
      reply.setHeader(
        "cache-control",
        isCheckpoint ? "no-cache" : "public, max-age=31536000, immutable",
      );
      reply.setHeader("access-control-allow-origin", "*");
    },
  });
}
