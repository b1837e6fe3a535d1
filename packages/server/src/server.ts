import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import fastify, { type FastifyInstance } from "fastify";
import { type Registry, recordDirectory } from "./registry.ts";
import { answerError } from "./routes/errors.ts";
import { recordFiles } from "./routes/record-files.ts";
import { roundRoutes } from "./routes/round.ts";
import { siteRoutes } from "./routes/sites.ts";
import { statementRoutes } from "./routes/statements.ts";

/** What a server serves. */
export interface ServerOptions {
  readonly registry: Registry;
  /** The data directory whose record is served. */
  readonly directory: string;
  /** Built pages; without them only the API and the record are served. */
  readonly pages?: string;
  /** Milliseconds between an acknowledgement and the checkpoint that covers it. */
  readonly publishAfterMs?: number;
}

const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** An HTTP server over one registry: the record's files, the API, the page. The caller listens and closes. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { registry, directory, pages, publishAfterMs = 200 } = options;
  let timer: NodeJS.Timeout | undefined;
  const server = fastify({ bodyLimit: 200_000, requestTimeout: 30_000, logger: { level: "warn" } });
  // Envelopes are parsed by the record, under its own limits; nothing else takes a body.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  server.setErrorHandler((error, _request, reply) => answerError(error, reply));
  server.addHook("onSend", async (_request, reply) => {
    reply.header("content-security-policy", CONTENT_SECURITY_POLICY);
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
  });
  server.addHook("onResponse", async (request) => {
    if (request.method === "POST" && registry.hasUnpublished) schedulePublish();
  });
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Standstill",
        version: "0.1.0",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
    },
  });
  await server.register(async (scope) => {
    statementRoutes(scope, registry);
    roundRoutes(scope, registry);
    siteRoutes(scope, registry);
    scope.get("/api/health", { schema: { summary: "Whether the server answers" } }, async () => ({
      healthy: true,
    }));
    scope.get("/api/openapi.json", { schema: { hide: true } }, async () => server.swagger());
  });
  await recordFiles(server, recordDirectory(directory));
  if (pages !== undefined)
    await server.register(fastifyStatic, { root: pages, prefix: "/", decorateReply: true });
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: {
        code: "not-found",
        message: `expected a known path, got ${request.url.slice(0, 200)}`,
      },
    }),
  );
  return server;

  function schedulePublish(): void {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      registry
        .publish()
        .then(() => registry.hasUnpublished && schedulePublish())
        .catch((error: unknown) => server.log.error(error));
    }, publishAfterMs);
    timer.unref();
  }
}
