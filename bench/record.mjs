// What the record costs: trees, proofs, appending with fsync, HTTP. Medians, and ratios to what is asked for.
import { spawn } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  keySigner,
  leafHash,
  noteVerifier,
  RightEdge,
  Sequencer,
  signingKey,
} from "@standstill/record";
import { openDirectoryStore } from "@standstill/record/files";

const ROUNDS = 5;
const key = signingKey(new Uint8Array(32).fill(1));
const verifier = noteVerifier("log.example/bench", key.publicKey);

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const line = (what, measured, compared) =>
  console.log(what.padEnd(58), measured.padStart(22), " ", compared);
const perSecond = (value) => `${Math.round(value).toLocaleString("en")}/s`;
/** A ratio above 1 is better than asked for. */
const asked = (value, limit, unit) =>
  `${(value / limit).toFixed(2)} of the ${limit.toLocaleString("en")}${unit} asked for`;

function cpuSeconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function trees() {
  const count = 300_000;
  const hashes = new Uint8Array(count * 32);
  for (let at = 0; at < hashes.length; at += 65_536) {
    crypto.getRandomValues(hashes.subarray(at, Math.min(hashes.length, at + 65_536)));
  }
  const tiles = median(
    Array.from({ length: ROUNDS }, () => {
      const edge = new RightEdge();
      return (
        count /
        cpuSeconds(() => {
          for (let i = 0; i < count; i++) edge.append(hashes.subarray(i * 32, i * 32 + 32));
        })
      );
    }),
  );
  line("leaf hashes into tiles, per core", perSecond(tiles), asked(tiles, 400_000, "/s"));
  const entries = Array.from({ length: 100_000 }, (_, i) => {
    const entry = new Uint8Array(200);
    new DataView(entry.buffer).setUint32(0, i);
    return entry;
  });
  const whole = median(
    Array.from({ length: ROUNDS }, () => {
      const edge = new RightEdge();
      return (
        entries.length /
        cpuSeconds(() => {
          for (const entry of entries) edge.append(leafHash(entry));
        })
      );
    }),
  );
  line(
    "entries of 200 bytes hashed into tiles, per core",
    perSecond(whole),
    asked(whole, 150_000, "/s"),
  );
}

async function syncTime(directory) {
  const file = await open(join(directory, "sync"), "w");
  const block = new Uint8Array(65_536);
  const times = [];
  for (let i = 0; i < 40; i++) {
    const start = performance.now();
    await file.write(block, 0, block.length, i * block.length);
    await file.datasync();
    times.push(performance.now() - start);
  }
  await file.close();
  return median(times);
}

async function openLog(directory) {
  const store = await openDirectoryStore({
    recordDirectory: join(directory, "record"),
    stateDirectory: join(directory, "state"),
  });
  return Sequencer.open({ store, signer: keySigner(verifier, key), mostRemembered: 0 });
}

function entryOf(number) {
  const entry = new Uint8Array(1024);
  new DataView(entry.buffer).setUint32(0, number);
  return entry;
}

/** Entries of 1 KiB as fast as they are taken, so many at once, a checkpoint every second. */
async function sequencing(directory) {
  const sequencer = await openLog(join(directory, "full"));
  const [seconds, together] = [10, 4096];
  let [next, isOver] = [0, false];
  const publishing = (async () => {
    while (!isOver) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await sequencer.publish();
    }
  })();
  const start = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(
    Array.from({ length: together }, async () => {
      while (performance.now() - start < seconds * 1000) await sequencer.append(entryOf(next++));
    }),
  );
  const rate = next / ((performance.now() - start) / 1000);
  const { user, system } = process.cpuUsage(cpu);
  isOver = true;
  await publishing;
  await sequencer.close();
  const cores = (user + system) / 1e6 / ((performance.now() - start) / 1000);
  line(
    "entries of 1 KiB sequenced, synced, published each second",
    perSecond(rate),
    `${asked(rate, 20_000, "/s")}; ${cores.toFixed(1)} cores`,
  );
  return rate;
}

