import { type ActivityTerms, parseActivityTerms } from "@standstill/agreement";
import { readActivityTable } from "@standstill/evidence/activity";
import { sha256, toHex, utf8 } from "@standstill/record";
import { randomFrom } from "@standstill/statistics";
import { judgeActivity } from "@standstill/verification/logs";
import { describe, expect, it } from "vitest";

/**
 * Cheats written from `docs/activity-log.md` alone, the terms and the log, against a log that is made here and not by the
 * generator that the checks were tuned on: four devices train, three serve, one idles, six hours in records of five minutes.
 */
const START = Date.parse("2026-11-01T00:00:00Z");
const MINUTES = 5;
const WINDOWS = 72;
const h = (text: string) => toHex(sha256(utf8(text)));
const at = (window: number) => new Date(START + window * MINUTES * 60_000).toISOString();

type Line = { [field: string]: unknown } & { device: string; start: string; activity: string };
type Terms = { [field: string]: unknown } & {
  limits: { id: string; per: string; activities?: string[]; flop: string }[];
};
type Case = { lines: Line[]; terms: Terms };
type Cheat = (honest: Case) => Case;

const isTraining = ({ activity }: Line) => activity === "training";
const isServing = ({ activity }: Line) => activity === "inference";
const windowOf = ({ start }: Line) => (Date.parse(start) - START) / (MINUTES * 60_000);
const deviceOf = ({ device }: Line) => Number(device.slice(4));
const flopOf = ({ flop }: Line) => BigInt(flop as string);

function honestCase(): Case {
  const random = randomFrom("from the formats");
  const lines: Line[] = [];
  for (let w = 0; w < WINDOWS; w++) {
    const when = { start: at(w), end: at(w + 1), region: "coast" };
    const steps = 24 + random.below(9);
    for (let d = 0; d < 4; d++) {
      const tokens = steps * 64 * 1024;
      lines.push({
        device: `gpu-${d}`,
        ...when,
        activity: "training",
        workload: "pre",
        team: "north",
        model: "m7",
        modelSha256: h(`pre ${w}`),
        precision: "bf16",
        tokens,
        batchSize: 64,
        sequenceLength: 1024,
        flop: `${BigInt(tokens) * 42_000_000_000n}`,
        datasetSha256: h("web"),
        dataSources: ["web"],
        codeCommit: "a",
        configSha256: h("c"),
      });
    }
    for (let d = 4; d < 7; d++) {
      const tokens = 600_000 + random.below(1_500_000);
      lines.push({
        device: `gpu-${d}`,
        ...when,
        activity: "inference",
        workload: "serve",
        team: "south",
        model: "svc",
        modelSha256: h("svc"),
        precision: "bf16",
        tokens,
        flop: `${BigInt(tokens) * 26_000_000_000n}`,
        codeCommit: "b",
        configSha256: h("s"),
      });
    }
    lines.push({
      device: "gpu-7",
      ...when,
      activity: "idle",
      workload: "idle",
      team: "south",
      flop: "0",
      tokens: 0,
    });
  }
  const trained = lines.filter(isTraining).reduce((sum, line) => sum + flopOf(line), 0n);
  const limit = (id: string, percent: bigint, more: object) => ({
    id,
    per: "total",
    flop: `${(trained * percent) / 100n} FLOP`,
    ...more,
  });
  const terms: Terms = {
    window: { start: at(0), end: at(WINDOWS) },
    devices: [
      {
        device: "gpu-{0..7}",
        region: "coast",
        peak: { bf16: "1000000000000000 FLOP/s", fp8: "2000000000000000 FLOP/s" },
      },
    ],
    limits: [
      limit("run", 120n, { per: "logical-run", activities: ["training"] }),
      limit("training", 150n, { activities: ["training"] }),
      limit("all", 300n, {}),
    ],
    permitted: {
      activities: ["training", "inference", "evaluation", "idle"],
      teams: ["north", "south"],
      regions: ["coast"],
      dataSources: ["web", "books"],
      datasets: [
        { sha256: h("web"), sources: ["web"] },
        { sha256: h("books"), sources: ["books"] },
      ],
    },
    models: [
      { model: "m7", parameters: 7_000_000_000, activities: ["training", "evaluation"] },
      { model: "m7b", parameters: 7_000_000_000, activities: ["training"] },
      {
        model: "svc",
        parameters: 13_000_000_000,
        activities: ["inference"],
        weights: [h("svc")],
        flop: "10000000000000000000 FLOP",
      },
    ],
    changes: {
      mustBeDeclared: ["model", "codeCommit", "configSha256", "datasetSha256", "team", "precision"],
    },
    required: { training: ["flop", "tokens", "model", "datasetSha256", "team"] },
  };
  return { lines, terms };
}

