import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseMlperfPower, type Windows, windowsOf } from "@standstill/evidence";
import { randomFrom } from "@standstill/statistics";
import { identicalPairs, type Synchrony, testSynchrony } from "@standstill/verification";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";
import { madeSubject } from "./subjects.ts";

const data = new URL("../../../data/mlperf/", import.meta.url);
const text = gunzipSync(
  readFileSync(new URL("smc_h100_training_node_power.csv.gz", data)),
).toString();
const runs = readFileSync(new URL("smc_h100_training_runs.csv", data), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(",") as [string, string, string, string, string, string, string]);
const IDLE_MILLIWATTS = 2_800_000;

function windowsOfRun(id: string, start: number, stop: number): Windows {
  const readings = parseMlperfPower(text, { run: id });
  const period = { startMs: Math.floor(start / 4000) * 4000, endMs: Math.ceil(stop / 4000) * 4000 };
  return windowsOf(readings, readings.devices, period, 4000);
}

function test(windows: Windows, seed: string) {
  const rows = windows.devices.map((_, row) => row);
  return testSynchrony(windows, rows, 0, windows.count, IDLE_MILLIWATTS, 199, randomFrom(seed));
}

/** Single-node runs laid side by side from their own starts: real training, but nothing in common. */
function sideBySide(ids: readonly (typeof runs)[number][], count: number): Windows {
  const parts = ids.map((row) => windowsOfRun(row[0], Number(row[5]), Number(row[6])));
  const column = (name: "readings" | "powerMilliwatts" | "energyMillijoules") =>
    parts.flatMap((part) => [...part[name].subarray(0, count)]);
  return {
    startMs: 0,
    windowMs: 4000,
    count,
    devices: parts.map((_, i) => `node-${i}`),
    readings: Uint16Array.from(column("readings")),
    powerMilliwatts: Uint32Array.from(column("powerMilliwatts")),
    energyMillijoules: Uint32Array.from(column("energyMillijoules")),
  };
}

describe("nodes of one real training run move together", () => {
  it.each(runs.filter((row) => Number(row[2]) >= 8 && Number(row[6]) - Number(row[5]) > 140_000))(
    "%s (%s, %s nodes)",
    (id, _benchmark, _nodes, _gpus, _gpu, start, stop) => {
      const result = test(windowsOfRun(id, Number(start), Number(stop)), "real") as Synchrony;
      expect(result.reached).toBeLessThanOrEqual(1);
      expect(result.correlation).toBeGreaterThan(150);
    },
  );
});

describe("identical readings in the published data", () => {
  it("30 pairs among the 64 nodes of the GPT-3 run, and at least one in every other multi-node run", () => {
    for (const [id, benchmark, nodes, , , start, stop] of runs.filter(
      (row) => Number(row[2]) >= 8,
    )) {
      const pairs = identicalPairs(windowsOfRun(id, Number(start), Number(stop)));
      if (benchmark === "gpt3") expect(pairs).toHaveLength(30);
      else expect(pairs.length, `${id}, ${nodes} nodes`).toBeGreaterThan(0);
    }
  });
});

describe("real single-node runs laid side by side do not", () => {
  const single = runs.filter((row) => row[2] === "1" && Number(row[6]) - Number(row[5]) > 600_000);

  it("no set of eight of them is both significant and strong, in 30 draws", () => {
    let alarms = 0;
    for (let i = 0; i < 30; i++) {
      const random = randomFrom(`draw ${i}`);
      const rest = [...single];
      while (rest.length > 8) rest.splice(random.below(rest.length), 1);
      const result = test(sideBySide(rest, 150), `side ${i}`) as Synchrony;
      expect(result.correlation).toBeLessThan(100);
      if (result.reached === 0 && result.correlation >= 200) alarms++;
    }
    expect(alarms).toBe(0);
  });
});

describe("the test against time-shifted nulls", () => {
  const noise = (seed: string, length: number) => {
    const random = randomFrom(seed);
    return Array.from({ length }, () => 5000 + random.below(400));
  };
  const windowsFor = (series: number[][]) => madeSubject(series).evidence.windows as Windows;

  it("is calibrated: independent nodes reach p of 0.05 or less in about one case in twenty", () => {
    let small = 0;
    const cases = 400;
    for (let i = 0; i < cases; i++) {
      const series = Array.from({ length: 6 }, (_, node) => noise(`${i} ${node}`, 60));
      if ((test(windowsFor(series), `c${i}`) as Synchrony).reached <= 9) small++;
    }
    // 400 draws of 0.05: mean 20, standard deviation 4.4; four of them either side.
    expect(small).toBeGreaterThan(2);
    expect(small).toBeLessThan(38);
  });

  it("switching all nodes on and off together is not moving together", () => {
    const series = Array.from({ length: 6 }, (_, node) =>
      noise(`on ${node}`, 100).map((watts, i) =>
        i < 20 || i >= 80 ? 2300 + (watts % 100) : watts,
      ),
    );
    const result = test(windowsFor(series), "switch") as Synchrony;
    expect(result.correlation).toBeLessThan(150);
  });

  it("a common slow course alone is not moving together", () => {
    const series = Array.from({ length: 6 }, (_, node) =>
      noise(`slow ${node}`, 120).map((watts, i) => watts + 15 * i),
    );
    expect((test(windowsFor(series), "slow") as Synchrony).correlation).toBeLessThan(150);
  });

  it("two nodes behind one meter count as one", () => {
    const one = noise("twin", 60);
    expect(test(windowsFor([one, one]), "twin")).toBe("one-node");
  });

  it("one node, few windows, zero variance and idle nodes give a defined answer", () => {
    expect(test(windowsFor([noise("x", 60)]), "x")).toBe("one-node");
    expect(test(windowsFor([noise("x", 8), noise("y", 8)]), "x")).toBe("too-short");
    expect(
      test(windowsFor([noise("x", 60).map(() => 1000), noise("y", 60).map(() => 1001)]), "x"),
    ).toBe("one-node");
    const flat = test(
      windowsFor([Array(60).fill(5000), Array(60).fill(5001)]),
      "flat",
    ) as Synchrony;
    expect(Number.isInteger(flat.correlation)).toBe(true);
  });

  it("the same seed gives the same result; level and scale of a node change nothing", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 3000 }),
        (seed, scale, shift) => {
          const series = Array.from({ length: 4 }, (_, node) => noise(`${seed} ${node}`, 40));
          const other = series.map((values) =>
            values.map((watts) => (watts - 5000) * scale + 5000 + shift),
          );
          const a = test(windowsFor(series), "s");
          expect(test(windowsFor(series), "s")).toEqual(a);
          expect(test(windowsFor(other), "s")).toMatchObject({
            correlation: (a as Synchrony).correlation,
          });
        },
      ),
      { numRuns: scaled(20) },
    );
  });
});
