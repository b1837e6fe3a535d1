import type { Run, Windows } from "@standstill/evidence";
import { formatQuantity, parseQuantity, there } from "@standstill/record";
import type { Random } from "@standstill/statistics";
import { fullPowerWatts, nodesOf, type Subject } from "../../subject.ts";
import { copyOf, drawRows, type Inject, significantQuantity } from "../injection.ts";

/** The declared model of the cheat: its size does not matter, only that tokens and energy balance. */
const PARAMETERS = 70_000_000_000n;

/**
 * Training declared as inference, by a careful cheat: some nodes train one significant quantity for some time, and the
 * declaration says that they served, each by itself, tokens that balance the energy. The common movement is taken from
 * the site's own readings: one node's course is laid over the others, each with its own movement shifted in time.
 */
export const injectTrainingAsInference: Inject = (subject, layout, random) => {
  const own = subject.evidence.windows;
  if (own === undefined) return undefined;
  const windows = copyOf(own);
  const rows = drawRows(subject, windows, layout.nodes, random);
  const start = random.below(windows.count - layout.windows + 1);
  const end = start + layout.windows;
  const limits = rows.map((row) => powerLimits(subject, own, row));
  layOver(own, windows, rows, limits, start, end, random);
  const cover: Run = {
    run: "cover",
    site: subject.site.site,
    activity: "inference",
    model: "cover",
    precision: "bf16",
    work: {
      basis: "tokens",
      parameters: formatQuantity(PARAMETERS, "parameters"),
      tokens: formatQuantity(significantQuantity(subject) / (2n * PARAMETERS), "tokens"),
    },
    nodes: rows.map((row) => there(windows.devices[row])),
    period: {
      start: new Date(windows.startMs + start * windows.windowMs).toISOString(),
      end: new Date(windows.startMs + end * windows.windowMs).toISOString(),
    },
    nodesTogether: false,
  };
  return {
    ...subject,
    runs: [...subject.runs, cover],
    evidence: { ...subject.evidence, windows },
  };
};

interface PowerLimits {
  /** Mean power of the node's own windows above idling, or its idle limit where it never worked. */
  readonly working: number;
  readonly most: number;
}

function powerLimits(subject: Subject, windows: Windows, row: number): PowerLimits {
  const node = nodesOf(subject).find((one) => one.device === windows.devices[row]);
  const idle =
    node === undefined
      ? 0
      : Number(node.accelerators * parseQuantity(node.accelerator.power.idle.high, "W")) * 1000;
  let sum = 0;
  let count = 0;
  for (let cell = row * windows.count; cell < (row + 1) * windows.count; cell++) {
    const power = there(windows.powerMilliwatts[cell]);
    if (power <= idle) continue;
    sum += power;
    count++;
  }
  return {
    working: count === 0 ? idle : Math.floor(sum / count),
    most: Number(fullPowerWatts(subject, there(windows.devices[row]))) * 1000,
  };
}

/** Writes onto each row, at its working level, the donor's movement plus half of its own, shifted in time. */
function layOver(
  from: Windows,
  onto: Windows,
  rows: readonly number[],
  limits: readonly PowerLimits[],
  start: number,
  end: number,
  random: Random,
): void {
  const length = end - start;
  const donor = there(rows[random.below(rows.length)]);
  const at = (row: number, w: number) => there(from.powerMilliwatts[row * from.count + w]);
  const mean = (row: number) => {
    let sum = 0;
    for (let w = start; w < end; w++) sum += at(row, w);
    return Math.floor(sum / length);
  };
  const donorMean = mean(donor);
  // Shifted as well, so that the cheat does not move with the declared work that the donor took part in.
  const lead = random.below(length);
  for (const [i, row] of rows.entries()) {
    const { working, most } = there(limits[i]);
    const own = mean(row);
    const offset = random.below(length);
    for (let w = start; w < end; w++) {
      const cell = row * onto.count + w;
      const common = at(donor, start + ((w - start + lead) % length)) - donorMean;
      const separate = at(row, start + ((w - start + offset) % length)) - own;
      const power = Math.min(most, Math.max(0, working + common + Math.trunc(separate / 2)));
      onto.powerMilliwatts[cell] = power;
      onto.energyMillijoules[cell] = Math.floor((power * onto.windowMs) / 1000);
    }
  }
}
