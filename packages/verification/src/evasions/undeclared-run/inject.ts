import { parseQuantity, there } from "@standstill/record";
import { fullPowerWatts, nodesOf } from "../../subject.ts";
import { copyOf, drawRows, type Inject, significantQuantity } from "../injection.ts";

/**
 * An undeclared run beside declared work: the energy that one significant quantity takes at the highest agreed
 * efficiency is added to some nodes for some time, with the common movement of a synchronous run. Declarations stay.
 */
export const injectUndeclaredRun: Inject = (subject, layout, random) => {
  const accelerator = nodesOf(subject)[0]?.accelerator;
  if (subject.evidence.windows === undefined || accelerator === undefined) return undefined;
  const windows = copyOf(subject.evidence.windows);
  const joules =
    significantQuantity(subject) / parseQuantity(accelerator.efficiency.high, "FLOP/J");
  const perWindow = Number((joules * 1000n) / BigInt(layout.nodes * layout.windows));
  const start = random.below(windows.count - layout.windows + 1);
  const rows = drawRows(subject, windows, layout.nodes, random);
  for (let w = start; w < start + layout.windows; w++) {
    const millijoules = Math.floor((perWindow * (900 + random.below(201))) / 1000);
    const milliwatts = Math.floor((millijoules * 1000) / windows.windowMs);
    for (const row of rows) {
      const cell = row * windows.count + w;
      const power = there(windows.powerMilliwatts[cell]) + milliwatts;
      const most = Number(fullPowerWatts(subject, there(windows.devices[row]))) * 1000;
      if (power > most) return undefined;
      windows.powerMilliwatts[cell] = power;
      windows.energyMillijoules[cell] = there(windows.energyMillijoules[cell]) + millijoules;
    }
  }
  return { ...subject, evidence: { ...subject.evidence, windows } };
};
