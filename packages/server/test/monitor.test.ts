import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { EvidenceError, FeedMap, feedHeaders } from "@standstill/evidence";
import {
  ActivityFiles,
  JobFile,
  openFileStore,
  Telemetry,
  type TelemetryStore,
} from "@standstill/evidence/telemetry";
import { type SigningKey, signingKey } from "@standstill/record";
import { createMonitorServer, Monitor } from "@standstill/server";
import type { FastifyInstance } from "fastify";
import { compress } from "snappyjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytes, double, message, varint } from "../../evidence/test/protobuf.ts";

const meterKey = signingKey(new Uint8Array(32).fill(7));
const NOW = 1_795_300_000_000;
let directory: string;
let telemetry: Telemetry;
let server: FastifyInstance;
let refuse: EvidenceError | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-monitor-"));
  refuse = undefined;
  const openStore = async (place: string): Promise<TelemetryStore> => openFileStore(place);
  telemetry = await Telemetry.open({ directory, openStore });
  const accept = telemetry.accept.bind(telemetry);
  telemetry.accept = (samples) => (refuse === undefined ? accept(samples) : Promise.reject(refuse));
  const monitor = new Monitor({
    site: "aster/one",
    telemetry,
    jobs: await JobFile.open(directory, "aster/one"),
    activity: new ActivityFiles(directory, "aster/one"),
    map: new FeedMap(),
    feedKeys: new Map([["meter-one", meterKey.publicKey]]),
    limits: { beforeMs: 86_400_000, afterMs: 600_000 },
    now: () => NOW,
  });
  server = createMonitorServer(monitor);
});
afterEach(async () => {
  await server.close();
  await telemetry.close();
  await rm(directory, { recursive: true });
});

const label = (name: string, value: string) => bytes(1, message([bytes(1, name), bytes(2, value)]));
const request = (watts: number) =>
  Buffer.from(
    compress(
      message([
        bytes(
          1,
          message([
            label("__name__", "node_power_watts"),
            label("node", "a"),
            bytes(2, message([double(1, watts), varint(2, NOW)])),
          ]),
        ),
      ]),
    ),
  );
const V1 = { "content-type": "application/x-protobuf", "content-encoding": "snappy" };
const write = (body: Buffer, headers: Record<string, string> = V1) =>
  server.inject({ method: "POST", url: "/api/v1/write", payload: body, headers });
const status = async () => (await server.inject("/api/status")).json();

describe("remote write, as senders rely on it", () => {
  it("204 once the readings are durable, and what was set aside is counted and told", async () => {
    expect((await write(request(5))).statusCode).toBe(204);
    expect((await write(request(-5))).statusCode).toBe(204);
    expect(await status()).toMatchObject({
      acknowledged: 1,
      feeds: [{ feed: "operator", requests: 2, quarantined: { negative: { count: 1 } } }],
    });
    const { body } = await server.inject("/metrics");
    expect(body).toContain('readings_acknowledged_total{site="aster/one"} 1');
    expect(body).toContain(
      'readings_quarantined_total{feed="operator",reason="negative",site="aster/one"} 1',
    );
  });

  it("415 for what it cannot read, so that a sender of 2.0 falls back", async () => {
    expect((await write(request(5), { ...V1, "content-encoding": "zstd" })).statusCode).toBe(415);
    expect((await write(request(5), { ...V1, "content-type": "text/plain" })).statusCode).toBe(415);
    const unknown = "application/x-protobuf;proto=io.prometheus.write.v9.Request";
    expect((await write(request(5), { ...V1, "content-type": unknown })).statusCode).toBe(415);
  });

  it("2.0 is told how many samples were written", async () => {
    const symbols = ["", "__name__", "node_power_watts", "node", "a"].map((text) => bytes(4, text));
    const series = bytes(
      5,
      message([
        bytes(1, Uint8Array.of(1, 2, 3, 4)),
        bytes(2, message([double(1, 7), varint(2, NOW)])),
      ]),
    );
    const type = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    const answer = await write(Buffer.from(compress(message([...symbols, series]))), {
      ...V1,
      "content-type": type,
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers["x-prometheus-remote-write-samples-written"]).toBe("1");
    expect(answer.headers["x-prometheus-remote-write-histograms-written"]).toBe("0");
  });

  it("400 and nothing kept for a broken request; 413 for one that declares 4 GB; 503 when it may be tried again", async () => {
    const good = request(5);
    expect((await write(good.subarray(0, good.length - 3))).statusCode).toBe(400);
    const bomb = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]);
    expect((await write(bomb)).statusCode).toBe(413);
    refuse = new EvidenceError("store-busy", "too many wait");
    const busy = await write(good);
    expect([busy.statusCode, busy.headers["retry-after"]]).toEqual([503, "1"]);
    expect(await status()).toMatchObject({ acknowledged: 0, refusedRequests: 3 });
  });

  it("a request that breaks in its middle leaves none of its readings", async () => {
    const half = message([
      bytes(
        1,
        message([
          label("__name__", "node_power_watts"),
          label("node", "a"),
          bytes(2, message([double(1, 5), varint(2, NOW)])),
        ]),
      ),
      bytes(1, message([label("node", "nameless")])),
    ]);
    expect((await write(Buffer.from(compress(half)))).statusCode).toBe(400);
    expect((await write(request(6))).statusCode).toBe(204);
    expect((await status()).acknowledged).toBe(1);
  });
});

