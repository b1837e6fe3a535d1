import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import { SECOND_MS } from "@standstill/record";
import fastify, { type FastifyInstance } from "fastify";
import { Registry, recordDirectory } from "./registry.ts";
import { answerError } from "./routes/errors.ts";
import { logRoutes, readOnly } from "./routes/log.ts";
import { proofRoutes } from "./routes/proofs.ts";
import { recordFiles, recordFilesFrom } from "./routes/record-files.ts";
import { reportRoutes } from "./routes/reports.ts";
import { roundRoutes } from "./routes/round.ts";
import { siteRoutes } from "./routes/sites.ts";
import { statementRoutes } from "./routes/statements.ts";
import { type SubmissionLimits, submissionRoutes } from "./routes/submissions.ts";
import type { RecordView } from "./view.ts";

/** What a server serves. */
export interface ServerOptions {
  /** A registry, which takes statements in, or a mirror's copy, which only shows them. */
  readonly record: RecordView;
  /** The data directory whose record is served; without one, files are read from where the record is kept. */
  readonly directory?: string;
  /** Built pages; without them only the API and the record are served. */
  readonly pages?: string;
  /** Milliseconds between an acknowledgement and the checkpoint that covers it. */
  readonly publishAfterMs?: number;
  readonly limits?: SubmissionLimits;
  /** Takes sealed reports of people in, and is called with the name of each; without it there is no reporting box. */
  readonly onReport?: (name: string) => Promise<void>;
  /** Who wrote this program, as it measured its own repository; or why that cannot be said. */
  readonly ownRepository?: object;
}

/** Between two attempts to publish where witnesses were missing. */
const RETRY_MS = 5 * SECOND_MS;
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** An HTTP server over one registry: the record's files, the API, the page. The caller listens and closes. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { record, directory, pages, publishAfterMs = 200 } = options;
  const registry = record instanceof Registry ? record : undefined;
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
    statementRoutes(scope, record);
    proofRoutes(scope, record);
    roundRoutes(scope, record);
    siteRoutes(scope, record);
    logRoutes(scope, record);
    if (registry === undefined) readOnly(scope);
    else submissionRoutes(scope, registry, schedulePublish, options.limits);
    if (directory !== undefined && options.onReport !== undefined)
      await reportRoutes(scope, directory, record, options.onReport);
    if (options.ownRepository !== undefined) {
      const answer = options.ownRepository;
      scope.get(
        "/api/own-repository",
        { schema: { summary: "This program's own repository, measured by itself" } },
        async () => answer,
      );
    }
    scope.get("/api/openapi.json", { schema: { hide: true } }, async () => server.swagger());
  });
  if (directory === undefined) recordFilesFrom(server, record.source);
  else await recordFiles(server, recordDirectory(directory));
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
    if (timer !== undefined || registry === undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      registry
        .publish()
        .then(() => registry.hasUnpublished && schedulePublish())
        .catch((error: unknown) => {
          server.log.error(error);
          retryLater();
        });
    }, publishAfterMs);
    timer.unref();
  }
  /** A quorum that was not there may be there in a moment; what was acknowledged stays durable meanwhile. */
  function retryLater(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      schedulePublish();
    }, RETRY_MS);
    timer.unref();
  }
}