function judged({ lines, terms }: Case) {
  const content = lines.map((line) => JSON.stringify(line)).join("\n");
  const parsed: ActivityTerms = parseActivityTerms(JSON.stringify(terms));
  return judgeActivity(readActivityTable([{ name: "log", content }]), parsed);
}

const each =
  (change: (line: Line, index: number, all: readonly Line[]) => Line): Cheat =>
  ({ lines, terms }) => ({ lines: lines.map(change), terms });
const only = (which: (line: Line) => boolean, change: (line: Line) => object): Cheat =>
  each((line) => (which(line) ? { ...line, ...change(line) } : line));
const drop =
  (which: (line: Line, index: number) => boolean): Cheat =>
  ({ lines, terms }) => ({
    lines: lines.filter((line, i) => !which(line, i)),
    terms,
  });
const under =
  (more: object): Cheat =>
  ({ lines, terms }) => ({ lines, terms: { ...terms, ...more } });
/** The limit on a run at so many percent of what is trained here. */
const runLimit =
  (percent: bigint): Cheat =>
  ({ lines, terms }) => {
    const [run] = terms.limits as [Terms["limits"][number]];
    const flop = (BigInt(run.flop.split(" ")[0] as string) * percent) / 120n;
    return {
      lines,
      terms: { ...terms, limits: [{ ...run, flop: `${flop} FLOP` }, ...terms.limits.slice(1)] },
    };
  };
const both =
  (...cheats: Cheat[]): Cheat =>
  (honest) =>
    cheats.reduce((one, cheat) => cheat(one), honest);
/** Every name that a piece can have, other for each piece. */
const names = (piece: number, line: Line) => ({
  workload: `w${piece}`,
  model: piece % 2 === 0 ? "m7" : "m7b",
  codeCommit: `k${piece}`,
  configSha256: h(`c${piece}`),
  modelSha256: h(`m${piece} ${windowOf(line)}`),
  datasetSha256: piece % 2 === 0 ? h("web") : h("books"),
  dataSources: [piece % 2 === 0 ? "web" : "books"],
  team: piece % 2 === 0 ? "north" : "south",
});
const late = (line: Line) => isTraining(line) && windowOf(line) >= 36;
const half = (line: Line) => isTraining(line) && deviceOf(line) > 1;
const asServing = (line: Line, tokens: bigint) => ({
  activity: "inference",
  workload: "serve",
  model: "svc",
  modelSha256: h("svc"),
  team: "south",
  codeCommit: "b",
  configSha256: h("s"),
  tokens: Number(tokens),
  flop: `${flopOf(line)}`,
  batchSize: null,
  sequenceLength: null,
  datasetSha256: null,
  dataSources: null,
});

