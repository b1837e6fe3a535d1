import { EvidenceError } from "../error.ts";
import { type Readings, ReadingsBuilder } from "../telemetry/readings/readings.ts";

/** Readings of one run, or of all runs with the run's id in the device name. */
export interface MlperfOptions {
  /** Only this run; devices are then `node-01` and so on. */
  readonly run?: string;
}

/** Highest power that a reading of one node may state, in mW; above it the reading is refused as absurd. */
const MAX_MILLIWATTS = 1_000_000_000;

/**
 * Node power of MLPerf runs, in any of three spellings: the training extract `run_id,node,t_ms,watts`, the inference
 * extract `run_id,local_time,watts,pf`, or the submitters' own `:::MLLOG` lines with key `power_reading`.
 */
export function parseMlperfPower(text: string, options: MlperfOptions = {}): Readings {
  const builder = new ReadingsBuilder();
  const head = text.slice(0, text.indexOf("\n") >= 0 ? text.indexOf("\n") : text.length).trim();
  if (head === "run_id,node,t_ms,watts") parseRows(text, builder, options, trainingRow);
  else if (head === "run_id,local_time,watts,pf") parseRows(text, builder, options, inferenceRow);
  else if (text.includes(":::MLLOG")) parseMllog(text, builder);
  else {
    throw new EvidenceError(
      "unknown-format",
      `expected "run_id,node,t_ms,watts", "run_id,local_time,watts,pf" or :::MLLOG lines, got ${JSON.stringify(head.slice(0, 60))}`,
      { place: "line 1" },
    );
  }
  const { kept, quarantined, first } = builder.seen;
  if (quarantined * 100 > kept) {
    throw new EvidenceError(
      "absurd-value",
      `expected at most 1 % of readings to be absurd, got ${quarantined} beside ${kept} good ones; the first: ${first}`,
      { place: first?.split(": ")[0] ?? "line 1" },
    );
  }
  return builder.build();
}

/** Takes a reading in, or sets it aside when no node can have drawn that power: real meters do send such values. */
function addReading(
  builder: ReadingsBuilder,
  device: string,
  timeMs: number,
  watts: string,
  place: string,
): void {
  const power = milliwattsOf(watts);
  if (power === undefined)
    builder.quarantine(
      `${place}: expected watts from 0 to 1,000,000, got ${JSON.stringify(watts.slice(0, 40))}`,
    );
  else builder.add(device, timeMs, power);
}

/**
 * A decimal number of watts as whole milliwatts; digits beyond the third decimal are dropped. `undefined` for signs,
 * NaN, exponents and what no node draws.
 */
export function milliwattsOf(text: string): number | undefined {
  const match = /^([0-9]{1,9})(?:\.([0-9]{1,9}))?$/.exec(text);
  if (match === null) return undefined;
  const value = Number(match[1]) * 1000 + Number((match[2] ?? "").padEnd(3, "0").slice(0, 3));
  return value <= MAX_MILLIWATTS ? value : undefined;
}

type Row = (
  cells: readonly string[],
  place: string,
) => { device: string; timeMs: number; watts: string };

function parseRows(text: string, builder: ReadingsBuilder, { run }: MlperfOptions, row: Row): void {
  let at = text.indexOf("\n") + 1;
  for (let line = 2; at < text.length; line++) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const content = text.slice(at, text[end - 1] === "\r" ? end - 1 : end);
    at = end + 1;
    if (content === "" || (run !== undefined && !content.startsWith(`${run},`))) continue;
    const cells = content.split(",");
    if (cells.length !== 4) {
      throw new EvidenceError("malformed-file", `expected 4 cells, got ${cells.length}`, {
        place: `line ${line}`,
      });
    }
    const { device, timeMs, watts } = row(cells, `line ${line}`);
    addReading(
      builder,
      run === undefined ? `${cells[0]}/${device}` : device,
      timeMs,
      watts,
      `line ${line}`,
    );
  }
}

function trainingRow(cells: readonly string[], place: string) {
  const [, node = "", time = "", watts = ""] = cells;
  if (!/^[0-9]{1,6}$/.test(node) || !/^[0-9]{1,14}$/.test(time)) {
    throw new EvidenceError(
      "malformed-file",
      `expected a node number and unix milliseconds, got ${node} and ${time}`,
      { place },
    );
  }
  return { device: `node-${node.padStart(2, "0")}`, timeMs: Number(time), watts };
}

/** The analyser writes its own clock without a zone; in these files it agrees with loadgen's UTC to minutes. */
function inferenceRow(cells: readonly string[], place: string) {
  const [, time = "", watts = ""] = cells;
  const match = /^(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d:\d\d\.\d{3})$/.exec(time);
  const timeMs =
    match === null ? Number.NaN : Date.parse(`${match[3]}-${match[1]}-${match[2]}T${match[4]}Z`);
  if (!Number.isFinite(timeMs)) {
    throw new EvidenceError(
      "malformed-file",
      `expected mm-dd-yyyy HH:MM:SS.mmm, got ${JSON.stringify(time)}`,
      { place },
    );
  }
  return { device: "node-01", timeMs, watts };
}

/** Text may stand before `:::MLLOG`, and some readings are the word "null" where the meter starts. */
function parseMllog(text: string, builder: ReadingsBuilder): void {
  for (const [i, line] of text.split("\n").entries()) {
    const start = line.indexOf(":::MLLOG ");
    if (start < 0) continue;
    const place = `line ${i + 1}`;
    const event = parseEvent(line.slice(start + 9), place);
    if (event.key !== "power_reading" || event.value === null || event.value === "null") continue;
    const { time_ms: timeMs } = event;
    if (typeof timeMs !== "number" || !Number.isSafeInteger(timeMs)) {
      throw new EvidenceError(
        "malformed-file",
        `expected time_ms in whole milliseconds, got ${String(timeMs)}`,
        { place },
      );
    }
    addReading(builder, "node-01", timeMs, String(event.value), place);
  }
}

function parseEvent(
  json: string,
  place: string,
): { key?: unknown; value?: unknown; time_ms?: unknown } {
  try {
    const event: unknown = JSON.parse(json);
    if (typeof event === "object" && event !== null) return event;
  } catch {
    // Falls through to the typed error below, which says the same for text and for values that are no object.
  }
  throw new EvidenceError(
    "malformed-file",
    "expected a JSON object after :::MLLOG, got something else",
    { place },
  );
}
