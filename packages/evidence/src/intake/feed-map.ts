import { EvidenceError } from "../error.ts";
import { isQuantity, type Quantity } from "./quantities.ts";

/** How a metric of a feed becomes readings. */
export interface MetricRule {
  readonly metric: string;
  readonly quantity: Quantity;
  /** What one of the metric's units is in units of the quantity. */
  readonly scale: number;
  /** Labels that name the device; the first that is there counts. */
  readonly device: readonly string[];
}

const GPU = ["UUID", "uuid", "gpu_uuid"];
const NODE = ["node", "Hostname", "hostname", "instance"];

/**
 * What is taken without being told: fields of NVIDIA's dcgm-exporter (etc/default-counters.csv and dcp-metrics-included.csv), and a node's power under a plain name. Fields
 * whose unit differs between versions, as DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL, are left to a map of the operator's own.
 */
export const KNOWN_METRICS: readonly MetricRule[] = [
  { metric: "DCGM_FI_DEV_POWER_USAGE", quantity: "power", scale: 1000, device: GPU },
  { metric: "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", quantity: "energy", scale: 1, device: GPU },
  {
    metric: "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
    quantity: "tensor-activity",
    scale: 1e6,
    device: GPU,
  },
  { metric: "DCGM_FI_PROF_SM_ACTIVE", quantity: "sm-activity", scale: 1e6, device: GPU },
  { metric: "DCGM_FI_PROF_GR_ENGINE_ACTIVE", quantity: "engine-activity", scale: 1e6, device: GPU },
  { metric: "DCGM_FI_PROF_DRAM_ACTIVE", quantity: "memory-activity", scale: 1e6, device: GPU },
  { metric: "DCGM_FI_DEV_GPU_UTIL", quantity: "utilisation", scale: 1e4, device: GPU },
  { metric: "DCGM_FI_DEV_FB_USED", quantity: "memory-used", scale: 1_048_576, device: GPU },
  { metric: "DCGM_FI_DEV_SM_CLOCK", quantity: "sm-clock", scale: 1000, device: GPU },
  { metric: "DCGM_FI_DEV_GPU_TEMP", quantity: "temperature", scale: 1000, device: GPU },
  { metric: "DCGM_FI_PROF_PCIE_TX_BYTES", quantity: "pcie-sent", scale: 1, device: GPU },
  { metric: "DCGM_FI_PROF_PCIE_RX_BYTES", quantity: "pcie-received", scale: 1, device: GPU },
  { metric: "DCGM_FI_PROF_NVLINK_TX_BYTES", quantity: "nvlink-sent", scale: 1, device: GPU },
  { metric: "DCGM_FI_PROF_NVLINK_RX_BYTES", quantity: "nvlink-received", scale: 1, device: GPU },
  { metric: "node_power_watts", quantity: "power", scale: 1000, device: NODE },
  { metric: "node_energy_joules_total", quantity: "energy", scale: 1000, device: NODE },
];

/** Which device and quantity a metric with labels is of, or that nobody asked for it. */
export class FeedMap {
  readonly #rules = new Map<string, MetricRule>();

  constructor(rules: readonly MetricRule[] = KNOWN_METRICS) {
    for (const rule of rules) this.#rules.set(rule.metric, rule);
  }

  /** The rule and device for a metric; `undefined` where there is no rule, or none of its labels names a device. */
  find(
    metric: string,
    labels: ReadonlyMap<string, string>,
  ): { readonly rule: MetricRule; readonly device: string } | undefined {
    const rule = this.#rules.get(metric);
    if (rule === undefined) return undefined;
    for (const label of rule.device) {
      const value = labels.get(label);
      const device = value === undefined ? undefined : deviceName(value);
      if (device !== undefined) return { rule, device };
    }
    return undefined;
  }
}

/**
 * A device's name as the record spells names: lower-case letters, digits, `-`, `.` and `/`. Other characters become `-`, as
 * the colon before a port.
 */
export function deviceName(text: string): string | undefined {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9./-]+/g, "-")
    .replaceAll(/^[./-]+|[./-]+$/g, "")
    .slice(0, 120);
  return name === "" ? undefined : name;
}

/** Rules from an operator's map: those known, and those it adds or replaces. */
export function withRules(
  more: readonly {
    readonly metric: string;
    readonly quantity: string;
    readonly scale: number;
    readonly device: readonly string[];
  }[],
): MetricRule[] {
  const replaced = new Set(more.map(({ metric }) => metric));
  const added = more.map(({ quantity, scale, ...rest }) => {
    if (!isQuantity(quantity) || !(scale > 0) || !Number.isFinite(scale)) {
      const message = `expected a known quantity and a scale above 0 for ${rest.metric}, got ${quantity} and ${scale}`;
      throw new EvidenceError("malformed-file", message);
    }
    return { ...rest, quantity, scale };
  });
  return [...KNOWN_METRICS.filter(({ metric }) => !replaced.has(metric)), ...added];
}
