import { dutiesIfBound, type Mode, type ObligationOf } from "@standstill/agreement";
import { type SiteEvidence, sealEvidence } from "@standstill/evidence";
import { readActivityTable } from "@standstill/evidence/activity";
import { utf8 } from "@standstill/record";
import { judge, nothingBeside, type Subject } from "@standstill/verification";
import { judgeActivity } from "@standstill/verification/logs";
import { describe, expect, it } from "vitest";
import { terms as agreed } from "./subjects.ts";

const START = Date.parse("2026-11-01T00:00:00Z");
const HOUR = 3_600_000;
/** What an accelerator of the catalogue does in an hour at its peak in FP8. */
const MOST = 1_979_000_000_000_000n * 3600n;

type Limit = Pick<ObligationOf<"activity-limit">, "per" | "activities" | "limit">;

interface Asked {
  readonly log: Uint8Array;
  readonly limit: Limit;
  readonly mode?: Mode;
  readonly bound?: readonly [startMs: number, endMs: number];
  readonly rules?: ObligationOf<"activity-log">["rules"];
  readonly nodes?: readonly (readonly [device: string, accelerators: number])[];
  readonly deviceNames?: string;
}

/** An hour of a site under one limit on logs, and rules of logs where they are asked for. */
function hourOf(asked: Asked): Subject {
  const { log, limit, mode = "cap", bound = [START, START + HOUR], rules } = asked;
  const { nodes = [["node-1", 2]], deviceNames } = asked;
  const terms: Subject["terms"] = {
    ...agreed,
    logs: deviceNames === undefined ? {} : { deviceNames },
    obligations: [
      { id: "limit", kind: "activity-limit", title: "A limit.", mode: "cap", ...limit },
      ...(rules === undefined
        ? []
        : [
            {
              id: "logs",
              kind: "activity-log" as const,
              title: "Logs.",
              mode: "cap" as const,
              rules,
            },
          ]),
    ],
  };
  const evidence: SiteEvidence = {
    salt: "00".repeat(32),
    windows: undefined,
    jobs: undefined,
    counters: [],
    logs: [{ name: "log", content: log }],
  };
  const period = { startMs: START, endMs: START + HOUR };
  const free = { mode: null, basis: null, terms: null, pause: null, duties: [] } as const;
  return {
    party: "made",
    terms,
    site: {
      site: "made/site",
      title: "Made",
      nodes: nodes.map(([device, accelerators]) => ({
        device,
        accelerator: "h100-sxm5",
        accelerators,
      })),
    },
    runs: [],
    period,
    duties: [
      ...(bound[0] > START ? [{ ...free, startMs: START, endMs: bound[0] }] : []),
      ...dutiesIfBound(terms, "made", mode, bound[0], bound[1]),
      ...(bound[1] < period.endMs ? [{ ...free, startMs: bound[1], endMs: period.endMs }] : []),
    ],
    feeds: [{ kind: "activity-log", feedClass: "operator" }],
    evidence,
    beside: nothingBeside,
    seal: sealEvidence(evidence),
    seed: "made",
  };
}

/** Records of training of given length that follow one another on each device. */
function training(
  fromMs: number,
  untilMs: number,
  lengthMs: number,
  flop: bigint,
  devices = ["node-1/gpu-0", "node-1/gpu-1"],
): string[] {
  const lines: string[] = [];
  for (const device of devices)
    for (let at = fromMs; at < untilMs; at += lengthMs)
      lines.push(
        JSON.stringify({
          device,
          start: new Date(at).toISOString(),
          end: new Date(at + lengthMs).toISOString(),
          workload: "run",
          activity: "training",
          flop: `${flop + BigInt(lines.length)}`,
        }),
      );
  return lines;
}
const logOf = (lines: readonly string[]) => utf8(lines.join("\n"));
const total = (limit: bigint): Limit => ({ per: "total", limit: `${limit} FLOP` });

/** Verdict and gaps of the limit. */
function ofLimit(asked: Asked) {
  const duty = judge(hourOf(asked)).duties.find(({ id }) => id === "limit");
  if (duty === undefined) throw new Error("expected the limit, got none");
  const { verdict, findings, gaps } = duty;
  return [verdict, findings.length, gaps.map(({ code }) => code)];
}

