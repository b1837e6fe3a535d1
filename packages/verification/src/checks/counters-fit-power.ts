import { millionths, parseQuantity, there } from "@standstill/record";
import { counterNamed, nodeSeries, placeOfWindows } from "../counters.ts";
import {
  type CheckResult,
  contradiction,
  type EvidenceCheck,
  type FindingTold,
  silent,
} from "../finding.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import { nodesOf, type Subject } from "../subject.ts";
import { about, counterWords, energy } from "../words/index.ts";
import { isMuch } from "./over-the-line.ts";

/**
 * Energy against counters, window by window: no more work than the energy can have done, no power of work without busy cycles, and
 * no tensor pipe busier than the processor that it is part of.
 */
export const countersFitPower: EvidenceCheck = {
  id: "counters-fit-power",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power", "counters"],
  accuses: true,
  underEvasion: "misled",
  run: (subject): CheckResult => ({
    ...silent,
    findings: [...tensorWithinSm(subject), ...workWithinEnergy(subject), ...energyHasWork(subject)],
  }),
};

function tensorWithinSm(subject: Subject): FindingTold[] {
  const tensor = counterNamed(subject, "tensor-activity");
  const sm = counterNamed(subject, "sm-activity");
  if (tensor === undefined || sm === undefined || tensor.count !== sm.count) return [];
  let [over, all] = [0, 0];
  for (const { device } of subject.site.nodes) {
    const [one, other] = [nodeSeries(tensor, device, "mean"), nodeSeries(sm, device, "mean")];
    if (one === undefined || other === undefined) continue;
    for (let w = 0; w < tensor.count; w++) {
      if (one.known[w] === 0 || other.known[w] === 0) continue;
      all++;
      if (there(one.values[w]) > there(other.values[w]) + thresholds.sharesDifferMillionths) over++;
    }
  }
  if (!isMuch(over, all)) return [];
  const numbers = { windows: `${over} of ${all}` };
  return [contradiction("site", counterWords.tensorAboveSm(over, all), { numbers })];
}

function workWithinEnergy(subject: Subject): FindingTold[] {
  const { windows } = subject.evidence;
  const counter = counterNamed(subject, "tensor-activity");
  const pipe = subject.terms.yardsticks?.counters?.tensorPipe;
  if (windows === undefined || counter === undefined || pipe === undefined) return [];
  if (windows.count !== counter.count) return [];
  const low = Number(millionths(pipe.low)) / 1e6;
  let [work, possible, over, all] = [0, 0, 0, 0];
  let [first, last] = [counter.count, 0];
  const devices: string[] = [];
  for (const { device, accelerator, accelerators } of nodesOf(subject)) {
    const series = nodeSeries(counter, device, "mean");
    const row: number = windows.devices.indexOf(device);
    if (series === undefined || row < 0) continue;
    const peak = Number(accelerators * parseQuantity(accelerator.peak.bf16, "FLOP/s"));
    const perMilliwatt = Number(parseQuantity(accelerator.efficiency.high, "FLOP/J")) / 1000;
    for (let w = 0; w < windows.count; w++) {
      const cell = row * windows.count + w;
      if (series.known[w] === 0 || windows.readings[cell] === 0) continue;
      all++;
      const rate = (there(series.values[w]) / 1e6) * peak * low;
      const most = there(windows.powerMilliwatts[cell]) * perMilliwatt;
      if (rate <= most) continue;
      over++;
      work += rate * windows.windowMs;
      possible += most * windows.windowMs;
      if (devices.at(-1) !== device) devices.push(device);
      [first, last] = [Math.min(first, w), Math.max(last, w)];
    }
  }
  if (!isMuch(over, all)) return [];
  const [done, most] = [BigInt(Math.floor(work / 1000)), BigInt(Math.floor(possible / 1000))];
  return [
    contradiction(
      "site",
      counterWords.workWithoutEnergy(about(done, "FLOP"), about(most, "FLOP"), over),
      {
        numbers: { done: `${done} FLOP`, possible: `${most} FLOP`, windows: `${over} of ${all}` },
        where: placeOfWindows(windows, devices, first, last),
      },
    ),
  ];
}

function energyHasWork(subject: Subject): FindingTold[] {
  const { windows } = subject.evidence;
  const counter = counterNamed(subject, "sm-activity") ?? counterNamed(subject, "engine-activity");
  const yardstick = subject.terms.yardsticks?.counters;
  if (windows === undefined || counter === undefined || yardstick === undefined) return [];
  if (windows.count !== counter.count) return [];
  const idle = Number(millionths(yardstick.idleActivity));
  let [over, all, millijoules] = [0, 0, 0];
  let [first, last] = [counter.count, 0];
  const devices: string[] = [];
  for (const { device, accelerator, accelerators } of nodesOf(subject)) {
    const series = nodeSeries(counter, device, "mean");
    const row: number = windows.devices.indexOf(device);
    if (series === undefined || row < 0) continue;
    const limit = Number(accelerators * parseQuantity(accelerator.power.idle.high, "W")) * 1000;
    for (let w = 0; w < windows.count; w++) {
      const cell = row * windows.count + w;
      if (series.known[w] === 0 || windows.readings[cell] === 0) continue;
      all++;
      const power = there(windows.powerMilliwatts[cell]);
      if (power <= limit || there(series.values[w]) > idle) continue;
      over++;
      millijoules += Math.floor(((power - limit) * windows.windowMs) / 1000);
      if (devices.at(-1) !== device) devices.push(device);
      [first, last] = [Math.min(first, w), Math.max(last, w)];
    }
  }
  if (!isMuch(over, all)) return [];
  const joules = BigInt(Math.floor(millijoules / 1000));
  return [
    contradiction("site", counterWords.energyWithoutWork(over, all, energy(joules)), {
      numbers: { windows: `${over} of ${all}`, aboveIdle: `${joules} J` },
      where: placeOfWindows(windows, devices, first, last),
    }),
  ];
}