/** What must be a finding. */
const FOUND: Record<string, Cheat> = {
  "evaluation that takes six operations a token": only(half, () => ({
    activity: "evaluation",
    workload: "eval",
  })),
  "an activity by another name": only(half, () => ({ activity: "other" })),
  "an activity in capitals": only(half, () => ({ activity: "Training" })),
  "new names every hour and a half": both(
    runLimit(70n),
    only(isTraining, (line) => names(Math.floor(windowOf(line) / 18), line)),
  ),
  "new names for each device": both(
    runLimit(40n),
    only(isTraining, (line) => names(deviceOf(line), line)),
  ),
  "new names every ten minutes": both(
    runLimit(30n),
    only(isTraining, (line) => names(Math.floor(windowOf(line) / 2), line)),
  ),
  "new names in every other record": both(
    runLimit(70n),
    only(isTraining, (line) => names(windowOf(line) % 2, line)),
  ),
  "new names from the middle on, with the weights of before": both(
    runLimit(70n),
    only(late, (line) => ({
      ...names(1, line),
      modelSha256: windowOf(line) === 36 ? h("pre 35") : h(`new ${windowOf(line)}`),
    })),
  ),
  "no hashes at all, and a new name every hour": both(
    runLimit(70n),
    only(isTraining, (line) => ({
      workload: `w${Math.floor(windowOf(line) / 12)}`,
      modelSha256: null,
      configSha256: null,
      codeCommit: null,
    })),
  ),
  "names that look alike": both(
    runLimit(70n),
    only(isTraining, (line) => ({
      workload: `pre${"\u200b".repeat(Math.floor(windowOf(line) / 12))}`,
    })),
  ),
  "every piece with a note that it is new": both(
    runLimit(70n),
    only(isTraining, (line) => {
      const piece = Math.floor(windowOf(line) / 12);
      return { workload: `w${piece}`, configSha256: h(`c${piece}`), note: "a new run" };
    }),
  ),
  "two hours of rest between two pieces": both(
    runLimit(50n),
    only(
      (line) => isTraining(line) && windowOf(line) >= 24,
      (line) =>
        windowOf(line) < 48
          ? {
              activity: "idle",
              workload: "idle",
              flop: "0",
              tokens: 0,
              model: null,
              modelSha256: null,
              datasetSha256: null,
              dataSources: null,
              batchSize: null,
              sequenceLength: null,
            }
          : names(1, line),
    ),
  ),
  "no compute and no tokens in half of the training": only(half, () => ({
    flop: null,
    tokens: null,
  })),
  "training without compute": only(isTraining, () => ({ flop: null })),
  "tokens on an idle device": only(
    ({ activity }) => activity === "idle",
    () => ({ tokens: 100 }),
  ),
  "compute on an idle device, in three records": only(
    (line) => line.activity === "idle" && windowOf(line) > 68,
    () => ({ flop: "100000000000000000" }),
  ),
  "a device in another region": only(
    (line) => line.device === "gpu-2" && windowOf(line) > 40,
    () => ({ region: "inland" }),
  ),
  "a device by a name that looks alike": only(
    (line) => line.device === "gpu-2" && windowOf(line) > 40,
    () => ({ device: "GPU-2" }),
  ),
  "other code from the middle on": only(late, () => ({ codeCommit: "z" })),
  "another team from the middle on": only(late, () => ({ team: "south" })),
  "other precision from the middle on": only(late, () => ({ precision: "fp8" })),
  "one record in fifty left out": drop((_line, i) => i % 50 === 3),
  "one record left out": drop((_line, i) => i === 200),
  "windows that overlap by ten seconds": each((line) => ({
    ...line,
    end: new Date(Date.parse(line.end as string) + 10_000).toISOString(),
  })),
  "a device that works on two things at once": ({ lines, terms }) => ({
    lines: [...lines, { ...(lines[0] as Line), workload: "beside", flop: "1" }],
    terms,
  }),
  "records outside the time": each((line, i) =>
    i === 5 ? { ...line, start: at(-1), end: at(0) } : line,
  ),
  "parents that nobody knows": only(isTraining, () => ({ parents: ["ghost"] })),
  "a workload that is its own parent": only(isTraining, () => ({ parents: ["pre"] })),
  "two workloads that are each other's parents": only(isTraining, (line) =>
    deviceOf(line) < 2 ? { workload: "x", parents: ["y"] } : { workload: "y", parents: ["x"] },
  ),
  "a parent that begins later": only(isTraining, (line) =>
    windowOf(line) < 36 ? { workload: "early", parents: ["later"] } : { workload: "later" },
  ),
  "a large teacher that is named": both(
    runLimit(101n),
    only(isTraining, () => ({ parents: ["serve"] })),
  ),
  "weights of the service to start from": only(
    (line) => isTraining(line) && windowOf(line) === 0,
    () => ({ modelSha256: h("svc") }),
  ),
  "data that was not approved": only(late, () => ({ datasetSha256: h("secret") })),
  "no data named where it must be": only(late, () => ({ datasetSha256: null })),
  "approved data with another origin": only(late, () => ({ dataSources: ["books"] })),
  "a source more than agreed": only(late, () => ({ dataSources: ["web", "secret"] })),
  "a source in capitals": only(isTraining, () => ({ dataSources: ["Web"] })),
  "a team that was not agreed": only(
    (line) => isServing(line) && windowOf(line) > 60,
    () => ({ team: "shadow" }),
  ),
  "an hour of training told again": each((line, i, all) =>
    isTraining(line) && windowOf(line) >= 36 && windowOf(line) < 60
      ? {
          ...line,
          tokens: (all[i - 8 * 24] as Line).tokens,
          flop: (all[i - 8 * 24] as Line).flop,
        }
      : line,
  ),
  "an hour of serving told again": each((line, i, all) =>
    isServing(line) && windowOf(line) >= 36 && windowOf(line) < 60
      ? {
          ...line,
          tokens: (all[i - 8 * 24] as Line).tokens,
          flop: (all[i - 8 * 24] as Line).flop,
        }
      : line,
  ),
  "serving that takes six operations a token": only(isServing, (line) => ({
    flop: `${flopOf(line) * 3n}`,
  })),
  "training told as serving with the tokens of training": only(half, (line) =>
    asServing(line, BigInt(line.tokens as number)),
  ),
  "a token too many in every third window": only(
    (line) => isTraining(line) && windowOf(line) % 12 === 0,
    (line) => ({ tokens: (line.tokens as number) + 1 }),
  ),
  "other weights in the service": only(
    (line) => isServing(line) && windowOf(line) > 40,
    () => ({ modelSha256: h("other") }),
  ),
  "a model in the service that is for training": only(
    (line) => isServing(line) && windowOf(line) > 40,
    () => ({ model: "m7" }),
  ),
  "more than the peak in one record": only(
    (line) => line.device === "gpu-0" && windowOf(line) === 5,
    () => ({ flop: `${306n * 10n ** 15n}`, tokens: 7_285_714 }),
  ),
  "an outage with work in it": under({
    outages: [{ devices: ["gpu-1"], start: at(12), end: at(16), reason: "x" }],
  }),
  "everything as evaluation, above the limit on all": both(
    ({ lines, terms }) => ({
      lines,
      terms: {
        ...terms,
        limits: terms.limits.map((one) =>
          one.id === "all" ? { ...one, flop: "1000000000000000000 FLOP" } : one,
        ),
      },
    }),
    only(isServing, () => ({ activity: "evaluation" })),
  ),
};

