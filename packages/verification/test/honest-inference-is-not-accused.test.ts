import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseMlperfPower, sealEvidence, windowsOf } from "@standstill/evidence";
import { judge, nothingBeside, type Subject } from "@standstill/verification";
import { describe, expect, it } from "vitest";
import { boundTo, terms } from "./subjects.ts";

const data = new URL("../../../data/mlperf/", import.meta.url);
const text = gunzipSync(
  readFileSync(new URL("nvidia_h200x8_inference_node_power.csv.gz", data)),
).toString();
const rows = readFileSync(new URL("nvidia_h200x8_inference_runs.csv", data), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));

/** Parameters that act on each token; of Mixtral's experts two of eight do. */
const PARAMETERS: Record<string, bigint> = {
  "llama2-70b-99": 70_000_000_000n,
  "mixtral-8x7b": 12_900_000_000n,
};

function utc(text: string): number {
  const [month, day, year, time] = text.split(/[- ]/) as [string, string, string, string];
  return Date.parse(`${year}-${month}-${day}T${time}Z`);
}

function subjectOf(row: readonly string[]): Subject {
  const [id, , , , , , , first, last, begin, end, , tokensPerSecond] = row as string[] & {
    length: 14;
  };
  const readings = parseMlperfPower(text, { run: id as string });
  const period = {
    startMs: Math.floor(utc(first as string) / 4000) * 4000,
    endMs: Math.ceil((utc(last as string) + 1) / 4000) * 4000,
  };
  const evidence = {
    salt: "00".repeat(32),
    windows: windowsOf(readings, ["node-01"], period, 4000),
    jobs: undefined,
    counters: [],
    logs: [],
  };
  const seconds = (utc(end as string) - utc(begin as string)) / 1000;
  const model = (id as string).split("/")[1] as string;
  const when = {
    start: new Date(period.startMs).toISOString(),
    end: new Date(period.endMs).toISOString(),
  };
  return boundTo({
    party: "honest",
    terms,
    site: {
      site: "honest/node",
      title: "Honest",
      nodes: [{ device: "node-01", accelerator: "h200-sxm", accelerators: 8 }],
    },
    runs: [
      {
        run: "honest/serving",
        site: "honest/node",
        activity: "inference",
        model,
        precision: "fp8",
        work: {
          basis: "tokens",
          parameters: `${PARAMETERS[model]} parameters`,
          tokens: `${Math.round(Number(tokensPerSecond) * seconds)} tokens`,
        },
        nodes: ["node-01"],
        period: when,
        nodesTogether: false,
      },
    ],
    period,
    feeds: [{ kind: "node-power", feedClass: "operator" }],
    evidence,
    beside: nothingBeside,
    seal: sealEvidence(evidence),
    seed: id as string,
  });
}

describe("every MLPerf Inference v4.1 run with published tokens, idle minutes and all", () => {
  it.each(rows.filter((row) => row[12] !== "").map((row) => [row[0] as string, row] as const))(
    "%s",
    (_id, row) => {
      const judgement = judge(subjectOf(row));
      expect(judgement.duties.flatMap(({ findings }) => findings)).toEqual([]);
      expect(judgement.verdict).toBe("unverified");
    },
  );
});
