import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createProbe } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseMlperfPower } from "@standstill/evidence";
import { openTelemetry } from "@standstill/evidence/telemetry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { program } from "../tests/support/standstill.ts";

const PROMETHEUS = "/usr/bin/prometheus";
const RUN = "8xSMC-H100-SXM-80GB/ssd/result_4957-240509201759121706710_1";
const SITE = "aster/one";
const hasPrometheus = existsSync(PROMETHEUS);
if (!hasPrometheus) {
  console.warn("SKIPPED: Prometheus is not here, so no real sender wrote to a monitor.");
}

/** Power of real nodes, one reading after the other, as a gauge that an exporter shows. */
class Replay {
  readonly #watts: ReadonlyMap<string, readonly number[]>;
  #turn = 0;
  /** What was shown to whoever asked: for each node every value in order. */
  readonly shown = new Map<string, number[]>();

  constructor(watts: ReadonlyMap<string, readonly number[]>) {
    this.#watts = watts;
  }

  text(): string {
    const turn = this.#turn++;
    const lines = ["# TYPE node_power_watts gauge"];
    for (const [node, values] of this.#watts) {
      const value = values[turn % values.length] as number;
      this.shown.set(node, [...(this.shown.get(node) ?? []), value]);
      lines.push(`node_power_watts{node="${node}",replay="mlperf-v4.0"} ${value}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createProbe().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasPrometheus)("a real Prometheus writes to a real monitor", () => {
  let directory: string;
  let exporter: Server;
  let prometheus: ChildProcess;
  let monitor: ChildProcess;
  let port: number;
  let replay: Replay;

  const startMonitor = () =>
    new Promise<ChildProcess>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [program, "monitor", "--site", SITE, "--data", directory, "--port", String(port)],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      child.stdout.once("data", () => resolve(child));
      child.once("exit", (code) => reject(new Error(`expected a monitor, got exit code ${code}`)));
    });
  const status = async () =>
    (await (await fetch(`http://127.0.0.1:${port}/api/status`)).json()) as {
      acknowledged: number;
      feeds: { unwanted: number; quarantined: object }[];
    };
  const ended = (child: ChildProcess, signal: NodeJS.Signals) =>
    new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.once("exit", resolve);
      child.kill(signal);
    });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-prometheus-"));
    const file = new URL("../data/mlperf/smc_h100_training_node_power.csv.gz", import.meta.url);
    const readings = parseMlperfPower(gunzipSync(await readFile(file)).toString(), { run: RUN });
    const watts = new Map<string, number[]>(readings.devices.map((device) => [device, []]));
    for (const [i, device] of readings.device.entries()) {
      const power = (readings.powerMilliwatts[i] as number) / 1000;
      watts.get(readings.devices[device] as string)?.push(power);
    }
    replay = new Replay(watts);
    exporter = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4" });
      response.end(replay.text());
    });
    await new Promise<void>((resolve) => exporter.listen(0, "127.0.0.1", () => resolve()));
    port = await freePort();
    const { port: exporterPort } = exporter.address() as AddressInfo;
    await writeFile(
      join(directory, "prometheus.yml"),
      [
        "global: { scrape_interval: 1s, scrape_timeout: 1s, external_labels: { site: a } }",
        "scrape_configs:",
        "  - job_name: power",
        `    static_configs: [{ targets: ["127.0.0.1:${exporterPort}"] }]`,
        "remote_write:",
        `  - url: http://127.0.0.1:${port}/api/v1/write`,
        "    queue_config: { max_shards: 1, batch_send_deadline: 1s, min_backoff: 100ms, max_backoff: 500ms }",
        "",
      ].join("\n"),
    );
    monitor = await startMonitor();
    const prometheusPort = await freePort();
    prometheus = spawn(
      PROMETHEUS,
      [
        `--config.file=${join(directory, "prometheus.yml")}`,
        `--storage.tsdb.path=${join(directory, "tsdb")}`,
        `--web.listen-address=127.0.0.1:${prometheusPort}`,
        "--storage.remote.flush-deadline=10s",
      ],
      { stdio: "ignore" },
    );
  }, 60_000);
  afterAll(async () => {
    await Promise.all(
      [prometheus, monitor].map((child) =>
        child === undefined || child.exitCode !== null || child.signalCode !== null
          ? undefined
          : ended(child, "SIGKILL"),
      ),
    );
    exporter?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("every reading that was shown is kept once, though the monitor is killed in the middle", async () => {
    await expect
      .poll(async () => (await status()).acknowledged, { timeout: 60_000 })
      .toBeGreaterThan(24);
    await ended(monitor, "SIGKILL");
    await wait(2500);
    monitor = await startMonitor();
    await expect
      .poll(async () => (await status()).acknowledged, { timeout: 60_000 })
      .toBeGreaterThan(32);
    const [feed] = (await status()).feeds;
    // Prometheus tells of its own scrapes too: up, scrape_duration_seconds and others.
    expect(feed?.unwanted).toBeGreaterThan(0);
    expect(feed?.quarantined).toEqual({});
    await ended(prometheus, "SIGTERM");
    await ended(monitor, "SIGTERM");

    const telemetry = await openTelemetry(join(directory, "telemetry"));
    try {
      for (const [device, shown] of replay.shown) {
        const { values } = await telemetry.readings(
          { site: SITE, device, quantity: "power", feed: "operator" },
          { startMs: 0, endMs: Number.MAX_SAFE_INTEGER },
        );
        const expected = shown.map((watts) => Math.round(watts * 1000));
        // The last scrape may not have been stored by Prometheus itself when it was stopped.
        expect([expected, expected.slice(0, -1)]).toContainEqual([...values]);
      }
      expect(replay.shown.size).toBe(8);
    } finally {
      await telemetry.close();
    }
  }, 180_000);
});
