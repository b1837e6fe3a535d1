// The same stream of remote-write requests to a monitor, to VictoriaMetrics and to Prometheus, each a process of its own on
// this machine: readings a second, and a processor second. The monitor syncs before it answers; the others do not.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { scrapes } from "./remote-write-stream.mjs";

const program = fileURLToPath(new URL("../packages/cli/bin/standstill.js", import.meta.url));
const SENDERS = 6;
const ROUNDS = 9;
const ticks = Number((await promisify(execFile)("getconf", ["CLK_TCK"])).stdout);
const directory = await mkdtemp(join(tmpdir(), "standstill-remote-write-"));
await writeFile(join(directory, "empty.yml"), "");

const peers = {
  "standstill monitor": {
    command: (port) => [
      process.execPath,
      ...[program, "monitor", "--site", "aster/one", "--port", String(port)],
      ...["--data", join(directory, "monitor")],
    ],
    ready: "/healthz",
  },
  VictoriaMetrics: {
    command: (port) => [
      "/usr/bin/victoria-metrics",
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${join(directory, "vm")}`,
    ],
    ready: "/health",
  },
  Prometheus: {
    command: (port) => [
      "/usr/bin/prometheus",
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.enable-remote-write-receiver",
      `--config.file=${join(directory, "empty.yml")}`,
      `--storage.tsdb.path=${join(directory, "prometheus")}`,
    ],
    ready: "/-/ready",
  },
};

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

async function cpuSeconds(pid) {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

function post(agent, port, body) {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ agent, port, host: "127.0.0.1", method: "POST", path: "/api/v1/write" },
        headers: {
          "content-type": "application/x-protobuf",
          "content-encoding": "snappy",
          "x-prometheus-remote-write-version": "0.1.0",
          "content-length": body.length,
        },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () =>
          answer.statusCode < 300 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
        );
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Sends a stream; requests of one scrape go side by side, scrapes one after the other, as Prometheus keeps series in order. */
async function send(port, rounds) {
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  for (const requests of rounds) {
    const waiting = [...requests];
    const sender = async () => {
      for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
        await post(agent, port, body);
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
  }
  agent.destroy();
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function measure(name, { command, ready }) {
  const [file] = command(0);
  if (!existsSync(file)) {
    console.log(`${name.padEnd(20)} is not here: not run`);
    return undefined;
  }
  const port = await freePort();
  const [path, ...args] = command(port);
  const child = spawn(path, args, { stdio: "ignore" });
  try {
    for (;;) {
      const isReady = await fetch(`http://127.0.0.1:${port}${ready}`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const [rates, costs] = [[], []];
    for (let round = -1; round < ROUNDS; round++) {
      const { requests, readings } = scrapes(Date.now() - 3_600_000 + (round + 1) * 900_000);
      const [start, before] = [performance.now(), await cpuSeconds(child.pid)];
      await send(port, requests);
      const seconds = (performance.now() - start) / 1000;
      // The first round makes the series known.
      if (round < 0) continue;
      rates.push(readings / seconds);
      costs.push(readings / ((await cpuSeconds(child.pid)) - before));
    }
    return { perSecond: median(rates), perCpuSecond: median(costs) };
  } finally {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await gone;
  }
}

try {
  const found = {};
  for (const [name, peer] of Object.entries(peers)) {
    console.error(`… ${name}`);
    const rate = await measure(name, peer);
    if (rate === undefined) continue;
    found[name] = rate;
    console.log(
      `${name.padEnd(20)} ${rate.perSecond.toFixed(0).padStart(9)} readings/s  ${rate.perCpuSecond.toFixed(0).padStart(9)} per processor second`,
    );
  }
  const mine = found["standstill monitor"];
  for (const [name, { perCpuSecond }] of Object.entries(found)) {
    if (perCpuSecond === mine.perCpuSecond) continue;
    console.log(
      `a processor second of the monitor takes ${(mine.perCpuSecond / perCpuSecond).toFixed(2)} times what one of ${name} takes`,
    );
  }
  console.log(`${(mine.perSecond / 500_000).toFixed(2)} of the 500,000 readings/s asked for`);
} finally {
  await rm(directory, { recursive: true, force: true });
}