/** What is not a finding, and why: a gap that keeps it from being verified, or a place in the list of what is not found. */
const NOT_FOUND: Record<string, readonly [Cheat, "a gap" | "listed" | "allowed by the terms"]> = {
  "compute and tokens halved together": [
    only(isTraining, (line) => ({
      flop: `${flopOf(line) / 2n}`,
      tokens: (line.tokens as number) / 2,
    })),
    "listed",
  ],
  "training told as serving, with tokens to fit": [
    only(half, (line) => asServing(line, flopOf(line) / 26_000_000_000n)),
    "listed",
  ],
  "every window a second short": [
    each((line) => ({
      ...line,
      end: new Date(Date.parse(line.end as string) - 1000).toISOString(),
    })),
    "a gap",
  ],
  "serving without compute on the idle device": [
    only(
      ({ activity }) => activity === "idle",
      () => ({
        activity: "inference",
        workload: "serve",
        model: "svc",
        modelSha256: h("svc"),
        flop: null,
        tokens: null,
        codeCommit: "b",
        configSha256: h("s"),
        precision: "bf16",
      }),
    ),
    "a gap",
  ],
  "changes that the terms declare for all of the time": [
    both(
      only(late, () => ({ codeCommit: "z", team: "south" })),
      under({
        changes: {
          mustBeDeclared: ["codeCommit", "team"],
          declared: [{ from: at(0), until: at(WINDOWS), reason: "all" }],
        },
      }),
    ),
    "allowed by the terms",
  ],
  "an outage for most of the time": [
    both(
      under({ outages: [{ devices: ["gpu-1"], start: at(10), end: at(72), reason: "x" }] }),
      drop((line) => line.device === "gpu-1" && windowOf(line) >= 10),
    ),
    "a gap",
  ],
  "times with an offset": [
    each((line) => ({ ...line, start: line.start.replace("Z", "+00:00") })),
    "allowed by the terms",
  ],
};

describe("cheats written from the formats alone", () => {
  it("the honest log is verified", () => {
    const { verdict, findings, gaps } = judged(honestCase());
    expect({ verdict, findings, gaps }).toEqual({ verdict: "verified", findings: [], gaps: [] });
  });

  it("there are more than fifty", () => {
    expect(Object.keys(FOUND).length + Object.keys(NOT_FOUND).length).toBeGreaterThan(50);
  });

  it.each(Object.entries(FOUND))("found: %s", (_name, cheat) => {
    expect(judged(cheat(honestCase())).verdict).toBe("anomalous");
  });

  it.each(Object.entries(NOT_FOUND))("not found: %s", (_name, [cheat, why]) => {
    const { verdict, gaps } = judged(cheat(honestCase()));
    expect(verdict).toBe(why === "a gap" ? "unverified" : "verified");
    expect(gaps.length > 0).toBe(why === "a gap");
  });
});