describe("a feed of somebody else's meter", () => {
  const signed = (body: Buffer, key: SigningKey, path = "/api/v1/write") =>
    write(body, { ...V1, ...feedHeaders("meter-one", key, path, body) });

  it("counts under its name only with its key's signature over this body and path", async () => {
    const body = request(7);
    expect((await signed(body, meterKey)).statusCode).toBe(204);
    expect((await write(request(5))).statusCode).toBe(204);
    const stranger = signingKey(new Uint8Array(32).fill(8));
    expect((await signed(body, stranger)).statusCode).toBe(403);
    expect((await signed(body, meterKey, "/v1/metrics")).statusCode).toBe(403);
    const other = { ...V1, ...feedHeaders("meter-one", meterKey, "/api/v1/write", body) };
    expect((await write(request(8), other)).statusCode).toBe(403);
    expect((await write(body, { ...V1, "standstill-feed": "operator" })).statusCode).toBe(403);
    const of = { site: "aster/one", device: "a", quantity: "power" } as const;
    const all = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };
    const [own, theirs] = await Promise.all(
      ["operator", "meter-one"].map((feed) => telemetry.readings({ ...of, feed }, all)),
    );
    expect([[...(own?.values ?? [])], [...(theirs?.values ?? [])]]).toEqual([[5000], [7000]]);
  });

  it("tells how far behind its clock is at most", async () => {
    await write(request(5));
    expect((await status()).feeds[0].leastDelayMs).toBe(0);
  });
});

describe("what else a monitor takes", () => {
  it("OTLP as JSON, packed or not; a file that somebody sends it; health", async () => {
    const json = JSON.stringify({
      resourceMetrics: [
        {
          scopeMetrics: [
            {
              metrics: [
                {
                  name: "node_power_watts",
                  gauge: {
                    dataPoints: [
                      {
                        attributes: [{ key: "node", value: { stringValue: "b" } }],
                        timeUnixNano: `${NOW}000000`,
                        asDouble: 3,
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    const post = (payload: Buffer | string, headers: Record<string, string>) =>
      server.inject({ method: "POST", url: "/v1/metrics", payload, headers });
    const type = { "content-type": "application/json" };
    expect((await post(json, type)).json()).toEqual({});
    expect((await post(gzipSync(json), { ...type, "content-encoding": "gzip" })).statusCode).toBe(
      200,
    );
    expect((await post("x", { "content-type": "text/plain" })).statusCode).toBe(415);
    const file = await server.inject({
      method: "POST",
      url: "/api/import?format=metrics-text",
      payload: Buffer.from('node_power_watts{node="c"} 12\n'),
      headers: { "content-type": "application/octet-stream" },
    });
    expect(file.json()).toEqual({ rows: 1, kept: 1, setAside: 0 });
    const unknown = await server.inject({ method: "POST", url: "/api/import?format=nothing" });
    expect([unknown.statusCode, unknown.body]).toEqual([
      400,
      expect.stringContaining("got nothing"),
    ]);
    expect((await server.inject("/healthz")).body).toBe("ok\n");
    expect((await status()).series).toBe(2);
  });

  it("tables with their map, accounting, and activity logs, from the operator alone", async () => {
    const post = (format: string, payload: string, map?: object, headers = {}) => {
      const asked = new URLSearchParams({
        format,
        ...(map === undefined ? {} : { map: JSON.stringify(map) }),
      });
      const url = `/api/import?${asked}`;
      const type = { "content-type": "application/octet-stream", ...headers };
      return server.inject({ method: "POST", url, payload: Buffer.from(payload), headers: type });
    };
    const map = {
      time: { column: "t", unit: "text" },
      device: { column: "meter" },
      readings: [{ column: "W", quantity: "power", scale: 1000 }],
    };
    const time = new Date(NOW).toISOString();
    const table = await post("table", `t,meter,W\n${time},m-1,5\n${time},m-2,-5\n`, map);
    expect(table.json()).toEqual({ rows: 2, kept: 1, setAside: 1 });
    const [feed] = (await status()).feeds as { quarantined: object }[];
    expect(feed?.quarantined).toMatchObject({ negative: { count: 1 } });
    for (const wrong of [post("table", "t\n"), post("table", "t\n", { a: 1 })]) {
      expect((await wrong).statusCode).toBe(400);
    }

    const accounting = readFileSync(new URL("../../../data/slurm/sacct.json", import.meta.url));
    expect((await post("slurm", accounting.toString())).json()).toEqual({ kept: 5 });
    const end = new Date(NOW + 60_000).toISOString();
    const record = { device: "a", start: time, end, workload: "w", activity: "idle" };
    const log = `${JSON.stringify(record)}\nbroken\n`;
    expect((await post("activity-log", log)).json()).toMatchObject({ records: 1, setAside: 1 });
    await post("activity-log", log);
    const kept = new ActivityFiles(directory, "aster/one");
    expect(await kept.records({ startMs: NOW, endMs: NOW + 1 })).toEqual([record]);
    expect(await kept.records({ startMs: NOW + 60_000, endMs: NOW + 60_001 })).toEqual([]);
    const signed = feedHeaders("meter-one", meterKey, "/api/import", Buffer.from(log));
    expect((await post("activity-log", log, undefined, signed)).statusCode).toBe(403);
  });
});
