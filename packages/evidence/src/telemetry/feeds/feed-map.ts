import { EvidenceError } from "../../error.ts";
import { isQuantity, type Quantity } from "../readings/quantities.ts";

/** How a metric of a feed becomes readings. */
export interface MetricRule {
  readonly metric: string;
  readonly quantity: Quantity;
  /** What one of the metric's units is in units of the quantity. */
  readonly scale: number;
  /** Labels that name the device; the first that is there counts. */
  readonly device: readonly string[];
  /** Labels that name what the device is in, as an interface's node: its name then stands before the device's. */
  readonly within?: readonly string[];
  /** Labels that must have these values. */
  readonly where?: Readonly<Record<string, string>>;
}

const GPU = ["UUID", "uuid", "gpu_uuid"];
const NODE = ["node", "Hostname", "hostname", "instance"];
const INTERFACE = ["device"];

/**
 * What is taken without being told: fields of NVIDIA's dcgm-exporter (etc/default-counters.csv and dcp-metrics-included.csv), a node's power under a plain name, and of Prometheus' own exporters a node's network bytes
 * (node_exporter) and round trips (blackbox_exporter, ICMP). Fields
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
  {
    metric: "node_network_transmit_bytes_total",
    quantity: "network-sent",
    scale: 1,
    device: INTERFACE,
    within: NODE,
  },
  {
    metric: "node_network_receive_bytes_total",
    quantity: "network-received",
    scale: 1,
    device: INTERFACE,
    within: NODE,
  },
  {
    metric: "probe_icmp_duration_seconds",
    quantity: "round-trip",
    scale: 1e6,
    device: ["instance"],
    where: { phase: "rtt" },
  },
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
    for (const [label, value] of Object.entries(rule.where ?? {})) {
      if (labels.get(label) !== value) return undefined;
    }
    const device = nameIn(labels, rule.device);
    const place = rule.within === undefined ? undefined : nameIn(labels, rule.within);
    if (device === undefined) return undefined;
    return { rule, device: place === undefined ? device : `${place}/${device}` };
  }
}

function nameIn(labels: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  for (const label of names) {
    const value = labels.get(label);
    const name = value === undefined ? undefined : deviceName(value);
    if (name !== undefined) return name;
  }
  return undefined;
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
    readonly within?: readonly string[] | undefined;
    readonly where?: Readonly<Record<string, string>> | undefined;
  }[],
): MetricRule[] {
  const replaced = new Set(more.map(({ metric }) => metric));
  const added = more.map(({ quantity, scale, within, where, ...rest }) => {
    if (!isQuantity(quantity) || !(scale > 0) || !Number.isFinite(scale)) {
      const message = `expected a known quantity and a scale above 0 for ${rest.metric}, got ${quantity} and ${scale}`;
      throw new EvidenceError("malformed-file", message);
    }
    return {
      ...rest,
      quantity,
      scale,
      ...(within === undefined ? {} : { within }),
      ...(where === undefined ? {} : { where }),
    };
  });
  return [...KNOWN_METRICS.filter(({ metric }) => !replaced.has(metric)), ...added];
}
