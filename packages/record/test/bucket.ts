import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How an imitated bucket misbehaves. */
export interface Misbehaviour {
  /** Conditions are ignored, as by servers that do not know them. */
  ignoresConditions?: boolean;
  /** Tags in conditions are known without quotes only, as by Ceph's gateway. */
  knowsBareTagsOnly?: boolean;
  /** Requests that write are answered this late, in milliseconds. */
  slowMs?: number;
  /** Every write with this number or a later one is done and never answered. */
  mutesFrom?: number;
}

/**
 * An imitation of what a log needs of S3, for faults that no real bucket has on demand. `STANDSTILL_BUCKET_URL` lets the same
 * tests run against a real one.
 */
export async function imitateBucket(): Promise<{
  url: string;
  objects: Map<string, Buffer>;
  behave: Misbehaviour;
  close(): Promise<void>;
}> {
  const objects = new Map<string, Buffer>();
  const behave: Misbehaviour = {};
  let writes = 0;
  const spelt = (tag: string) =>
    behave.knowsBareTagsOnly === true ? tag.replaceAll('"', "") : tag;
  const tagOf = (bytes: Buffer) => `"${createHash("md5").update(bytes).digest("hex")}"`;
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url as string, "http://bucket");
    const key = decodeURIComponent(url.pathname).replace(/^\/bucket\/?/, "");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const before = objects.get(key);
    const isWrite = request.method === "PUT" || request.method === "DELETE";
    if (isWrite && behave.slowMs !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, behave.slowMs));
    }
    if (request.method === "PUT") {
      const { "if-none-match": none, "if-match": match } = request.headers;
      const isHeld =
        behave.ignoresConditions === true ||
        ((none === undefined || before === undefined) &&
          (match === undefined || (before !== undefined && spelt(tagOf(before)) === match)));
      if (isHeld) objects.set(key, Buffer.concat(chunks));
      if (behave.mutesFrom !== undefined && writes++ >= behave.mutesFrom) return;
      response.writeHead(isHeld ? 200 : 412, { etag: tagOf(Buffer.concat(chunks)) }).end();
    } else if (request.method === "DELETE") {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (url.searchParams.get("list-type") === "2") {
      const prefix = url.searchParams.get("prefix") ?? "";
      const from = url.searchParams.get("continuation-token") ?? "";
      const keys = [...objects.keys()].filter((one) => one.startsWith(prefix) && one > from).sort();
      const page = keys
        .slice(0, 3)
        .map((one) => `<Contents><Key>${encodeURIComponent(one)}</Key></Contents>`);
      const next =
        keys.length > 3 ? `<NextContinuationToken>${keys[2]}</NextContinuationToken>` : "";
      response.writeHead(200).end(`<ListBucketResult>${page.join("")}${next}</ListBucketResult>`);
    } else if (before === undefined) response.writeHead(404).end();
    else response.writeHead(200, { etag: tagOf(before) }).end(before);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/log`,
    objects,
    behave,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
