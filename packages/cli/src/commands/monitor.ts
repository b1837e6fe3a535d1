import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FeedMap, parseFeedKey, withRules } from "@standstill/evidence";
import { ActivityFiles, JobFile, openTelemetry } from "@standstill/evidence/telemetry";
import {
  collectSlurm,
  createMonitorServer,
  Monitor,
  OPERATOR_FEED,
  scrape,
} from "@standstill/server";
import { z } from "zod";
import { EXIT } from "../exit-codes.ts";
import { yamlIn } from "../files.ts";
import { json, type Terminal, UsageError } from "../output.ts";
import { listen, repeat, stopped } from "../serve.ts";

/** Options of `standstill monitor`. */
export interface MonitorCommandOptions {
  readonly site: string;
  readonly data: string;
  readonly port: number;
  /** Exporters to ask. */
  readonly scrape: readonly string[];
  /** Seconds between two times that exporters are asked. */
  readonly every: number;
  readonly map?: string;
  readonly slurm: boolean;
  /** Feeds of others, as `<name>=<public key>`. */
  readonly feed: readonly string[];
  /** Days for which a late reading is still taken. */
  readonly days: number;
  /** Days for which readings are kept: longer than they can be asked for. */
  readonly keep: number;
  /** A server of each shard of a cluster; none for the engine in this process. */
  readonly clickhouse: readonly string[];
  readonly clickhouseReplicated: boolean;
  readonly json: boolean;
}

const DAY_MS = 86_400_000;
/** How far a sender's clock may be ahead. */
const AHEAD_MS = 600_000;
/** How far back accounting is asked for: a job may end long after it began. */
const ACCOUNTING_DAYS = 35;
const ACCOUNTING_EVERY_S = 60;

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
export async function monitorCommand(
  options: MonitorCommandOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.keep < options.days) {
    throw new UsageError(
      `expected --keep of at least the ${options.days} days for which late readings are taken, got ${options.keep}`,
      "Keep readings for longer than an inspector may ask for them.",
    );
  }
  const directory = join(resolve(options.data), "telemetry");
  const map = await feedMapIn(options.map);
  const telemetry = await openTelemetry(directory, options.keep, clusterOf(options));
  try {
    const monitor = new Monitor({
      site: options.site,
      telemetry,
      jobs: await JobFile.open(directory, options.site),
      activity: new ActivityFiles(directory, options.site),
      map,
      feedKeys: new Map(options.feed.map((text) => parseFeedKey(text, OPERATOR_FEED))),
      limits: { beforeMs: options.days * DAY_MS, afterMs: AHEAD_MS },
      now: () => Date.now(),
    });
    const server = createMonitorServer(monitor);
    const url = await listen(server, options.port);
    const { engine } = monitor.status;
    // Whoever finds the directory taken finds here whom to ask.
    await writeFile(monitorAddressPath(directory), url);
    terminal.out(
      options.json
        ? json({ address: url, site: options.site, engine, directory })
        : [
            `Monitor of ${options.site} at ${url}  (Ctrl-C stops it)`,
            `Prometheus remote write:  ${url}api/v1/write`,
            `OpenTelemetry metrics:    ${url}v1/metrics`,
            `About itself:             ${url}metrics, ${url}healthz, ${url}api/status`,
            `Readings are kept in:     ${directory} (${engine})`,
          ].join("\n"),
    );
    const ends = collectors(monitor, options, terminal);
    await stopped();
    await Promise.all(ends.map((end) => end()));
    await server.close();
    return EXIT.ok;
  } finally {
    await telemetry.close();
  }
}

/** Where a running monitor says at which address it takes files in. */
export function monitorAddressPath(telemetryDirectory: string): string {
  return join(telemetryDirectory, "monitor.address");
}

/** A password on a command line is seen by all who list processes, so it comes with the environment. */
function clusterOf({ clickhouse, clickhouseReplicated }: MonitorCommandOptions) {
  if (clickhouse.length === 0) return undefined;
  const { CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = process.env;
  const shards = clickhouse.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.password !== "") {
      throw new UsageError(
        "expected --clickhouse as http://shard-1:8123, without a user or password, got another text",
        "Give user and password in CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.",
      );
    }
    return {
      url: url.href,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      ...(process.env.CLICKHOUSE_DATABASE === undefined
        ? {}
        : { database: process.env.CLICKHOUSE_DATABASE }),
    };
  });
  return { shards, isReplicated: clickhouseReplicated };
}

/** What the monitor asks for by itself, each in its own time. */
function collectors(
  monitor: Monitor,
  options: MonitorCommandOptions,
  terminal: Terminal,
): (() => Promise<void>)[] {
  const tell = (error: Error) => terminal.err(`Not collected: ${error.message}`);
  const scrapes = options.scrape.map((url) =>
    repeat(() => scrape(monitor, url, options.every * 1000), options.every, tell),
  );
  if (!options.slurm) return scrapes;
  const accounting = () => collectSlurm(monitor.jobs, Date.now() - ACCOUNTING_DAYS * DAY_MS);
  void accounting().catch(tell);
  return [...scrapes, repeat(accounting, Math.min(options.every, ACCOUNTING_EVERY_S), tell)];
}

async function feedMapIn(path: string | undefined): Promise<FeedMap> {
  if (path === undefined) return new FeedMap();
  const yaml = await yamlIn(path, "--map");
  const parsed = mapSchema.safeParse(yaml);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(
      `expected a map of metrics in ${path}, got: ${issue?.path.join(".")}: ${issue?.message}`,
      "See docs/monitor.md for what a map looks like.",
    );
  }
  return new FeedMap(withRules(parsed.data.metrics));
}