/** Time to an acknowledgement at half of what the log takes. */
async function latency(directory, rate, sync) {
  const sequencer = await openLog(join(directory, "half"));
  const times = [];
  const perTick = Math.max(1, Math.round(rate / 2 / 200));
  let next = 0;
  const pending = [];
  const start = performance.now();
  const publishing = setInterval(() => void sequencer.publish(), 1000);
  for (let tick = 0; performance.now() - start < 5000; tick++) {
    const due = start + tick * 5;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    for (let i = 0; i < perTick; i++) {
      const began = performance.now();
      pending.push(
        sequencer.append(entryOf(next++)).then(() => times.push(performance.now() - began)),
      );
    }
  }
  clearInterval(publishing);
  await Promise.all(pending);
  await sequencer.publish();
  const { tree } = sequencer;
  const shown = median(times);
  line(
    "acknowledgement at half load, median",
    `${shown.toFixed(1)} ms`,
    `${(shown / 15).toFixed(2)} of the 15 ms asked for; one sync takes ${sync.toFixed(1)} ms`,
  );
  const proofs = [];
  for (let i = 0; i < 2000; i++) await tree.inclusionProof((i * 7919) % 5000);
  for (let i = 0; i < 2000; i++) {
    const index = (i * 7919) % 5000;
    const began = performance.now();
    await tree.inclusionProof(index);
    proofs.push(performance.now() - began);
  }
  const proof = median(proofs);
  line(
    "inclusion proof from tiles, warm, median",
    `${proof.toFixed(3)} ms`,
    `${proof.toFixed(2)} of the 1 ms asked for`,
  );
  await sequencer.close();
}

/** A server in a process of its own, so that only its time counts. */
async function http(directory) {
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL("record-server.mjs", import.meta.url)), join(directory, "http")],
    { stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const next = () => new Promise((resolve) => server.once("message", resolve));
  const ask = async (message) => {
    const answer = next();
    server.send(message);
    return answer;
  };
  const { url, envelopes, opening } = await next();
  const post = (path, body) =>
    fetch(`${url}${path}`, { method: "POST", body }).then((response) => response.json());
  for (const envelope of opening) await post("/api/statements", envelope);
  // Each issuer numbers its statements, so each sends its own in order.
  const lanes = new Map();
  for (const envelope of envelopes) {
    const { issuer } = JSON.parse(atob(JSON.parse(envelope).payload));
    lanes.set(issuer, [...(lanes.get(issuer) ?? []), envelope]);
  }
  for (const [what, path, size, share] of [
    // Not counted: the engine compiles what it will run.
    ["", "/api/statements/batch", 500, 0.2],
    ["statements in batches of 500 over HTTP", "/api/statements/batch", 500, 0.8],
    ["statements one a request over HTTP, six senders", "/api/statements", 1, 0.2],
  ]) {
    const mine = [...lanes.values()].map((lane) => lane.splice(0, Math.floor(lane.length * share)));
    const checked = await ask("verify");
    const cpu = await ask("cpu");
    const start = performance.now();
    let taken = 0;
    await Promise.all(
      mine.map(async (lane) => {
        for (let at = 0; at < lane.length; at += size) {
          const answer = await post(path, lane.slice(at, at + size).join("\n"));
          taken += (answer.results ?? [answer]).filter(({ index }) => index !== undefined).length;
        }
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    const used = (await ask("cpu")) - cpu;
    if (what === "") continue;
    // Before and after, since the machine's speed changes from minute to minute.
    const verifyPerSecond = (checked + (await ask("verify"))) / 2;
    const cost = verifyPerSecond / (taken / used);
    line(what, perSecond(taken / seconds), `${perSecond(taken / used)} per server CPU-second`);
    line(
      "  against checking signatures alone",
      perSecond(verifyPerSecond),
      `${cost.toFixed(2)} times its cost${size > 1 ? "; 1.5 asked for" : ""}`,
    );
  }
  server.kill();
}

const directory = await mkdtemp(join(tmpdir(), "standstill-bench-"));
try {
  trees();
  const sync = await syncTime(directory);
  const rate = await sequencing(directory);
  await latency(directory, rate, sync);
  await http(directory);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
