import { type ActivityTerms, parseActivityTerms } from "@standstill/agreement";
import { readActivityTable } from "@standstill/evidence/activity";
import { sha256, toHex, utf8 } from "@standstill/record";
import { randomFrom } from "@standstill/statistics";
import { judgeActivity, logChecks } from "@standstill/verification/logs";
import {
  type ActivityCase,
  activityEvasions,
  honestActivity,
  logText,
} from "@standstill/verification/play";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";

const judge = (content: string, terms: ActivityTerms) =>
  judgeActivity(readActivityTable([{ name: "log", content }]), terms);
const judged = ({ records, terms }: ActivityCase) => judge(logText(records, false), terms);
const hashed = (line: string) => toHex(sha256(utf8(line)));
const SIZES = [0.02, 0.1, 0.5, 1];
const base = (seed: string) => honestActivity(seed, { devices: 8, minutes: 240 });

describe("honest logs with ordinary mess", () => {
  it("200 of them: none is accused, and all come out verified; the slow lane tries 1,000", () => {
    const others: string[] = [];
    for (let i = 0; i < 200; i++) {
      const verdict = judged(honestActivity(`honest ${i}`, { devices: 4 + (i % 5), minutes: 120 }));
      if (verdict.verdict !== "verified") others.push(JSON.stringify(verdict).slice(0, 300));
    }
    expect(others).toEqual([]);
  }, 120_000);

  it("verdicts are the same bytes whatever the order of lines", () => {
    const honest = base("order");
    const lines = logText(honest.records, false).trim().split("\n");
    const byDevice = [...lines].sort();
    const told = (text: string) => JSON.stringify(judge(text, honest.terms));
    expect(told(byDevice.join("\n"))).toBe(told(lines.join("\r\n")));
  });
});

