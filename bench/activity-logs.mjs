// How fast activity logs are judged: ten thousand records warm, and ten million read from a file and judged, by the command in two
// threads and by the library in one.
// node bench/activity-logs.mjs [millions of records]
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ActivityTableReader, readActivityTable } from "@standstill/evidence/activity";
import { judgeActivity } from "@standstill/verification/logs";
import { honestActivity, logText } from "@standstill/verification/play";

const MILLIONS = Number(process.argv[2] ?? 10);
const hash = (line) => createHash("sha256").update(line).digest("hex");
const seconds = (since) => (performance.now() - since) / 1000;
const directory = await mkdtemp(join(tmpdir(), "standstill-logs-"));

try {
  const small = honestActivity("small", { devices: 8, minutes: 1250 });
  const content = logText(small.records, false);
  const times = [];
  for (let round = 0; round < 45; round++) {
    const start = performance.now();
    const table = readActivityTable([{ name: "log", content }]);
    const { verdict } = judgeActivity(table, small.terms);
    if (verdict !== "verified") throw new Error(verdict);
    if (round >= 30) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(
    `${small.records.length} records read and judged in ${times[7].toFixed(0)} ms, warm; 100 asked for`,
  );

  // A site-month a piece: the same site's log under other names of devices.
  const piece = honestActivity("large", { devices: 64, minutes: 1440 });
  const lines = logText(piece.records, false);
  const copies = Math.ceil((MILLIONS * 1e6) / piece.records.length);
  const file = join(directory, "log.jsonl");
  const out = createWriteStream(file);
  for (let copy = 0; copy < copies; copy++) {
    const text = lines.replaceAll('"device":"node-', `"device":"rack-${copy}/node-`);
    if (!out.write(text)) await new Promise((resolve) => out.once("drain", resolve));
  }
  await new Promise((resolve) => out.end(resolve));
  const terms = {
    ...piece.terms,
    devices: Array.from({ length: copies }, (_, copy) =>
      piece.terms.devices.map((one) => ({ ...one, device: `rack-${copy}/${one.device}` })),
    ).flat(),
    limits: piece.terms.limits.map((one) => ({
      ...one,
      flop: one.flop.replace(" FLOP", "0000 FLOP"),
    })),
    outages: [],
    tolerances: { ...piece.terms.tolerances, missing: "0.1" },
  };
  const termsFile = join(directory, "terms.json");
  await writeFile(termsFile, JSON.stringify(terms));
  const records = (copies * piece.records.length) / 1e6;
  const tell = (who, all) =>
    console.log(
      `${records.toFixed(2)} M records, ${who}: ${all.toFixed(1)} s in all; 30 s asked for 10 M (${((all / 30) * (10 / records)).toFixed(2)} of the limit)`,
    );
  const command = new URL("../packages/cli/bin/standstill.js", import.meta.url).pathname;
  const begun = performance.now();
  const answer = JSON.parse(
    execFileSync(
      process.execPath,
      [command, "verify", "--activity-log", file, "--terms", termsFile, "--json"],
      { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] },
    ),
  );
  tell("the command, whole process", seconds(begun));
  const start = performance.now();
  const reader = new ActivityTableReader({ hash });
  reader.begin("log");
  for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) {
    reader.bytes(part);
  }
  reader.end();
  const table = reader.table();
  const read = seconds(start);
  const { verdict, findings } = judgeActivity(table, terms);
  const all = seconds(start);
  tell(
    `read in ${read.toFixed(1)} s and judged in ${(all - read).toFixed(1)} s in one thread`,
    all,
  );
  if (answer.verdict !== verdict) throw new Error(`${answer.verdict}, ${verdict}`);
  console.log(
    `${verdict}, ${findings.length} findings; ${Math.round(process.memoryUsage().rss / 1048576)} MiB`,
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
