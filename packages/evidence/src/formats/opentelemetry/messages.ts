import type { Message } from "./decode-message.ts";

// Messages of OTLP metrics with the fields that are read (opentelemetry-proto v1: collector/metrics/v1/metrics_service.proto,
// metrics/v1/metrics.proto, common/v1/common.proto). Names are those of the JSON encoding, so that both come to one shape.

const ANY_VALUE: Message = new Map([
  [1, { name: "stringValue", type: "string", oneof: "value" }],
  [3, { name: "intValue", type: "int64", oneof: "value" }],
]);

const KEY_VALUE: Message = new Map([
  [1, { name: "key", type: "string" }],
  [2, { name: "value", type: ANY_VALUE }],
]);

const RESOURCE: Message = new Map([[1, { name: "attributes", type: KEY_VALUE, repeated: true }]]);

const NUMBER_DATA_POINT: Message = new Map([
  [3, { name: "timeUnixNano", type: "fixed64" }],
  [4, { name: "asDouble", type: "double", oneof: "value" }],
  [6, { name: "asInt", type: "sfixed64", oneof: "value" }],
  [7, { name: "attributes", type: KEY_VALUE, repeated: true }],
  [8, { name: "flags", type: "uint32" }],
]);

/** Gauges and sums alike keep their points in field 1. */
const POINTS: Message = new Map([
  [1, { name: "dataPoints", type: NUMBER_DATA_POINT, repeated: true }],
]);

const METRIC: Message = new Map([
  [1, { name: "name", type: "string" }],
  [5, { name: "gauge", type: POINTS, oneof: "data" }],
  [7, { name: "sum", type: POINTS, oneof: "data" }],
]);

const SCOPE_METRICS: Message = new Map([[2, { name: "metrics", type: METRIC, repeated: true }]]);

const RESOURCE_METRICS: Message = new Map([
  [1, { name: "resource", type: RESOURCE }],
  [2, { name: "scopeMetrics", type: SCOPE_METRICS, repeated: true }],
]);

/** `ExportMetricsServiceRequest`. Histograms and summaries are no readings and are passed over. */
export const EXPORT_METRICS_REQUEST: Message = new Map([
  [1, { name: "resourceMetrics", type: RESOURCE_METRICS, repeated: true }],
]);