describe("each evasion of the catalogue, committed against honest logs", () => {
  it.each(activityEvasions.map((evasion) => [evasion.id, evasion] as const))(
    "%s is found at every size",
    (_id, { commit, edit }) => {
      let tried = 0;
      for (const size of SIZES) {
        for (let i = 0; i < 4; i++) {
          const honest = base(`base ${i}`);
          const random = randomFrom(`${_id} ${size} ${i}`);
          const cheat = commit(honest, random, size);
          if (cheat === undefined) continue;
          const text = logText(cheat.records, true);
          const { verdict } = judge(edit === undefined ? text : edit(text, random), cheat.terms);
          // A minute that is missing of four hours is within what is tolerated: it is told as a gap.
          const isTolerated = _id === "dropped-records" && size < 0.1;
          expect(
            isTolerated ? ["anomalous", "unverified"] : ["anomalous"],
            `${size} ${i}`,
          ).toContain(verdict);
          tried++;
        }
      }
      expect(tried).toBeGreaterThan(6);
    },
  );

  it("in pairs: none hides another", () => {
    const missed: string[] = [];
    let tried = 0;
    for (const [k, one] of activityEvasions.entries()) {
      for (const other of activityEvasions.slice(k + 1)) {
        const random = randomFrom(`${one.id} ${other.id}`);
        const first = one.commit(base(`pair ${k % 3}`), random, 0.3);
        const both = first === undefined ? undefined : other.commit(first, random, 0.3);
        if (both === undefined) continue;
        let text = logText(both.records, true);
        for (const { edit } of [one, other]) text = edit === undefined ? text : edit(text, random);
        tried++;
        if (judge(text, both.terms).verdict !== "anomalous") missed.push(`${one.id}, ${other.id}`);
      }
    }
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(120);
  }, 120_000);

  it("no check is decoration: each finds something in some evasion or in a log of its own", () => {
    const found = new Set<string>();
    for (const { id, commit, edit } of activityEvasions) {
      for (const size of SIZES) {
        const random = randomFrom(`${id} ${size}`);
        const cheat = commit(base("ablation"), random, size);
        if (cheat === undefined) continue;
        const text = logText(cheat.records, true);
        const verdict = judge(edit === undefined ? text : edit(text, random), cheat.terms);
        for (const { check } of verdict.findings) found.add(check);
      }
    }
    // These have cases of their own below.
    const own = ["written-in-order", "fields-there", "steady-work", "batches-and-tokens"];
    for (const check of own) found.add(check);
    const accusing = logChecks.filter(({ accuses }) => accuses);
    expect(accusing.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });
});

const HOUR = Date.parse("2026-11-01T00:00:00Z");
const at = (minute: number) => new Date(HOUR + minute * 60_000).toISOString();
const terms = (more: object = {}) =>
  parseActivityTerms(
    JSON.stringify({
      window: { start: at(0), end: at(60) },
      devices: [{ device: "gpu-{0..1}", peak: { bf16: "1e15 FLOP/s", fp8: "2e15 FLOP/s" } }],
      limits: [{ id: "run", per: "logical-run", flop: "1e19 FLOP" }],
      ...more,
    }),
  );
const record = (device: number, from: number, to: number, more: object = {}) => ({
  device: `gpu-${device}`,
  start: at(from),
  end: at(to),
  workload: "w",
  activity: "training",
  flop: "1000000000000000000",
  ...more,
});
const text = (...records: object[]) => records.map((one) => JSON.stringify(one)).join("\n");
const whole = (more: object = {}) => [record(0, 0, 60, more), record(1, 0, 60, more)];
const checks = ({ findings }: { findings: readonly { check: string }[] }) => [
  ...new Set(findings.map(({ check }) => check)),
];

describe("what counts against a limit", () => {
  it("twice the same record counts once; 1e18 FLOP twice are 2e18", () => {
    const { verdict, obligations } = judge(text(...whole(), ...whole()), terms());
    expect(verdict).toBe("verified");
    expect(obligations[0]).toEqual({
      id: "run",
      limit: "10000000000000000000 FLOP",
      kept: true,
      counted: "2000000000000000000 FLOP",
    });
  });

  it("a limit is kept at its last FLOP, and exceeded by one more", () => {
    const exact = (flop: string) =>
      judge(
        text(record(0, 0, 60, { flop }), record(1, 0, 60, { activity: "idle", flop: "0" })),
        terms({
          limits: [{ id: "run", per: "logical-run", flop: "1234567890123456789 FLOP" }],
        }),
      ).obligations[0]?.kept;
    expect([exact("1234567890123456789"), exact("1234567890123456790")]).toEqual([true, false]);
  });

  it("tokens count where FLOP are not stated, and the peak where neither is", () => {
    const models = [{ model: "m", parameters: 1_000_000_000 }];
    const told = judge(
      text(
        record(0, 0, 60, { flop: undefined, model: "m", tokens: 1_000_000 }),
        record(1, 0, 60, { flop: undefined, model: "m" }),
      ),
      terms({ models }),
    );
    expect(told.obligations[0]).toMatchObject({ counted: "6000000000000000 FLOP", kept: true });
    const tight = judge(
      text(record(0, 0, 60, { flop: undefined }), record(1, 0, 60)),
      terms({
        limits: [{ id: "run", per: "logical-run", flop: "2e18 FLOP" }],
      }),
    );
    expect(tight.verdict).toBe("unverified");
    expect(tight.gaps.map(({ code }) => code)).toContain("could-exceed");
  });

  it("a run counts with its ancestors, each once, and two children of one base are two runs", () => {
    const limits = [{ id: "run", per: "logical-run", flop: "2500000000000000000 FLOP" }];
    const named = (workload: string, more: object = {}) => ({ workload, model: workload, ...more });
    const child = (workload: string) => named(workload, { parents: ["base"] });
    const two = text(
      ...[record(0, 0, 20, named("base")), record(1, 0, 20, { activity: "idle", flop: "0" })],
      ...[record(0, 20, 60, child("a")), record(1, 20, 60, child("b"))],
    );
    expect(judge(two, terms({ limits })).verdict).toBe("verified");
    const merged = text(
      ...[record(0, 0, 20, named("base")), record(1, 0, 20, { activity: "idle", flop: "0" })],
      ...[record(0, 20, 40, child("a")), record(1, 20, 60, child("b"))],
      record(0, 40, 60, named("merge", { parents: ["a", "b"] })),
    );
    const { obligations, findings } = judge(merged, terms({ limits }));
    expect(obligations[0]?.counted).toBe("4000000000000000000 FLOP");
    expect(findings[0]?.sentence).toContain("merge");
  });

  it("what taught a run counts, and what serves it does not", () => {
    const limits = [
      { id: "run", per: "logical-run", activities: ["training"], flop: "1500000000000000000 FLOP" },
    ];
    const teacher = record(0, 0, 60, { workload: "teacher", activity: "inference" });
    const student = record(1, 30, 60, { workload: "student", parents: ["teacher"] });
    const before = record(1, 0, 30, { activity: "idle", flop: "0" });
    expect(judge(text(teacher, before, student), terms({ limits })).verdict).toBe("anomalous");
    const served = record(0, 0, 60, {
      workload: "served",
      activity: "inference",
      parents: ["student"],
    });
    const first = record(1, 0, 60, { workload: "student" });
    expect(judge(text(served, first), terms({ limits })).verdict).toBe("verified");
  });
});

describe("single findings", () => {
  it.each([
    ["time-covered", [record(0, 0, 60), record(1, 0, 30)], {}],
    ["time-covered", [...whole(), record(0, 60, 61)], {}],
    ["one-at-a-time", [...whole(), record(0, 10, 20, { workload: "x" })], {}],
    [
      "one-at-a-time",
      [record(0, 0, 30, { region: "a" }), record(0, 30, 60, { region: "b" }), record(1, 0, 60)],
      {},
    ],
    ["work-possible", whole({ flop: "7200000000000000001" }), {}],
    ["work-possible", whole({ flop: "3600000000000000001", precision: "bf16" }), {}],
    ["idle-tells-no-work", whole({ activity: "idle" }), {}],
    ["fields-there", whole(), { required: { training: ["team"] } }],
    ["permitted", whole(), { permitted: { activities: ["inference"] } }],
    ["permitted", whole(), { models: [{ model: "m", parameters: 1 }] }],
    ["provenance", whole({ parents: ["nobody"] }), {}],
    [
      "provenance",
      [
        record(0, 0, 60, { workload: "a", parents: ["b"] }),
        record(1, 0, 60, { workload: "b", parents: ["a"] }),
      ],
      {},
    ],
    [
      "data-origin",
      [
        record(0, 0, 60, { datasetSha256: "0".repeat(64), dataSources: ["a"] }),
        record(1, 0, 60, { datasetSha256: "0".repeat(64), dataSources: ["b"] }),
      ],
      {},
    ],
  ])("%s", (check, records, more) => {
    const verdict = judge(text(...records), terms(more));
    expect(checks(verdict)).toContain(check);
    expect(verdict.verdict).toBe("anomalous");
  });

  it("training that tells of too little: half of the windows at a third, or less of the peak than agreed", () => {
    const minutes = (flopOf: (minute: number) => number) =>
      text(
        ...[0, 1].flatMap((device) =>
          Array.from({ length: 60 }, (_, minute) =>
            record(device, minute, minute + 1, { flop: flopOf(minute) }),
          ),
        ),
      );
    expect(
      checks(
        judge(
          minutes((minute) => (minute % 2 === 0 ? 3e15 : 1e15)),
          terms(),
        ),
      ),
    ).toEqual(["steady-work"]);
    expect(
      judge(
        minutes((minute) => (minute % 10 === 0 ? 0 : 3e15)),
        terms(),
      ).verdict,
    ).toBe("verified");
    const least = { tolerances: { leastUtilization: "0.1" } };
    expect(
      checks(
        judge(
          minutes(() => 3e15),
          terms(least),
        ),
      ),
    ).toEqual(["steady-work"]);
  });

  it("tokens that are no whole batches, or no whole sequences, where most others of the workload are", () => {
    const minutes = (tokensOf: (minute: number, device: number) => number) =>
      text(
        ...[0, 1].flatMap((device) =>
          Array.from({ length: 60 }, (_, minute) => {
            const tokens = tokensOf(minute, device);
            return record(device, minute, minute + 1, {
              flop: "1000000000000000",
              tokens,
              batchSize: 8,
              sequenceLength: 1024,
            });
          }),
        ),
      );
    const odd = (minute: number) => (minute === 7 ? 1 : 0);
    const told = (tokensOf: (minute: number, device: number) => number) =>
      checks(judge(minutes(tokensOf), terms()));
    expect(told((minute) => 8192 * (10 + (minute % 3)))).toEqual([]);
    expect(told((minute) => 8192 * 10 + odd(minute))).toEqual(["batches-and-tokens"]);
    expect(told((minute) => 4096 * (21 + 2 * (minute % 3)))).toEqual([]);
    expect(told((minute, device) => 4096 * 21 + odd(minute) * device)).toEqual([
      "batches-and-tokens",
    ]);
    expect(told((minute) => 1000 + minute)).toEqual([]);
    // A step that ends between two windows counts in either: devices need not agree.
    expect(told((minute, device) => 1024 * (42 + device * odd(minute)))).toEqual([]);
  });

  it("a sequence length that changes to what the tokens do not fit", () => {
    const log = text(
      ...Array.from({ length: 60 }, (_, minute) =>
        record(0, minute, minute + 1, {
          flop: "1000000000000000",
          tokens: 4096 * (20 + (minute % 3)),
          batchSize: 8,
          sequenceLength: minute < 40 ? 1024 : 1000,
        }),
      ),
      record(1, 0, 60, { activity: "idle", flop: "0" }),
    );
    expect(checks(judge(log, terms()))).toEqual(["batches-and-tokens"]);
  });

  it("what is told of a device and was another one's, later or at once; not where devices share their work", () => {
    const random = randomFrom("copied");
    const values = (device: number) =>
      Array.from({ length: 60 }, () => `${10n ** 15n + BigInt(device + random.below(1_000_000))}`);
    const told = (of: (device: number, minute: number) => string, devices = 4) =>
      checks(
        judge(
          text(
            ...Array.from({ length: devices }, (_, device) =>
              Array.from({ length: 60 }, (_, minute) =>
                record(device, minute, minute + 1, { flop: of(device, minute) }),
              ),
            ).flat(),
          ),
          terms({
            devices: [{ device: `gpu-{0..${devices - 1}}`, peak: { bf16: "1e15 FLOP/s" } }],
          }),
        ),
      );
    const own = Array.from({ length: 4 }, (_, device) => values(device));
    const flopOf = (device: number, minute: number) => own[device]?.[minute] as string;
    expect(told(flopOf)).toEqual([]);
    expect(told((_, minute) => flopOf(0, minute))).toEqual([]);
    expect(told((device, minute) => flopOf(device >> 1, minute))).toEqual([]);
    expect(told((device, minute) => flopOf(device === 1 ? 0 : device, minute))).toEqual(["copied"]);
    const later = (device: number, minute: number) =>
      device === 1 && minute >= 30 ? flopOf(0, minute - 30) : flopOf(device, minute);
    expect(told(later)).toEqual(["copied"]);
  });

  it("a long log of values that all differ is not taken for copied, where hashes of 32 bits would meet", () => {
    const random = randomFrom("long");
    const lines: string[] = [];
    const minutes = 12_000;
    for (let device = 0; device < 16; device++)
      for (let minute = 0; minute < minutes; minute++)
        lines.push(
          JSON.stringify(
            record(device, minute, minute + 1, {
              flop: `${10n ** 15n + BigInt(random.below(1_000_000_000))}`,
            }),
          ),
        );
    const verdict = judge(
      lines.join("\n"),
      terms({
        window: { start: at(0), end: at(minutes) },
        devices: [{ device: "gpu-{0..15}", peak: { bf16: "1e15 FLOP/s" } }],
        limits: [{ id: "run", per: "logical-run", flop: "1e24 FLOP" }],
      }),
    );
    expect(checks(verdict)).toEqual([]);
  }, 60_000);

  it("a model whose weights the terms know, served without saying with which", () => {
    const weights = "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab";
    const models = [{ model: "m", parameters: 1_000_000_000, weights: [weights] }];
    const log = (more: object) =>
      text(
        ...whole({
          activity: "inference",
          model: "m",
          tokens: 1_000_000,
          ...more,
          flop: "2000000000000000",
        }),
      );
    expect(judge(log({ modelSha256: weights }), terms({ models })).verdict).toBe("verified");
    const { findings, gaps } = judge(log({}), terms({ models }));
    expect([findings, gaps.map(({ code }) => code)]).toEqual([[], ["weights-not-told"]]);
  });

  it("what pieces share is told of pieces with different names only", () => {
    const model = { model: "m", tokens: 400_000_000, team: "north", codeCommit: "c" };
    const models = [{ model: "m", parameters: 400_000_000 }];
    const other = { workload: "v", codeCommit: "d", configSha256: "e", team: "south" };
    const log = text(
      record(0, 0, 30, { ...model, configSha256: "a" }),
      record(0, 30, 60, { ...model, configSha256: "b" }),
      record(1, 0, 60, { ...model, ...other }),
    );
    const limits = [{ id: "run", per: "logical-run", flop: "2500000000000000000 FLOP" }];
    const [finding] = judge(log, terms({ limits, models })).findings.filter(
      ({ check }) => check === "limits",
    );
    expect(finding?.sentence).toContain("the same model");
    expect(finding?.sentence).not.toContain("the same code");
    expect(finding?.sentence).not.toContain("the same team");
  });

  it("in a log kept as a chain, a record that stands after later ones", () => {
    const honest = base("late");
    const lines = logText(honest.records, true).trim().split("\n");
    expect(checks(judge(lines.join("\n"), honest.terms))).toEqual([]);
    const late = honest.records.map((one, i) => ({ ...one, at: i === 5 ? 9e15 : one.start }));
    const rechained: string[] = [];
    for (const { at: _at, ...one } of late.sort((a, b) => a.at - b.at)) {
      rechained.push(JSON.parse(logText([one], false)));
    }
    let before: string | undefined;
    const chained = rechained.map((one) => {
      const line = JSON.stringify({
        ...(one as unknown as object),
        ...(before === undefined ? {} : { previous: before }),
      });
      before = hashed(line);
      return line;
    });
    expect(checks(judge(chained.join("\n"), honest.terms))).toEqual(["written-in-order"]);
  });

  it("evasions that the terms ask to exclude and a log cannot show leave it unverified", () => {
    const { verdict, gaps } = judge(
      text(...whole()),
      terms({ evasions: ["splitting", "invented-log", "magic"] }),
    );
    expect(verdict).toBe("unverified");
    expect(gaps.map(({ numbers }) => numbers?.evasion)).toEqual(["invented-log", "magic"]);
  });
});

describe("several logs", () => {
  it("are judged as one, and findings name the file: a run that is spread over two sites is one run", () => {
    const limits = [{ id: "run", per: "logical-run", flop: "1500000000000000000 FLOP" }];
    const named = { configSha256: "1".repeat(64), parents: ["nobody"] };
    const files = [
      { name: "north", content: text(record(0, 0, 60, { ...named, workload: "a" })) },
      {
        name: "south",
        content: text(record(1, 0, 60, { ...named, workload: "b", parents: ["c"] })),
      },
      { name: "east", content: text(record(1, 60, 61, { workload: "c" })) },
    ];
    const { findings } = judgeActivity(readActivityTable(files), terms({ limits }));
    const of = (check: string) =>
      findings.filter((one) => one.check === check).map(({ records }) => records);
    expect(of("limits")).toEqual([expect.arrayContaining(["north:1", "south:1"])]);
    expect(of("provenance")).toEqual([["north:1"], ["south:1"]]);
  });
});

describe("outages", () => {
  const outage = (from: number, to: number, devices?: string[]) => ({
    start: at(from),
    end: at(to),
    reason: "cooling",
    ...(devices === undefined ? {} : { devices }),
  });

  it("excuse what is missing, many short ones as one long one, and nothing beside them", () => {
    const tolerances = { outages: "0.5" };
    const short = Array.from({ length: 10 }, (_, i) => outage(10 + i, 11 + i, ["gpu-1"]));
    const log = text(record(0, 0, 60), record(1, 0, 10), record(1, 20, 60));
    const overlapping = [outage(10, 18, ["gpu-1"]), outage(12, 20, ["gpu-1"])];
    for (const outages of [short, [outage(10, 20, ["gpu-1"])], overlapping]) {
      expect(judge(log, terms({ outages, tolerances })).verdict).toBe("verified");
    }
    const [, ...less] = short;
    expect(judge(log, terms({ outages: less, tolerances })).verdict).toBe("anomalous");
    const many = judge(log, terms({ outages: short }));
    expect(many.findings).toEqual([]);
    expect(many.gaps.map(({ code }) => code)).toEqual(["outages-many"]);
  });

  it("a device that works while it is out is told of, and one that is idle is not", () => {
    const during = (activity: string) =>
      text(
        record(0, 0, 60),
        record(1, 0, 10),
        record(1, 10, 12, { activity, flop: "0" }),
        record(1, 12, 60),
      );
    const outages = [outage(9, 13, ["gpu-1"]), outage(40, 41, ["gpu-0"])];
    expect(checks(judge(during("training"), terms({ outages })))).toEqual(["time-covered"]);
    const own = [outage(9, 13, ["gpu-1"])];
    expect(judge(during("idle"), terms({ outages: own })).verdict).toBe("verified");
    const edge = [outage(10, 12.4, ["gpu-1"])];
    expect(judge(during("idle"), terms({ outages: edge })).verdict).toBe("verified");
  });
});

describe("logs that others write", () => {
  it("null is not told, idle devices need no workload, and FLOP may be a number with an exponent", () => {
    const lines = text(record(0, 0, 60, { team: null, flop: 1.5e18, parents: null }), {
      ...record(1, 0, 60, { activity: "idle", flop: null }),
      workload: undefined,
    });
    const { verdict, obligations } = judge(lines, terms());
    expect([verdict, obligations[0]?.counted]).toEqual(["verified", "1500000000000000000 FLOP"]);
  });

  it("unknown fields and activities by other names are told as gaps, and hide nothing", () => {
    const told = judge(text(...whole({ colour: "red", activity: "pre-training" })), terms());
    expect(told.verdict).toBe("unverified");
    expect(told.gaps.map(({ code }) => code)).toEqual(["fields-unknown", "activity-unknown"]);
    expect(
      checks(
        judge(
          text(...whole({ activity: "pre-training" })),
          terms({ permitted: { activities: ["training"] } }),
        ),
      ),
    ).toEqual(["permitted"]);
  });

  it("one service with several models, and one trial of several, change nothing", () => {
    const model = (name: string) => ({ activity: "inference", model: name, team: name });
    expect(
      judge(
        text(
          record(0, 0, 30, model("a")),
          record(1, 0, 60, model("b")),
          record(0, 30, 60, model("a")),
        ),
        terms(),
      ).verdict,
    ).toBe("verified");
    const trial = (name: string) => ({ activity: "evaluation", model: name });
    expect(
      judge(
        text(
          record(0, 0, 30, trial("a")),
          record(0, 30, 60, trial("b")),
          record(1, 0, 60, trial("c")),
        ),
        terms(),
      ).verdict,
    ).toBe("verified");
    const swapped = text(
      record(0, 0, 30, model("a")),
      record(0, 30, 60, model("b")),
      record(1, 0, 60),
    );
    expect(checks(judge(swapped, terms()))).toEqual(["one-context"]);
  });

  it("training may begin with the weights of a model that is served under another name", () => {
    const weights = "1".repeat(64);
    const served = record(0, 0, 60, {
      activity: "inference",
      workload: "s",
      model: "base",
      modelSha256: weights,
    });
    const tuned = record(1, 0, 60, { model: "tuned", modelSha256: weights });
    expect(judge(text(served, tuned), terms()).findings).toEqual([]);
  });
});

describe("bad input has a defined answer", () => {
  it("no records, one device, lines that are none, texts that are strange", () => {
    expect(judge("", terms())).toMatchObject({ verdict: "anomalous" });
    expect(judge('\n\n{}\nnull\n[]\n"x"\n', terms()).gaps.map(({ code }) => code)).toContain(
      "log-unreadable",
    );
    const strange = {
      workload: "\u0000__proto__\u202e",
      model: "constructor",
      parents: ["toString"],
    };
    expect(judge(text(...whole(strange)), terms()).verdict).toBe("anomalous");
  });

  it("a hundred thousand tiny runs that continue one another end in time, and count together", () => {
    const many = Array.from(
      { length: 100_000 },
      (_, i) =>
        `{"device":"gpu-0","start":"${new Date(HOUR + i * 36).toISOString()}","end":"${new Date(HOUR + (i + 1) * 36).toISOString()}","workload":"w${i}","activity":"training","flop":"10"${i === 0 ? "" : `,"parents":["w${i - 1}"]`}}`,
    ).join("\n");
    const start = performance.now();
    const { obligations } = judge(many, terms());
    expect(obligations[0]?.counted).toBe("1000000 FLOP");
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it("a peak that the terms leave blank is unknown, and never zero", () => {
    const devices = [{ device: "gpu-{0..1}", peak: {} }];
    const { verdict, findings, gaps } = judge(text(...whole()), terms({ devices }));
    expect([verdict, findings, gaps.map(({ code }) => code)]).toEqual([
      "unverified",
      [],
      ["peak-unknown"],
    ]);
  });

  it("any terms under any of some records: a verdict without NaN", () => {
    const name = fc.constantFrom("gpu-0", "gpu-1", "w", "v", "m");
    const instant = fc.nat(70).map(at);
    const zero = fc.constantFrom("0", "0.5", "1", "999999");
    const flop = fc.constantFrom("0 FLOP", "1 FLOP", "1e18 FLOP", "1e30 FLOP");
    const some = fc.record(
      {
        devices: fc.constantFrom(
          [{ device: "gpu-0", peak: { bf16: "0 FLOP/s" } }],
          [{ device: "gpu-{0..3}", peak: { fp8: "1 FLOP/s" }, region: "a" }],
        ),
        limits: fc.array(
          fc.record(
            { id: name, per: fc.constantFrom("logical-run", "total"), flop },
            { requiredKeys: ["id", "per", "flop"] },
          ),
          { maxLength: 3 },
        ),
        permitted: fc.record(
          { teams: fc.array(name), dataSources: fc.array(name), regions: fc.array(name) },
          { requiredKeys: [] },
        ),
        models: fc.array(
          fc.record({
            model: name,
            parameters: fc.constantFrom(1, 7e9, Number.MAX_SAFE_INTEGER),
            flop,
          }),
          { maxLength: 2 },
        ),
        outages: fc.array(
          fc.record(
            { devices: fc.array(name), start: instant, end: instant, reason: fc.constant("x") },
            { requiredKeys: ["start", "end", "reason"] },
          ),
          { maxLength: 3 },
        ),
        tolerances: fc.record(
          {
            missing: zero,
            outages: zero,
            utilization: zero,
            leastUtilization: zero,
            flopPerToken: fc.record({ low: zero, high: zero }),
          },
          { requiredKeys: [] },
        ),
        evasions: fc.array(name, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    const one = fc
      .tuple(
        fc.nat(1),
        fc.nat(50),
        fc.integer({ min: 1, max: 20 }),
        name,
        name,
        fc.constantFrom("training", "inference", "idle", "other"),
        fc.nat(5),
      )
      .map(([device, from, length, workload, model, activity, tokens]) =>
        record(device, from, from + length, {
          workload,
          model,
          activity,
          tokens,
          team: model,
          region: workload,
          parents: [model],
          dataSources: [workload],
        }),
      );
    fc.assert(
      fc.property(some, fc.array(one, { maxLength: 15 }), (more, records) => {
        const told = JSON.stringify(judge(text(...records), terms(more)));
        expect(told).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: scaled(600) },
    );
  });

  it("any lines: a verdict without NaN, or a typed error", () => {
    const value = fc.oneof(
      fc.constantFrom(
        "gpu-0",
        "gpu-1",
        at(0),
        at(30),
        at(60),
        "training",
        "idle",
        "1000",
        "w",
        "v",
      ),
      fc.integer(),
      fc.array(fc.constantFrom("w", "v", "x"), { maxLength: 3 }),
      fc.string(),
    );
    const field = fc.constantFrom(
      "device",
      "start",
      "end",
      "workload",
      "activity",
      "flop",
      "tokens",
      "parents",
      "model",
      "note",
      "precision",
    );
    const line = fc.dictionary(field, value).map((more) => JSON.stringify(record(0, 0, 60, more)));
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 12 }), (lines) => {
        const told = JSON.stringify(judge(lines.join("\n"), terms()));
        expect(told).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: scaled(500) },
    );
  });
});

describe("terms for activity logs", () => {
  it("ranges are written out, amounts may have exponents, and a fault names its line", () => {
    const parsed = parseActivityTerms(
      "window: { start: 2026-11-01T00:00:00Z, end: 2026-11-02T00:00:00Z }\ndevices:\n  - { device: 'node-{01..03}/gpu-{0..1}', peak: { bf16: 9.894e14 FLOP/s } }\nlimits: []\n",
    );
    expect(parsed.devices.map(({ device }) => device)).toEqual([
      ...["node-01/gpu-0", "node-01/gpu-1", "node-02/gpu-0"],
      ...["node-02/gpu-1", "node-03/gpu-0", "node-03/gpu-1"],
    ]);
    expect(parsed.devices[0]?.peak.bf16).toBe("989400000000000 FLOP/s");
    expect(() =>
      parseActivityTerms(
        "window: { start: 2026-11-02T00:00:00Z, end: 2026-11-01T00:00:00Z }\ndevices: [{ device: a, peak: {} }]\nlimits: []\n",
      ),
    ).toThrow(/end after the start/);
    expect(() => parseActivityTerms("window:\n  start: yesterday\n")).toThrow(
      expect.objectContaining({ name: "AgreementError", place: expect.stringContaining("line 2") }),
    );
    expect(() =>
      parseActivityTerms(
        JSON.stringify({
          window: { start: at(0), end: at(1) },
          limits: [],
          devices: [{ device: "a-{0..999999}-{0..999999}", peak: {} }],
        }),
      ),
    ).toThrow(/at most 1000000/);
  });
});

describe("what workloads continue", () => {
  const terms = parseActivityTerms(
    JSON.stringify({
      window: { start: "2026-11-01T00:00:00Z", end: "2026-11-01T03:00:00Z" },
      devices: [{ device: "gpu-0", peak: { bf16: "1000000000000000 FLOP/s" } }],
      limits: [{ id: "run", per: "logical-run", flop: "1000000000000000000 FLOP" }],
    }),
  );
  /** One workload after the other on one device, an hour each, with the parents that each names. */
  const provenanceOf = (
    ...told: readonly (readonly [workload: string, ...parents: string[]])[]
  ) => {
    const lines = told.map(([workload, ...parents], i) =>
      JSON.stringify({
        device: "gpu-0",
        activity: "training",
        flop: "1",
        workload,
        parents,
        start: `2026-11-01T0${i}:00:00Z`,
        end: `2026-11-01T0${i + 1}:00:00Z`,
      }),
    );
    return judge(lines.join("\n"), terms)
      .findings.filter(({ check }) => check === "provenance")
      .map(({ sentence }) => sentence);
  };

  it("goes in no circle, of two or of one, and a restart may name its own workload", () => {
    expect(provenanceOf(["a"], ["b", "a"], ["c", "b", "a"])).toEqual([]);
    expect(provenanceOf(["a", "b"], ["b", "a"], ["c"]).join()).toMatch(/a, b are their own/);
    expect(provenanceOf(["a", "a"], ["a", "a"], ["c"])).toEqual(["a is its own ancestor."]);
    expect(provenanceOf(["a"], ["a", "a"], ["c", "a"])).toEqual([]);
  });
});
