import { z } from "zod";

/** What a series measures. Values are whole numbers in the unit that is named; a counter grows until it is reset. */
export const QUANTITIES = {
  /** Electrical power of a device, node or feed, up to a gigawatt. */
  power: { unit: "mW", kind: "gauge", most: 1e12 },
  /** Energy since some start that nobody has to know. */
  energy: { unit: "mJ", kind: "counter", most: Number.MAX_SAFE_INTEGER },
  /** Share of cycles in which the tensor pipes were busy. */
  "tensor-activity": { unit: "millionths", kind: "gauge", most: 1e6 },
  /** Share of cycles in which a streaming multiprocessor had work. */
  "sm-activity": { unit: "millionths", kind: "gauge", most: 1e6 },
  /** Share of time in which the compute or graphics engine was busy. */
  "engine-activity": { unit: "millionths", kind: "gauge", most: 1e6 },
  /** Share of cycles in which the device's memory was read or written. */
  "memory-activity": { unit: "millionths", kind: "gauge", most: 1e6 },
  /** Share of time in which any kernel ran: a coarse figure, and often the only one. */
  utilisation: { unit: "millionths", kind: "gauge", most: 1e6 },
  "memory-used": { unit: "bytes", kind: "gauge", most: 1e13 },
  "sm-clock": { unit: "kHz", kind: "gauge", most: 1e8 },
  temperature: { unit: "thousandths of a degree Celsius", kind: "gauge", most: 1e6 },
  "pcie-sent": { unit: "bytes per second", kind: "gauge", most: 1e13 },
  "pcie-received": { unit: "bytes per second", kind: "gauge", most: 1e13 },
  "nvlink-sent": { unit: "bytes per second", kind: "gauge", most: 1e13 },
  "nvlink-received": { unit: "bytes per second", kind: "gauge", most: 1e13 },
  "network-sent": { unit: "bytes", kind: "counter", most: Number.MAX_SAFE_INTEGER },
  "network-received": { unit: "bytes", kind: "counter", most: Number.MAX_SAFE_INTEGER },
  /** Tokens that requests brought, and that were generated for them: amounts at an instant. */
  "tokens-in": { unit: "tokens", kind: "amount", most: 1e9 },
  "tokens-out": { unit: "tokens", kind: "amount", most: 1e9 },
  requests: { unit: "requests", kind: "amount", most: 1e9 },
  /** Of a period that ends at an instant: accelerators times seconds, and energy. */
  "accelerator-time": { unit: "accelerator-milliseconds", kind: "amount", most: 1e15 },
  "energy-used": { unit: "mJ", kind: "amount", most: Number.MAX_SAFE_INTEGER },
  /** Time for a message to a landmark and back. */
  "round-trip": { unit: "µs", kind: "gauge", most: 1e9 },
} as const satisfies Record<
  string,
  { readonly unit: string; readonly kind: "gauge" | "counter" | "amount"; readonly most: number }
>;

/** The name of a quantity. */
export type Quantity = keyof typeof QUANTITIES;

/** A quantity's name in what somebody wrote. */
export const quantitySchema = z.custom<Quantity>(
  (value) => typeof value === "string" && isQuantity(value),
  "expected a known quantity",
);

/** Whether a text names a quantity. */
export function isQuantity(text: string): text is Quantity {
  return Object.hasOwn(QUANTITIES, text);
}
