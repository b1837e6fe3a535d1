import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { EvidenceError } from "@standstill/evidence";
import { fieldMapSchema } from "@standstill/evidence/activity";
import {
  ACCOUNTING_FORMATS,
  isAccountingFormat,
  READING_FORMATS,
  readAccounting,
  tableMapSchema,
  textOfFile,
} from "@standstill/evidence/formats";
import { MINUTE_MS } from "@standstill/record";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { METRICS_TYPE, monitorMetrics } from "./metrics.ts";
import type { Monitor, Received } from "./monitor.ts";

/**
 * What a site's monitor answers to: remote write at `/api/v1/write`, OTLP at `/v1/metrics`, and about itself `/metrics`,
 * `/healthz` and `/api/status`. Senders try again after 5xx and 429, and never after another 4xx.
 */
export function createMonitorServer(monitor: Monitor): FastifyInstance {
  const server = fastify({
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: MINUTE_MS,
    logger: { level: "warn" },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  server.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply));
  server.post("/api/v1/write", (request: Raw, reply) => remoteWrite(monitor, request, reply));
  server.post("/v1/metrics", (request: Raw, reply) => otlp(monitor, request, reply));
  server.post("/api/import", (request: FileRequest) => importFile(monitor, request));
  server.get("/metrics", async (_request, reply) =>
    reply.type(METRICS_TYPE).send(await monitorMetrics(monitor.status)),
  );
  server.get("/healthz", async (_request, reply) => {
    const { failure } = monitor.status;
    return failure === undefined
      ? reply.type("text/plain").send("ok\n")
      : reply.code(503).type("text/plain").send(`${failure.message}\n`);
  });
  server.get("/api/status", async () => {
    const { failure, ...status } = monitor.status;
    return { ...status, failure: failure?.message ?? null };
  });
  return server;
}

const MOST_BODY_BYTES = 32 << 20;
/** Message names that the content type of remote write may tell (Remote-Write 2.0, "Protocol"). */
const MESSAGES: ReadonlyMap<string, 1 | 2> = new Map([
  ["prometheus.WriteRequest", 1],
  ["io.prometheus.write.v2.Request", 2],
]);

type Raw = FastifyRequest<{ Body: Buffer | undefined }>;

async function remoteWrite(monitor: Monitor, request: Raw, reply: FastifyReply) {
  const type = request.headers["content-type"] ?? "";
  const version = versionOf(type);
  const encoding = request.headers["content-encoding"];
  if (version === undefined || encoding !== "snappy") {
    const message = `expected application/x-protobuf of a known message in snappy, got ${type} in ${encoding ?? "no encoding"}`;
    return reply.code(415).type("text/plain").send(`${message}\n`);
  }
  const written = await monitor.remoteWrite(receivedOf(request), version);
  if (version === 2) {
    reply.headers({
      "x-prometheus-remote-write-samples-written": String(written.kept),
      "x-prometheus-remote-write-histograms-written": "0",
      "x-prometheus-remote-write-exemplars-written": "0",
    });
  }
  return reply.code(204).send();
}

/** Feeds sign what they send to a path, whatever they ask with it. */
function receivedOf({ body, headers, url }: Pick<Raw, "body" | "headers" | "url">): Received {
  return { path: url.split("?")[0] ?? url, headers, body: body ?? new Uint8Array(0) };
}

function versionOf(type: string): 1 | 2 | undefined {
  if (!/^application\/x-protobuf\s*(?:;|$)/.test(type)) return undefined;
  const name = /;\s*proto=([^;\s]+)/.exec(type)?.[1] ?? "prometheus.WriteRequest";
  return MESSAGES.get(name);
}

const FORMATS = [...READING_FORMATS, ...ACCOUNTING_FORMATS, "activity-log"] as const;
type FileRequest = FastifyRequest<{
  Body: Buffer | undefined;
  Querystring: { format?: string; map?: string };
}>;

/** Takes a file in; `?map=` has the map of a table or a log as JSON. */
async function importFile(monitor: Monitor, { body, query, headers, url }: FileRequest) {
  const request = receivedOf({ body, headers, url });
  const format = FORMATS.find((one) => one === query.format);
  if (format === undefined) {
    const message = `expected ?format= of ${FORMATS.join(", ")}, got ${query.format ?? "none"}`;
    throw new EvidenceError("unknown-format", message);
  }
  if (isAccountingFormat(format)) {
    return monitor.accounting(request, readAccounting(format, textOfFile(request.body)));
  }
  if (format === "activity-log") {
    const map = mapIn(query.map, fieldMapSchema);
    const { records, setAside, brokenAt } = await monitor.activity(request, map);
    return { records: records.length, setAside: setAside.length, brokenAt };
  }
  return monitor.file(request, format, mapIn(query.map, tableMapSchema));
}

function mapIn<Map>(
  text: string | undefined,
  schema: { parse(json: unknown): Map },
): Map | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected ?map= as JSON, got another text", {
      cause,
    });
  }
}

async function otlp(monitor: Monitor, request: Raw, reply: FastifyReply) {
  const type = request.headers["content-type"] ?? "";
  const body = await unpacked(request);
  if (type.startsWith("application/json")) {
    await monitor.otlp(receivedOf(request), body, "json");
    return reply.type("application/json").send("{}");
  }
  if (type.startsWith("application/x-protobuf")) {
    await monitor.otlp(receivedOf(request), body, "protobuf");
    return reply.type("application/x-protobuf").send(Buffer.alloc(0));
  }
  const message = `expected application/x-protobuf or application/json, got ${type || "no type"}`;
  return reply.code(415).type("text/plain").send(`${message}\n`);
}

async function unpacked({ body, headers }: Raw): Promise<Uint8Array> {
  const bytes = body ?? new Uint8Array(0);
  if (headers["content-encoding"] !== "gzip") return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_BODY_BYTES });
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected gzip of at most 32 MiB, got other bytes", {
      cause,
    });
  }
}

function answerError(error: FastifyError, reply: FastifyReply): FastifyReply {
  const plain = (status: number) =>
    reply.code(status).type("text/plain; charset=utf-8").send(`${error.message}\n`);
  if (!(error instanceof EvidenceError)) {
    if (error.statusCode !== undefined && error.statusCode < 500) return plain(error.statusCode);
    reply.log.error(error);
    return reply.code(500).type("text/plain").send("expected an answer, got a fault inside\n");
  }
  if (error.code.startsWith("store-")) {
    if (error.code === "store-busy") reply.header("retry-after", "1");
    else reply.log.error(error);
    return plain(503);
  }
  if (error.code === "feed-not-signed") return plain(403);
  return plain(error.code === "limit-exceeded" ? 413 : 400);
}
