import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { energyMillijoules, parseMlperfPower } from "@standstill/evidence";
import { describe, expect, it } from "vitest";

const data = new URL("../../../data/mlperf/", import.meta.url);
const training = gunzipSync(
  readFileSync(new URL("smc_h100_training_node_power.csv.gz", data)),
).toString();
const runs = readFileSync(new URL("smc_h100_training_runs.csv", data), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));
const LONGEST_STEP_MS = 3_600_000;

describe("MLPerf Training v4.0 power results", () => {
  it("GPT-3 on 64 nodes: 415.26 kWh from the readings, 415.22 kWh published by the submitter", () => {
    const row = runs.find((cells) => cells[1] === "gpt3") as string[];
    const readings = parseMlperfPower(training, { run: row[0] as string });
    expect(readings.devices).toHaveLength(64);
    const period = { startMs: Number(row[5]), endMs: Number(row[6]) + 1 };
    const kilowattHours = energyMillijoules(readings, period, LONGEST_STEP_MS) / 3.6e9;
    expect(kilowattHours).toBeCloseTo(415.26, 2);
    expect(Math.abs(kilowattHours / Number(row[12]) - 1)).toBeLessThan(0.001);
  });

  it("every run: the energy that the table of runs gives, within 0.1 %, or 0.5 % where negative readings were set aside", () => {
    for (const row of runs) {
      const readings = parseMlperfPower(training, { run: row[0] as string });
      const period = { startMs: Number(row[5]), endMs: Number(row[6]) + 1 };
      const joules = energyMillijoules(readings, period, LONGEST_STEP_MS) / 1000;
      expect(Math.abs(joules / Number(row[9]) - 1), row[0]).toBeLessThan(
        readings.quarantined.count > 0 ? 0.005 : 0.001,
      );
    }
  });

  it("all 130,843 readings of 203 node series are taken in, seven of them negative and set aside", () => {
    const readings = parseMlperfPower(training);
    expect([readings.timeMs.length, readings.devices.length]).toEqual([130_836, 203]);
    expect(readings.quarantined).toMatchObject({
      count: 7,
      first: expect.stringContaining('got "-9"'),
    });
  });
});

describe("MLPerf Inference v4.1 power results", () => {
  it("all 23,647 readings of 17 runs are taken in, llama2-70b Server with its mean of 5603.8 W", () => {
    const text = gunzipSync(
      readFileSync(new URL("nvidia_h200x8_inference_node_power.csv.gz", data)),
    ).toString();
    const all = parseMlperfPower(text);
    expect([all.timeMs.length, all.devices.length]).toEqual([23_647, 17]);
    const server = parseMlperfPower(text, {
      run: "H200-SXM-141GBx8_TRT_MaxQ/llama2-70b-99/Server",
    });
    const mean =
      server.powerMilliwatts.reduce((sum, power) => sum + power, 0) /
      server.powerMilliwatts.length /
      1000;
    expect(mean).toBeCloseTo(5603.8, 1);
  });
});

describe("the submitters' own lines", () => {
  it("are read behind a rank prefix, and the word null at the meter's start is skipped", () => {
    const line = (value: string, time: number) =>
      `0: :::MLLOG {"namespace": "", "time_ms": ${time}, "event_type": "POINT_IN_TIME", "key": "power_reading", "value": ${value}, "metadata": {}}`;
    const readings = parseMlperfPower(
      [line('"null"', 1), line("2090", 2000), line("2103.5", 4000)].join("\n"),
    );
    expect([...readings.powerMilliwatts]).toEqual([2_090_000, 2_103_500]);
  });
});

describe("bad files end in a typed error that names the line", () => {
  it.each([
    ["an unknown header", "a,b,c\n1,2,3", "line 1"],
    ["a negative power", "run_id,node,t_ms,watts\nr,1,1000,-5", "line 2"],
    ["NaN", "run_id,node,t_ms,watts\nr,1,1000,NaN", "line 2"],
    ["1e400", "run_id,node,t_ms,watts\nr,1,1000,1e400", "line 2"],
    ["more than a node draws", "run_id,node,t_ms,watts\nr,1,1000,99999999", "line 2"],
    ["a missing cell", "run_id,node,t_ms,watts\nr,1,1000,5\nr,1,1000", "line 3"],
    [
      "a date that does not exist",
      "run_id,local_time,watts,pf\nr,13-45-2024 00:00:00.000,5,1",
      "line 2",
    ],
    ["a torn log line", ':::MLLOG {"key": "power_rea', "line 1"],
  ])("%s", (_name, text, place) => {
    expect(() => parseMlperfPower(text)).toThrow(
      expect.objectContaining({ name: "EvidenceError", place }),
    );
  });
});
