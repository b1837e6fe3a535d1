import type { TableMap } from "./table.ts";

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
   * `nvidia-smi --query-gpu=timestamp,uuid,power.draw,utilization.gpu,clocks.sm,memory.used,temperature.gpu --format=csv`, with
   * units in the names and cells. `power.draw` is a mean over a second on recent drivers; times are the machine's local ones
   * and say no offset, so it must run with TZ=UTC.
   */
  "nvidia-smi": {
    time: { column: "timestamp", unit: "text", zone: "UTC" },
    device: { column: "uuid" },
    readings: [
      { column: "power.draw [W]", quantity: "power", scale: 1000 },
      { column: "utilization.gpu [%]", quantity: "utilisation", scale: 10_000 },
      { column: "clocks.current.sm [MHz]", quantity: "sm-clock", scale: 1000 },
      { column: "memory.used [MiB]", quantity: "memory-used", scale: 1_048_576 },
      { column: "temperature.gpu", quantity: "temperature", scale: 1000 },
    ],
  },
} as const satisfies Record<string, TableMap>;

/** A table that is known by name. */
export type KnownTable = keyof typeof KNOWN_TABLES;
