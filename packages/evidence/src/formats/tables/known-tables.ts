import type { TableMap } from "./table-map.ts";

/** Names of the tables that are known. */
export const KNOWN_TABLE_NAMES = [
  "inference-requests",
  "nvidia-smi",
  "round-trips",
  "cloud-totals",
] as const;
/** A table that is known by name. */
export type KnownTable = (typeof KNOWN_TABLE_NAMES)[number];

/** Tables that programs write the same way everywhere. */
export const KNOWN_TABLES = {
  /** Requests of a serving system as Azure published them (Azure/AzurePublicDataset, LLM inference trace): UTC, no offset. */
  "inference-requests": {
    time: { column: "TIMESTAMP", unit: "text", zone: "UTC" },
    device: { name: "serving" },
    readings: [
      { quantity: "requests", scale: 1 },
      { column: "ContextTokens", quantity: "tokens-in", scale: 1 },
      { column: "GeneratedTokens", quantity: "tokens-out", scale: 1 },
    ],
  },
  /**
   * `nvidia-smi --query-gpu=timestamp,uuid,power.draw,utilization.gpu,clocks.sm,memory.used,temperature.gpu --format=csv`, or
   * some of these, with units in the names and perhaps in the cells. `power.draw` is a mean over a second on recent drivers;
   * times are the machine's local ones and say no offset, so it must run with TZ=UTC.
   */
  "nvidia-smi": {
    time: { column: "timestamp", unit: "text", zone: "UTC" },
    device: { column: "uuid" },
    readings: [
      { column: "power.draw [W]", quantity: "power", scale: 1000, optional: true },
      { column: "utilization.gpu [%]", quantity: "utilisation", scale: 10_000, optional: true },
      { column: "clocks.current.sm [MHz]", quantity: "sm-clock", scale: 1000, optional: true },
      { column: "memory.used [MiB]", quantity: "memory-used", scale: 1_048_576, optional: true },
      { column: "temperature.gpu", quantity: "temperature", scale: 1000, optional: true },
    ],
  },
  /**
   * Times of messages from landmarks to a host of the site and back, one row each: who measured is the feed, so a landmark
   * signs what it sends. The least of a window counts: a message can be slowed and not hastened.
   */
  "round-trips": {
    time: { column: "time", unit: "text", zone: "UTC" },
    device: { column: "host" },
    readings: [{ column: "round_trip_ms", quantity: "round-trip", scale: 1000 }],
  },
  /**
   * What a cloud provider says that a customer used, one row for an instance and period, told at the period's end. The
   * provider is the feed.
   */
  "cloud-totals": {
    time: { column: "period_end", unit: "text", zone: "UTC" },
    device: { column: "instance" },
    readings: [
      { column: "accelerator_seconds", quantity: "accelerator-time", scale: 1000 },
      { column: "energy_kwh", quantity: "energy-used", scale: 3_600_000_000, optional: true },
    ],
  },
} as const satisfies Record<KnownTable, TableMap>;
