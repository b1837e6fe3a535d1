import { join, resolve } from "node:path";
import { FeedMap, OPERATOR_FEED, parseFeedKey, withRules } from "@standstill/evidence";
import { ActivityFiles, JobFile, openTelemetry } from "@standstill/evidence/telemetry";
import { DAY_MS, MINUTE_MS } from "@standstill/record";
import { collect, createMonitorServer, Monitor, sayAddress } from "@standstill/server";
import { z } from "zod";
import { defineCommand } from "../command/define.ts";
import {
  address,
  count,
  file,
  type NamedFile,
  path,
  port,
  seconds,
  text,
} from "../command/format.ts";
import { flag, needed, optional, several, usual } from "../command/input.ts";
import { contentAs } from "../named-file.ts";
import { UsageError } from "../output.ts";
import { listen, stopped } from "../serve.ts";

/** How far a sender's clock may be ahead. */
const AHEAD_MS = 10 * MINUTE_MS;

const mapSchema = z.strictObject({
  metrics: z.array(
    z.strictObject({
      metric: z.string().min(1),
      quantity: z.string(),
      scale: z.number(),
      device: z.array(z.string().min(1)).min(1),
      within: z.array(z.string().min(1)).min(1).optional(),
      where: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** `standstill monitor`: takes in what a site's machines emit, and keeps it on the operator's side. */
export const command = defineCommand({
  summary: "Take in what a site's machines emit, and keep it on the operator's side",
  options: {
    site: needed("<name>", "the site, as aster/one", text),
    data: usual("<dir>", "where readings are kept", path, ".standstill-monitor"),
    port: usual("<number>", "port on 127.0.0.1", port, "9465"),
    scrape: several("<url>", "an exporter to ask", address),
    every: usual("<seconds>", "how often to ask", seconds, "15"),
    map: optional("<file>", "metrics of your own, as YAML: metric, quantity, scale, device", file),
    feed: several("<name=key>", "a feed of somebody else's meter, with its public key", text),
    slurm: flag("collect Slurm's accounting with sacct"),
    keep: usual("<days>", "keep readings for so many days", count, "400"),
    days: usual("<number>", "take readings that are late by up to so many days", count, "35"),
    clickhouse: several(
      "<url>",
      "a server of a ClickHouse cluster that keeps the readings, one for each shard, in an order that never changes; user and password come with CLICKHOUSE_USER and CLICKHOUSE_PASSWORD",
      address,
    ),
    clickhouseReplicated: flag("each shard has replicas"),
  },
  examples: [
    "standstill monitor --site aster/one --scrape http://node-01:9400/metrics --slurm",
    "standstill monitor --site aster/one --port 9465   # remote_write: - url: http://127.0.0.1:9465/api/v1/write",
    "CLICKHOUSE_USER=monitor CLICKHOUSE_PASSWORD=... standstill monitor --site aster/one --clickhouse http://shard-1:8123 --clickhouse http://shard-2:8123",
  ],
  action: async (given, terminal) => {
    const { site, days, keep } = given;
    if (keep < days) {
      throw new UsageError(
        `expected --keep of at least the ${days} days for which late readings are taken, got ${keep}`,
        "Keep readings for longer than an inspector may ask for them.",
      );
    }
    const directory = join(resolve(given.data), "telemetry");
    const map = await feedMapIn(given.map);
    const cluster = clusterOf(given.clickhouse, given.clickhouseReplicated);
    const telemetry = await openTelemetry(directory, keep, cluster);
    try {
      const monitor = new Monitor({
        site,
        telemetry,
        jobs: await JobFile.open(directory, site),
        activity: new ActivityFiles(directory, site),
        map,
        feedKeys: new Map(given.feed.map((one) => parseFeedKey(one, OPERATOR_FEED))),
        limits: { beforeMs: days * DAY_MS, afterMs: AHEAD_MS },
        now: () => Date.now(),
      });
      const server = createMonitorServer(monitor);
      const url = await listen(server, given.port);
      const { engine } = monitor.status;
      await sayAddress(directory, url);
      terminal.answer({ address: url, site, engine, directory }, () =>
        [
          `Monitor of ${site} at ${url}  (Ctrl-C stops it)`,
          `Prometheus remote write:  ${url}api/v1/write`,
          `OpenTelemetry metrics:    ${url}v1/metrics`,
          `About itself:             ${url}metrics, ${url}healthz, ${url}api/status`,
          `Readings are kept in:     ${directory} (${engine})`,
        ].join("\n"),
      );
      const { scrape: exporters, every: everySeconds, slurm } = given;
      const end = collect(monitor, { exporters, everySeconds, slurm }, (error) =>
        terminal.err(`Not collected: ${error.message}`),
      );
      await stopped();
      await end();
      await server.close();
      return "ok";
    } finally {
      await telemetry.close();
    }
  },
});

/** A password on a command line is seen by all who list processes, so it comes with the environment. */
function clusterOf(addresses: readonly string[], isReplicated: boolean) {
  if (addresses.length === 0) return undefined;
  const { CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = process.env;
  const { CLICKHOUSE_DATABASE: database } = process.env;
  const shards = addresses.map((url) => ({
    url: new URL(url).href,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
  }));
  return { shards, isReplicated };
}

async function feedMapIn(named: NamedFile | undefined): Promise<FeedMap> {
  if (named === undefined) return new FeedMap();
  const { metrics } = await contentAs(
    named,
    mapSchema,
    "a map of metrics",
    "See docs/monitor.md for what a map looks like.",
  );
  return new FeedMap(withRules(metrics));
}
