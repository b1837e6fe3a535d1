import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseMlperfPower, type Run, windowsOf } from "@standstill/evidence";
import { nothingBeside, runChecks, type Subject } from "@standstill/verification";
import { describe, expect, it } from "vitest";
import { boundTo, terms } from "./subjects.ts";

const data = new URL("../../../data/mlperf/", import.meta.url);
const WINDOW_MS = 4000;

/** Every run of a file as an honest party would declare it: all its nodes for all of the time, and how long they were used. */
function subjectsOf(name: string, accelerator: string, activity: Run["activity"]) {
  const text = gunzipSync(readFileSync(new URL(name, data))).toString("utf8");
  const ids = [
    ...new Set(
      text
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(",")[0] as string),
    ),
  ];
  return ids.map((id): [string, Subject] => {
    const readings = parseMlperfPower(text, { run: id });
    let [first, last] = [Number.POSITIVE_INFINITY, 0];
    for (const time of readings.timeMs)
      [first, last] = [Math.min(first, time), Math.max(last, time)];
    const period = {
      startMs: Math.floor(first / WINDOW_MS) * WINDOW_MS,
      endMs: Math.ceil((last + 1) / WINDOW_MS) * WINDOW_MS,
    };
    const devices = [...readings.devices].sort();
    const seconds = (period.endMs - period.startMs) / 1000;
    const run: Run = {
      run: "honest/run",
      site: "honest/site",
      activity,
      model: id,
      precision: "fp8",
      work: {
        basis: "accelerator-time",
        accelerators: devices.length * 8,
        seconds: `${seconds} s`,
      },
      nodes: devices,
      period: {
        start: new Date(period.startMs).toISOString(),
        end: new Date(period.endMs).toISOString(),
      },
      nodesTogether: devices.length > 1,
    };
    const subject = boundTo({
      party: "honest",
      terms,
      runs: [run],
      period,
      beside: nothingBeside,
      seed: id,
      site: {
        site: "honest/site",
        title: "Honest",
        nodes: devices.map((device) => ({ device, accelerator, accelerators: 8 })),
      },
      feeds: [{ kind: "node-power", feedClass: "operator" }],
      evidence: {
        salt: "00".repeat(32),
        jobs: undefined,
        counters: [],
        logs: [],
        windows: windowsOf(readings, devices, period, WINDOW_MS),
      },
      seal: { root: "", energyMillijoules: 0n },
    });
    return [id, subject];
  });
}

const training = subjectsOf("smc_h100_training_node_power.csv.gz", "h100-sxm5", "training");
const inference = subjectsOf("nvidia_h200x8_inference_node_power.csv.gz", "h200-sxm", "inference");

describe("recorded runs, declared as they were: none is accused by any check", () => {
  it("all of both files are here", () => {
    expect([training.length, inference.length]).toEqual([27, 17]);
  });

  it.each([...training, ...inference])("%s", (_id, subject) => {
    const { findings } = runChecks(subject);
    expect(findings.map(({ check, detail }) => `${check}: ${detail}`)).toEqual([]);
  });

  it("handed in twice, their first half as their second, all that are long enough are told as recordings", () => {
    let tried = 0;
    for (const [id, subject] of [...training, ...inference]) {
      const { windows } = subject.evidence;
      if (windows === undefined || windows.count < 120) continue;
      tried++;
      const half = Math.floor(windows.count / 2);
      const copied = <Column extends Uint16Array | Uint32Array>(column: Column): Column => {
        const copy = column.slice() as Column;
        for (let row = 0; row < windows.devices.length; row++) {
          const from = row * windows.count;
          copy.copyWithin(from + half, from, from + half);
        }
        return copy;
      };
      const cheat: Subject = {
        ...subject,
        evidence: {
          ...subject.evidence,
          windows: {
            ...windows,
            readings: copied(windows.readings),
            powerMilliwatts: copied(windows.powerMilliwatts),
            energyMillijoules: copied(windows.energyMillijoules),
          },
        },
      };
      const { findings } = runChecks(cheat);
      expect(
        findings.map(({ check }) => check),
        id,
      ).toContain("replayed");
    }
    expect(tried).toBeGreaterThan(20);
  });
});
