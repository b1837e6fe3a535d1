import { z } from "zod";
import { EvidenceError } from "../../error.ts";
import type { Receiver } from "../../telemetry/feeds/receiver.ts";
import { decodeMessage } from "./decode-message.ts";
import { EXPORT_METRICS_REQUEST } from "./messages.ts";

/**
 * Takes in an OTLP request for metrics as protobuf (opentelemetry.io, OTLP specification; `ExportMetricsServiceRequest`):
 * gauges and sums. Names keep their dots; labels are the attributes of the resource and of the point.
 *
 * @returns how many data points there were
 * @throws EvidenceError `malformed-file` for what is no such request, `limit-exceeded` for one that is too large
 */
export function readOtlpProtobuf(body: Uint8Array, receiver: Receiver): number {
  checkSize(body.length);
  return takeIn(requestOf(decodeMessage(body, EXPORT_METRICS_REQUEST)), receiver);
}

/** The same request as JSON (OTLP specification, JSON Protobuf Encoding). */
export function readOtlpJson(text: string, receiver: Receiver): number {
  checkSize(text.length);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected OTLP as JSON, got text that is none", {
      cause,
    });
  }
  return takeIn(requestOf(json), receiver);
}

/** Largest request that is read, in bytes once it is unpacked. */
const MOST_BYTES = 32 << 20;
const NS_PER_MS = 1_000_000;

/** Numbers are numbers or text in JSON: 64-bit integers are decimal text, and `NaN` and infinities have no other spelling. */
const number = z.union([z.number(), z.string()]).nullish();
const attributes = z
  .array(
    z.object({
      key: z.string().nullish(),
      value: z.object({ stringValue: z.string().nullish(), intValue: number }).nullish(),
    }),
  )
  .nullish();
const points = z
  .object({
    dataPoints: z
      .array(
        z.object({
          attributes,
          timeUnixNano: number,
          asDouble: number,
          asInt: number,
          flags: number,
        }),
      )
      .nullish(),
  })
  .nullish();
const requestSchema = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: z.object({ attributes }).nullish(),
        scopeMetrics: z
          .array(
            z.object({
              metrics: z
                .array(z.object({ name: z.string().nullish(), gauge: points, sum: points }))
                .nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});
type Request = z.infer<typeof requestSchema>;
type Point = NonNullable<NonNullable<z.infer<typeof points>>["dataPoints"]>[number];

function checkSize(bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  const message = `expected an OTLP request of at most ${MOST_BYTES} bytes, got ${bytes}`;
  throw new EvidenceError("limit-exceeded", message);
}

function requestOf(json: unknown): Request {
  const parsed = requestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new EvidenceError("malformed-file", `expected an OTLP request, got: ${issue?.message}`, {
    place: issue?.path.join(".") || "the request",
  });
}

function takeIn({ resourceMetrics }: Request, receiver: Receiver): number {
  let count = 0;
  for (const { resource, scopeMetrics } of resourceMetrics ?? []) {
    const shared = labelsOf(resource);
    for (const { metrics } of scopeMetrics ?? []) {
      for (const { name, gauge, sum } of metrics ?? []) {
        for (const point of [...(gauge?.dataPoints ?? []), ...(sum?.dataPoints ?? [])]) {
          addPoint(name ?? "", shared, point, receiver);
          count++;
        }
      }
    }
  }
  return count;
}

/** `flags` says in its lowest bit that there is no value. */
function addPoint(
  name: string,
  shared: ReadonlyMap<string, string>,
  point: Point,
  receiver: Receiver,
): void {
  if (Number(point.flags ?? 0) % 2 === 1) {
    receiver.stale++;
    return;
  }
  const labels = new Map([...shared, ...labelsOf(point)]);
  const timeMs = Math.round(Number(point.timeUnixNano ?? 0) / NS_PER_MS);
  receiver.add(receiver.resolve(name, labels), timeMs, Number(point.asDouble ?? point.asInt ?? 0));
}

/** Attributes that are text or integers: others name no device. */
function labelsOf(
  of: { readonly attributes?: z.infer<typeof attributes> } | null | undefined,
): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { key, value } of of?.attributes ?? []) {
    const text = value?.stringValue ?? value?.intValue;
    if (typeof key === "string" && text !== undefined && text !== null) {
      labels.set(key, String(text));
    }
  }
  return labels;
}
