import type { Run, Windows } from "@standstill/evidence";
import { formatQuantity, parseQuantity } from "@standstill/record";
import { fullPowerWatts } from "../checks/physically-possible.ts";
import type { Random } from "../random.ts";
import { nodesOf } from "../subject.ts";
import { copyOf, drawRows, type Evasion, significantQuantity } from "./injection.ts";

/** The declared model of the cheat: its size does not matter, only that tokens and energy balance. */
const PARAMETERS = 70_000_000_000n;

/**
 * Training declared as inference, by a careful cheat: some nodes train one significant quantity for some time, and the
 * declaration says that they served, each by itself, tokens that balance the energy. The common movement is taken from
 * the site's own readings: one node's course is laid over the others, each with its own movement shifted in time.
 */
export const trainingAsInference: Evasion = {
  id: "training-as-inference",
  inject: (subject, layout, random) => {
    const accelerator = nodesOf(subject)[0]?.accelerator;
    if (subject.evidence.windows === undefined || accelerator === undefined) return undefined;
    const windows = copyOf(subject.evidence.windows);
    const rows = drawRows(subject, windows, layout.nodes, random);
    const start = random.below(windows.count - layout.windows + 1);
    const end = start + layout.windows;
    layOver(subject.evidence.windows, windows, rows, start, end, random);
    const most = rows.map((row) => Number(fullPowerWatts(subject, windows.devices[row] as string)) * 1000);
    for (const [i, row] of rows.entries()) {
      for (let w = start; w < end; w++) {
        const cell = row * windows.count + w;
        if ((windows.powerMilliwatts[cell] as number) > (most[i] as number)) {
          windows.powerMilliwatts[cell] = most[i] as number;
        }
      }
    }
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
      nodes: rows.map((row) => windows.devices[row] as string),
      period: {
        start: new Date(windows.startMs + start * windows.windowMs).toISOString(),
        end: new Date(windows.startMs + end * windows.windowMs).toISOString(),
      },
      nodesTogether: false,
    };
    const joules = significantQuantity(subject) / parseQuantity(accelerator.efficiency.high, "FLOP/J");
    return joules <= 0n
      ? undefined
      : { ...subject, runs: [...subject.runs, cover], evidence: { ...subject.evidence, windows } };
  },
};

/** Writes onto each row the donor's movement plus half of its own, shifted by a random offset. */
function layOver(from: Windows, onto: Windows, rows: readonly number[], start: number, end: number, random: Random): void {
  const length = end - start;
  const donor = rows[random.below(rows.length)] as number;
  const at = (row: number, w: number) => from.powerMilliwatts[row * from.count + w] as number;
  const mean = (row: number) => {
    let sum = 0;
    for (let w = start; w < end; w++) sum += at(row, w);
    return Math.floor(sum / length);
  };
  const donorMean = mean(donor);
  for (const row of rows) {
    const own = mean(row);
    const offset = random.below(length);
    for (let w = start; w < end; w++) {
      const common = at(donor, w) - donorMean;
      const separate = at(row, start + ((w - start + offset) % length)) - own;
      onto.powerMilliwatts[row * onto.count + w] = Math.max(0, own + common + Math.trunc(separate / 2));
    }
  }
}
