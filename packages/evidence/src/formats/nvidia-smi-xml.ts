import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { reasonOf } from "@standstill/record";
import { EvidenceError } from "../error.ts";
import { deviceName } from "../telemetry/feeds/feed-map.ts";
import type { Receiver } from "../telemetry/feeds/receiver.ts";
import type { Quantity } from "../telemetry/readings/quantities.ts";
import { timeReader } from "./local-time.ts";

/**
 * Takes in what `nvidia-smi -q -x` writes: a `gpu` element for each device, units in the text, `N/A` where there is no value.
 * The time stands once for the whole file, in the machine's own zone and without an offset, so it must run with TZ=UTC.
 * Entities of a document type are not expanded.
 *
 * @returns how many readings there were
 */
export function readNvidiaSmiXml(text: string, receiver: Receiver): number {
  const root = rootOf(text);
  const told = textAt(root, ["timestamp"]);
  const atMs = told === undefined ? undefined : instantOf(told);
  if (atMs === undefined) {
    const message = `expected a timestamp as "Sat Nov 21 20:00:00 2026", got ${JSON.stringify(told ?? "none")}`;
    throw new EvidenceError("malformed-file", message);
  }
  let taken = 0;
  for (const gpu of elementsOf(root).filter(({ name }) => name === "gpu")) {
    const device = deviceName(textAt(gpu, ["uuid"]) ?? "");
    if (device === undefined) {
      const where = () => `gpu ${gpu.attributes.id ?? ""}: no uuid`;
      receiver.quarantine.add("malformed", where, READINGS.length);
      continue;
    }
    for (const { quantity, scale, unit, paths } of READINGS) {
      const found = paths.map((path) => textAt(gpu, path.split("/")));
      const value = found.find((one) => one !== undefined && one !== "N/A") ?? found.find(Boolean);
      if (value === undefined) continue;
      const where = () => `${quantity} of ${device}: ${value.slice(0, 80)}`;
      const number = new RegExp(`^(-?\\d+(?:\\.\\d+)?) ${unit}$`).exec(value)?.[1];
      if (number !== undefined) {
        receiver.add(receiver.series({ device, quantity }, scale), atMs, Number(number));
        taken++;
      } else receiver.quarantine.add(value === "N/A" ? "blank" : "malformed", where);
    }
  }
  return taken;
}

const MOST_CHARACTERS = 16 << 20;
/** Paths below `gpu`; the first that is there with a value counts. Older drivers say `power_readings`. */
const READINGS: readonly {
  readonly quantity: Quantity;
  readonly scale: number;
  readonly unit: string;
  readonly paths: readonly string[];
}[] = [
  {
    quantity: "power",
    scale: 1000,
    unit: "W",
    paths: [
      "gpu_power_readings/power_draw",
      "gpu_power_readings/average_power_draw",
      "power_readings/power_draw",
    ],
  },
  {
    quantity: "utilisation",
    scale: 10_000,
    unit: "%",
    paths: ["utilization/gpu_util"],
  },
  {
    quantity: "memory-used",
    scale: 1_048_576,
    unit: "MiB",
    paths: ["fb_memory_usage/used"],
  },
  { quantity: "sm-clock", scale: 1000, unit: "MHz", paths: ["clocks/sm_clock"] },
  { quantity: "temperature", scale: 1000, unit: "C", paths: ["temperature/gpu_temp"] },
];

function rootOf(text: string): XmlElement {
  if (text.length > MOST_CHARACTERS) {
    const message = `expected at most ${MOST_CHARACTERS} characters, got ${text.length}`;
    throw new EvidenceError("limit-exceeded", message);
  }
  let root: XmlElement | null;
  try {
    root = parseXml(text, { resolveUndefinedEntity: (reference) => reference }).root;
  } catch (cause) {
    const message = `expected XML of nvidia-smi -q -x, got: ${reasonOf(cause).split("\n")[0]}`;
    throw new EvidenceError("malformed-file", message, { cause });
  }
  if (root?.name === "nvidia_smi_log") return root;
  const message = `expected the element nvidia_smi_log, got ${root?.name ?? "none"}`;
  throw new EvidenceError("malformed-file", message);
}

function elementsOf(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => child instanceof XmlElement);
}

function textAt(element: XmlElement, path: readonly string[]): string | undefined {
  let found: XmlElement | undefined = element;
  for (const name of path) {
    found = found && elementsOf(found).find((child) => child.name === name);
  }
  return found?.text.trim();
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const inUtc = timeReader("UTC");

/** `Sat Nov 21 20:00:00 2026`, as C's asctime writes it. */
function instantOf(text: string): number | undefined {
  const [, month = "", day = "", time = "", year = ""] =
    /^\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(text) ?? [];
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, "0");
  const at = inUtc(`${year}-${number}-${day.padStart(2, "0")} ${time}`);
  return typeof at === "number" ? at : undefined;
}