describe("a limit on what a log tells of", () => {
  const minutes = (flop: bigint) => training(START, START + HOUR, 300_000, flop);

  it("is kept where all time is told and no more was done, and broken where more was", () => {
    expect(ofLimit({ log: logOf(minutes(1000n)), limit: total(25_000n) })).toEqual([
      "verified",
      0,
      [],
    ]);
    expect(ofLimit({ log: logOf(minutes(1000n)), limit: total(23_000n) })).toEqual([
      "anomalous",
      1,
      [],
    ]);
  });

  it("is left open by time of which nothing is told, though nothing else rests on the log", () => {
    const dropped = minutes(1000n).filter((_, i) => i % 10 === 0);
    for (const per of ["total", "logical-run"] as const)
      for (const log of [utf8("\n"), logOf(dropped)])
        expect(ofLimit({ log, limit: { ...total(25_000n), per } })).toEqual([
          "unverified",
          0,
          ["could-exceed"],
        ]);
    // Above what all devices can do in an hour, nothing that is missing breaks it.
    expect(ofLimit({ log: utf8("\n"), limit: total(2n * MOST) })).toEqual(["verified", 0, []]);
  });

  it("counts no record of another time", () => {
    const next = training(START + HOUR, START + 2 * HOUR, 300_000, 1_000_000n);
    const log = logOf([...minutes(1000n), ...next]);
    expect(ofLimit({ log, limit: total(25_000n) })).toEqual(["verified", 0, []]);
    const [logs] = judge(
      hourOf({ log, limit: total(25_000n), rules: ["time-covered"] }),
    ).duties.filter(({ id }) => id === "logs");
    expect(logs?.verdict).toBe("anomalous");
  });

  it("is left open by a record across the seam of the judged time that could have broken it", () => {
    const log = logOf(training(START - HOUR / 2, START + HOUR, HOUR, MOST / 2n));
    const bound = [START + HOUR / 4, START + HOUR] as const;
    expect(ofLimit({ log, limit: total(1_000_000n), bound })).toEqual([
      "unverified",
      0,
      ["could-exceed"],
    ]);
  });

  it("counts of such a record at least what cannot have been done outside", () => {
    const log = logOf(training(START - HOUR / 4, START + HOUR, HOUR + HOUR / 4, MOST));
    expect(ofLimit({ log, limit: total(MOST) })).toEqual(["anomalous", 1, []]);
  });

  it("is not verified by nothing where it was in force for three minutes", () => {
    const log = logOf(training(START, START + HOUR, 300_000, MOST / 60n));
    const bound = [START + HOUR - 180_000, START + HOUR] as const;
    const { duties } = judge(hourOf({ log, limit: total(1000n), bound, rules: ["one-at-a-time"] }));
    expect(
      duties.map(({ id, verdict, gaps }) => [id, verdict, gaps.map(({ code }) => code)]),
    ).toEqual([
      ["limit", "unverified", ["could-exceed"]],
      ["logs", "unverified", ["time-too-short"]],
    ]);
  });

  it("is nothing at all in a pause if it is of training, and stays if it is of anything else", () => {
    const log = logOf(minutes(1000n));
    const limit = (activities: Limit["activities"]): Limit => ({ ...total(25_000n), activities });
    expect(ofLimit({ log, limit: limit(["training"]), mode: "pause" })[0]).toBe("anomalous");
    expect(ofLimit({ log, limit: limit(["training", "inference"]), mode: "pause" })[0]).toBe(
      "verified",
    );
  });
});

describe("what is no log, or cannot be told apart", () => {
  const packed = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 10, 1, 2, 3, 10);
  const wide = new Uint8Array(Buffer.from('{"device":"a"}\n{"device":"b"}\n', "utf16le"));

  it.each([
    ["gzip under another name", packed],
    ["UTF-16", wide],
    ["another program's fields", utf8('{"gpu":"a","t0":1}\n{"gpu":"b","t0":2}\n')],
  ])("%s accuses nobody, alone and in the evidence of a period", (_what, log) => {
    const subject = hourOf({ log, limit: total(1n), rules: ["time-covered", "log-whole"] });
    for (const { findings, gaps } of judge(subject).duties) {
      expect(findings).toEqual([]);
      expect(gaps.map(({ code }) => code)).toEqual(["log-unreadable"]);
    }
    const text = new TextDecoder().decode(log);
    const alone = judgeActivity(readActivityTable([{ name: "log", content: text }]), {
      window: { start: new Date(START).toISOString(), end: new Date(START + HOUR).toISOString() },
      devices: [{ device: "node-1/gpu-0", peak: { bf16: "1 FLOP/s" } }],
      limits: [],
    });
    expect(alone.findings).toEqual([]);
    expect(alone.verdict).toBe("unverified");
  });

  it("two accelerators of one name leave open what rests on the log", () => {
    const devices = ["a0", "a10"];
    const log = logOf(training(START, START + HOUR, HOUR, 1n, devices));
    const told = ofLimit({
      log,
      limit: total(1n),
      deviceNames: "{node}{number}",
      nodes: [
        ["a", 12],
        ["a1", 1],
      ],
    });
    expect(told).toEqual(["unverified", 0, ["log-devices-alike"]]);
  });
});
