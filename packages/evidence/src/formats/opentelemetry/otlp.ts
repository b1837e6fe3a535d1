import { EvidenceError } from "../../error.ts";
import type { Receiver } from "../../telemetry/feeds/receiver.ts";
import { ProtobufReader, WIRE } from "../prometheus/protobuf-reader.ts";

const tag = (number: number, wire: number) => number * 8 + wire;
const HALF = Number(1n << 63n);
const WHOLE = Number(1n << 64n);
const NS_PER_MS = 1_000_000;
/** Field 5 of `Metric` is a gauge, 7 a sum; both keep data points in field 1. Histograms and summaries are passed over. */
const POINTS = [5, 7];

/**
 * Takes in an OTLP request for metrics as protobuf (opentelemetry.io, OTLP specification; `ExportMetricsServiceRequest`):
 * gauges and sums. Names keep their dots; labels are the attributes of the resource and of the point.
 *
 * @returns how many data points there were
 */
export function readOtlpProtobuf(body: Uint8Array, receiver: Receiver): number {
  const reader = new ProtobufReader(body);
  let points = 0;
  eachField(reader, body.length, 1, (end) => {
    const start = reader.at;
    const resource = new Map<string, string>();
    eachField(reader, end, 1, (resourceEnd) =>
      eachField(reader, resourceEnd, 1, (at) => attribute(reader, at, resource)),
    );
    reader.at = start;
    eachField(reader, end, 2, (scopeEnd) =>
      eachField(reader, scopeEnd, 2, (metricEnd) => {
        points += readMetric(reader, metricEnd, resource, receiver);
      }),
    );
  });
  return points;
}

function readMetric(
  reader: ProtobufReader,
  end: number,
  resource: ReadonlyMap<string, string>,
  receiver: Receiver,
): number {
  const start = reader.at;
  let name = "";
  eachField(reader, end, 1, (to) => {
    name = reader.text(reader.at, to);
    reader.at = to;
  });
  let points = 0;
  for (const kind of POINTS) {
    reader.at = start;
    eachField(reader, end, kind, (kindEnd) =>
      eachField(reader, kindEnd, 1, (pointEnd) => {
        readPoint(reader, pointEnd, name, resource, receiver);
        points++;
      }),
    );
  }
  reader.at = end;
  return points;
}

/** `NumberDataPoint`: attributes 7, time 3 in nanoseconds, value 4 as double or 6 as integer, flags 8. */
function readPoint(
  reader: ProtobufReader,
  end: number,
  name: string,
  resource: ReadonlyMap<string, string>,
  receiver: Receiver,
): void {
  const labels = new Map(resource);
  let [timeMs, value, hasValue] = [0, 0, true];
  while (reader.at < end) {
    const field = reader.varint(end);
    if (field === tag(3, WIRE.fixed64)) timeMs = Math.round(reader.fixed64(end) / NS_PER_MS);
    else if (field === tag(4, WIRE.fixed64)) value = reader.double(end);
    else if (field === tag(6, WIRE.fixed64)) value = signed(reader.fixed64(end));
    else if (field === tag(7, WIRE.length)) attribute(reader, reader.lengthEnd(end), labels);
    else if (field === tag(8, WIRE.varint)) hasValue = reader.varint(end) % 2 === 0;
    else reader.skip(field % 8, end);
  }
  if (hasValue) receiver.add(receiver.resolve(name, labels), timeMs, value);
  else receiver.stale++;
}

/** `KeyValue`: key 1, value 2, an `AnyValue` of which text (1) and integers (3) name devices. */
function attribute(reader: ProtobufReader, end: number, into: Map<string, string>): void {
  let [key, value] = ["", ""];
  while (reader.at < end) {
    const field = reader.varint(end);
    if (field === tag(1, WIRE.length)) {
      const to = reader.lengthEnd(end);
      key = reader.text(reader.at, to);
      reader.at = to;
    } else if (field === tag(2, WIRE.length)) {
      const to = reader.lengthEnd(end);
      while (reader.at < to) {
        const kind = reader.varint(to);
        if (kind === tag(1, WIRE.length)) {
          const textEnd = reader.lengthEnd(to);
          value = reader.text(reader.at, textEnd);
          reader.at = textEnd;
        } else if (kind === tag(3, WIRE.varint)) value = String(reader.int64(to));
        else reader.skip(kind % 8, to);
      }
    } else reader.skip(field % 8, end);
  }
  into.set(key, value);
}

/** Calls `read` inside each field with a number that has a length; it must leave the reader at the field's end. */
function eachField(
  reader: ProtobufReader,
  end: number,
  number: number,
  read: (end: number) => void,
): void {
  while (reader.at < end) {
    const field = reader.varint(end);
    if (field !== tag(number, WIRE.length)) {
      reader.skip(field % 8, end);
      continue;
    }
    const to = reader.lengthEnd(end);
    read(to);
    reader.at = to;
  }
}

function signed(value: number): number {
  return value >= HALF ? value - WHOLE : value;
}

interface JsonPoint {
  readonly timeUnixNano?: unknown;
  readonly asDouble?: unknown;
  readonly asInt?: unknown;
  readonly attributes?: unknown;
  readonly flags?: unknown;
}

/** The same request as JSON (OTLP specification, JSON Protobuf Encoding): 64-bit numbers are decimal text. */
export function readOtlpJson(text: string, receiver: Receiver): number {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected OTLP as JSON, got text that is none", {
      cause,
    });
  }
  let points = 0;
  for (const resourceMetrics of items(request, "resourceMetrics")) {
    const resource = new Map<string, string>();
    addAttributes(resource, (resourceMetrics as { resource?: unknown }).resource);
    for (const scope of items(resourceMetrics, "scopeMetrics")) {
      for (const metric of items(scope, "metrics")) {
        const { name, gauge, sum } = metric as { name?: unknown; gauge?: unknown; sum?: unknown };
        for (const point of [...items(gauge, "dataPoints"), ...items(sum, "dataPoints")]) {
          addPoint(String(name), resource, point as JsonPoint, receiver);
          points++;
        }
      }
    }
  }
  return points;
}

function addPoint(
  name: string,
  resource: ReadonlyMap<string, string>,
  point: JsonPoint,
  receiver: Receiver,
): void {
  const labels = new Map(resource);
  addAttributes(labels, point);
  const value = Number(point.asDouble ?? point.asInt ?? 0);
  const timeMs = Math.round(Number(point.timeUnixNano) / NS_PER_MS);
  if (Number(point.flags ?? 0) % 2 === 1) receiver.stale++;
  else receiver.add(receiver.resolve(name, labels), timeMs, value);
}

function addAttributes(into: Map<string, string>, of: unknown): void {
  for (const one of items(of, "attributes")) {
    const { key, value } = one as { key?: unknown; value?: Record<string, unknown> };
    const text = value?.stringValue ?? value?.intValue;
    if (typeof key === "string" && text !== undefined) into.set(key, String(text));
  }
}

function items(of: unknown, name: string): readonly unknown[] {
  const found = (of as Record<string, unknown> | null | undefined)?.[name];
  if (found === undefined) return [];
  if (Array.isArray(found)) return found;
  throw new EvidenceError("malformed-file", `expected a list of ${name}, got something else`);
}
