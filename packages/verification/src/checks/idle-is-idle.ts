import { millionths, parseQuantity, there } from "@standstill/record";
import { counterNamed, coveredWindows, nodeSeries, placeOfWindows } from "../counters.ts";
import {
  type CheckResult,
  contradiction,
  type ExposingCheck,
  type FindingTold,
  type Played,
  silent,
} from "../finding.ts";
import { nodesOf } from "../subject.ts";
import { about, counterWords, energy } from "../words/index.ts";
import { isMuch } from "./over-the-line.ts";

/** Where no run is declared, nodes idle: in power up to the agreed limit, in counters up to the agreed share of cycles. */
export const idleIsIdle: ExposingCheck = {
  id: "idle-is-idle",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power"],
  accuses: true,
  underEvasion: "exposes",
  run: (subject): CheckResult => ({
    ...silent,
    findings: [...byPower(subject), ...byCounters(subject)],
  }),
};

/** Windows without a run that are over some line. */
interface Tally {
  all: number;
  over: number;
  readonly devices: string[];
  first: number;
  last: number;
}

function emptyTally(): Tally {
  return { all: 0, over: 0, devices: [], first: Number.MAX_SAFE_INTEGER, last: 0 };
}

function note(tally: Tally, device: string, w: number): void {
  tally.over++;
  if (tally.devices.at(-1) !== device) tally.devices.push(device);
  if (w < tally.first) tally.first = w;
  if (w > tally.last) tally.last = w;
}

function byPower(subject: Played): FindingTold[] {
  const { windows } = subject.evidence;
  if (windows === undefined) return [];
  const tally = emptyTally();
  let [millijoules, low, high] = [0n, 0n, 0n];
  for (const { device, accelerator, accelerators } of nodesOf(subject)) {
    const row: number = windows.devices.indexOf(device);
    if (row < 0) continue;
    const limit = Number(accelerators * parseQuantity(accelerator.power.idle.high, "W")) * 1000;
    const covered = coveredWindows(subject, device, windows);
    let above = 0;
    for (let w = 0; w < windows.count; w++) {
      const cell = row * windows.count + w;
      if (covered[w] === 1 || windows.readings[cell] === 0) continue;
      tally.all++;
      const power = there(windows.powerMilliwatts[cell]);
      if (power <= limit) continue;
      above += Math.floor(((power - limit) * windows.windowMs) / 1000);
      note(tally, device, w);
    }
    millijoules += BigInt(above);
    low += (BigInt(above) * parseQuantity(accelerator.efficiency.low, "FLOP/J")) / 1000n;
    high += (BigInt(above) * parseQuantity(accelerator.efficiency.high, "FLOP/J")) / 1000n;
  }
  const matters = low >= parseQuantity(subject.terms.goals.significantQuantity, "FLOP");
  if (!matters && !isMuch(tally.over, tally.all)) return [];
  const joules = millijoules / 1000n;
  return [
    contradiction(
      "site",
      counterWords.notIdle(
        tally.over,
        tally.all,
        energy(joules),
        about(low, "FLOP"),
        about(high, "FLOP"),
      ),
      {
        numbers: {
          windows: `${tally.over} of ${tally.all}`,
          aboveIdle: `${joules} J`,
          leastDone: `${low} FLOP`,
          mostDone: `${high} FLOP`,
        },
        where: placeOfWindows(windows, tally.devices, tally.first, tally.last),
      },
    ),
  ];
}

function byCounters(subject: Played): FindingTold[] {
  const yardstick = subject.terms.yardsticks?.counters;
  const counter = counterNamed(subject, "sm-activity") ?? counterNamed(subject, "tensor-activity");
  if (yardstick === undefined || counter === undefined) return [];
  const limit = Number(millionths(yardstick.idleActivity));
  const tally = emptyTally();
  for (const { device } of subject.site.nodes) {
    const series = nodeSeries(counter, device, "mean");
    if (series === undefined) continue;
    const covered = coveredWindows(subject, device, counter);
    for (let w = 0; w < counter.count; w++) {
      if (covered[w] === 1 || series.known[w] === 0) continue;
      tally.all++;
      if (there(series.values[w]) > limit) note(tally, device, w);
    }
  }
  if (!isMuch(tally.over, tally.all)) return [];
  return [
    contradiction(
      "site",
      counterWords.busyWhileIdle(tally.over, tally.all, yardstick.idleActivity),
      {
        numbers: { windows: `${tally.over} of ${tally.all}`, limit: yardstick.idleActivity },
        where: placeOfWindows(counter, tally.devices, tally.first, tally.last),
      },
    ),
  ];
}
