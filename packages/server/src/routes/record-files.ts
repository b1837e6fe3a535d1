import fastifyStatic from "@fastify/static";
import { CHECKPOINT_PATH, parseTilePath, type RecordSource } from "@standstill/record";
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
      for (const [name, value] of Object.entries(headersOf(path.endsWith("/checkpoint"))))
        reply.setHeader(name, value);
    },
  });
}

/** The same files, read from where the record is kept, such as a bucket. */
export function recordFilesFrom(server: FastifyInstance, source: RecordSource): void {
  server.get<{ Params: { "*": string } }>("/record/*", async ({ params }, reply) => {
    const path = params["*"];
    const isCheckpoint = path === CHECKPOINT_PATH;
    const isFile = isCheckpoint || parseTilePath(path) !== undefined || BLOB_PATH.test(path);
    const bytes = isFile ? await source.read(path) : undefined;
    if (bytes === undefined) return reply.callNotFound();
    return reply.headers(headersOf(isCheckpoint)).send(Buffer.from(bytes));
  });
}

const BLOB_PATH = /^blob\/[0-9a-f]{64}$/;

function headersOf(isCheckpoint: boolean): Record<string, string> {
  return {
    "content-type": isCheckpoint ? "text/plain; charset=utf-8" : "application/octet-stream",
    "cache-control": isCheckpoint ? "no-cache" : "public, max-age=31536000, immutable",
    "access-control-allow-origin": "*",
  };
}
