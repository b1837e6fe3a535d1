// How fast five million wide rows go from a Parquet file into the telemetry of a directory, and from CSV: rows/s beside the
// engine's own reading of the same file into a table of its own, in one run.
// node bench/import.mjs [millions of rows]
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FeedMap, Receiver } from "@standstill/evidence";
import { readFileInto } from "@standstill/evidence/formats";
import { openTelemetry } from "@standstill/evidence/telemetry";

// The engine is the evidence package's, which loads it only where it is asked to.
const packages = new URL("../packages/evidence/", import.meta.url);
const { Session } = createRequire(packages)("chdb");
const ROWS = Math.round(Number(process.argv[2] ?? 5) * 1e6);
const AT_ONCE = 1_000_000;
const columns = [
  ["power", "power", 1000],
  ["tensor", "tensor-activity", 1e6],
  ["sm", "sm-activity", 1e6],
  ["memory", "memory-used", 1],
  ["clock", "sm-clock", 1000],
  ["temperature", "temperature", 1000],
];
const map = {
  time: { column: "time_ms", unit: "ms" },
  device: { column: "device" },
  readings: columns.map(([column, quantity, scale]) => ({ column, quantity, scale })),
};
const directory = await mkdtemp(join(tmpdir(), "standstill-import-"));
const rate = (rows, start) => rows / ((performance.now() - start) / 1000);
const told = (name, perSecond) =>
  console.log(
    `${name}: ${(perSecond / 1e6).toFixed(2)} M rows/s, ${(perSecond / 3e6).toFixed(2)} of the 3 M rows/s asked for`,
  );

async function take(telemetry, format, file, map) {
  const receiver = new Receiver("aster/one", "operator", new FeedMap(), telemetry.table);
  const keep = async () => {
    if (telemetry.isBusy) await telemetry.flushed();
    await telemetry.accept(receiver.take());
  };
  const rows = await readFileInto(receiver, format, await readFile(file), {
    ...{ atMs: 0, map },
    pause: async () => (receiver.length < AT_ONCE ? undefined : keep()),
  });
  await keep();
  return rows;
}

try {
  const session = new Session(join(directory, "made"));
  const rows = (count) => `
    SELECT toInt64(1790812800000 + intDiv(number, 1000) * 15000) AS time_ms, 'gpu-' || toString(number % 1000) AS device,
      round(300 + cityHash64(number) % 400000 / 1000, 3) AS power, cityHash64(number, 1) % 1000 / 1000 AS tensor,
      cityHash64(number, 2) % 1000 / 1000 AS sm, toInt64(cityHash64(number, 3) % 80000000000) AS memory,
      toInt32(1000 + number % 900) AS clock, toInt32(30 + number % 50) AS temperature
    FROM numbers(${count})`;
  const parquet = join(directory, "rows.parquet");
  const csv = join(directory, "rows.csv");
  const tabs = join(directory, "rows.tsv");
  const fewer = Math.round(ROWS / 5);
  session.query(
    `INSERT INTO FUNCTION file('${parquet}', 'Parquet') ${rows(ROWS)} SETTINGS output_format_parquet_compression_method = 'zstd'`,
  );
  session.query(`INSERT INTO FUNCTION file('${csv}', 'CSVWithNames') ${rows(fewer)}`);
  session.query(`INSERT INTO FUNCTION file('${tabs}', 'TSVWithNames') ${rows(fewer)}`);
  session.query(
    "CREATE TABLE wide (time_ms Int64, device String, power Float64, tensor Float64, sm Float64, memory Int64, clock Int32, temperature Int32) ENGINE = MergeTree ORDER BY (device, time_ms)",
  );
  let start = performance.now();
  session.query(`INSERT INTO wide SELECT * FROM file('${parquet}', 'Parquet')`);
  told("the engine by itself, Parquet into a wide table", rate(ROWS, start));
  session.close();

  const telemetry = await openTelemetry(join(directory, "kept"));
  start = performance.now();
  await take(telemetry, "parquet", parquet, map);
  told("Parquet, acknowledged", rate(ROWS, start));
  await telemetry.flushed();
  told("Parquet, in the engine", rate(ROWS, start));
  start = performance.now();
  await take(telemetry, "table", csv, map);
  told("CSV with quotes, acknowledged", rate(fewer, start));
  start = performance.now();
  await take(telemetry, "table", tabs, { ...map, delimiter: "\t" });
  told("text without quotes, acknowledged", rate(fewer, start));
  await telemetry.close();
} finally {
  await rm(directory, { recursive: true, force: true });
}
