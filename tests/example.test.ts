import { readFileSync } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseDraft } from "@standstill/agreement";
import { randomFrom } from "@standstill/statistics";
import type { Subject } from "@standstill/verification";
import {
  honestActivity,
  honestSite,
  type PlayedSite,
  siteEvasions,
  siteTerms,
} from "@standstill/verification/play";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { standstill } from "./support/standstill.ts";

const directory = inject("exampleDirectory");
const answer = JSON.parse(inject("exampleAnswer"));
const party = (id: string) => answer.parties.find((one: { id: string }) => one.id === id);

describe("standstill case", () => {
  it("lists cases with their steps, and what is due", async () => {
    const listed = await standstill(["case", "list", directory, "--json"]);
    const [first] = JSON.parse(listed.stdout).cases;
    expect(first.steps.map(({ standing }: { standing: string }) => standing)).toEqual([
      ...["due", "to-come", "to-come"],
    ]);
    const due = await standstill(["case", "deadlines", directory]);
    expect(due.stdout).toContain("the finding goes to the panel as it stands");
    const calendar = await standstill(["case", "deadlines", directory, "--calendar"]);
    // Two cases, and two reports that everybody bound owes.
    expect(calendar.stdout.match(/BEGIN:VEVENT/g)).toHaveLength(4);
  });

  it("shows one case as a timeline, and tells which there are where one is not", async () => {
    const name = "dune/racks-1/clarification";
    const shown = await standstill(["case", "show", directory, name]);
    expect(shown.stdout).toMatch(/dune\/racks-1\/clarification: about dune, open \(steps\)/);
    expect(shown.stdout).toMatch(/secretariat +opened/);
    expect(shown.stdout).toMatch(/Due .* from dune: The party says what it makes of a finding/);
    const none = await standstill(["case", "show", directory, "nothing"]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining(name)]);
  });
});

describe("standstill up --once --json", () => {
  it("prints parties, who is bound, and the record", () => {
    expect(answer.parties).toHaveLength(5);
    for (const one of answer.parties) {
      expect(Object.keys(one)).toEqual(
        expect.arrayContaining(["id", "verdict", "duties", "findings", "sites", "assurance"]),
      );
    }
    expect(answer.bound).toEqual(["aster", "borealis", "ember"]);
    expect(answer.record.size).toBe(45);
    expect(answer.record.checkpoint).toContain("standstill.example/log\n45\n");
  });

  it("the careless cheat is anomalous, and the finding says why in numbers", () => {
    expect(party("dune").verdict).toBe("anomalous");
    const finding = party("dune").findings.find(
      ({ check }: { check: string }) => check === "energy-explained",
    );
    expect(finding.detail).toMatch(
      /Metered: [\d.]+ MJ\. Idling and all declared runs take at most [\d.]+ MJ/,
    );
  });

  it("the careful cheat is not verified: what it hid moves together", () => {
    expect(party("ember").verdict).toBe("anomalous");
    expect(party("ember").findings.map(({ check }: { check: string }) => check)).toEqual([
      "nodes-separate",
    ]);
  });

  it("nobody honest is accused, and each gap is named", () => {
    for (const id of ["aster", "borealis", "cedar"]) {
      expect(party(id).findings).toEqual([]);
      expect(party(id).verdict).toBe("unverified");
      const gaps = party(id).duties.flatMap(({ gaps }: { gaps: { code: string }[] }) =>
        gaps.map(({ code }) => code),
      );
      expect(gaps).toContain("own-feeds-only");
    }
  });

  it("two mutual pledges hold and two fall, in a cascade that one verdict started", () => {
    const binding = (id: string) =>
      answer.bindings.find((one: { party: string }) => one.party === id);
    expect(binding("aster").bound && binding("borealis").bound).toBe(true);
    expect(binding("cedar").bound || binding("dune").bound).toBe(false);
    expect(binding("cedar").since).toBe(party("dune").verdicts[0].index);
  });

  it("each party with findings is asked to clarify them, and nobody else", () => {
    expect(
      answer.cases.map((one: { party: string; answer: unknown }) => [one.party, one.answer]),
    ).toEqual([
      ["dune", null],
      ["ember", null],
    ]);
    expect(answer.cases[0].question).toMatch(/To clarify: /);
  });

  it("the indicator is measured from the published table, with an interval and the level of its tripwire", () => {
    const [indicator] = answer.indicators;
    const { fastestMillidays, doublingMillidays, slowestMillidays } = indicator.result;
    expect(fastestMillidays).toBeLessThan(doublingMillidays);
    expect(doublingMillidays).toBeLessThan(slowestMillidays);
    expect(indicator.tripwires).toMatchObject([{ id: "article-4", level: "watch" }]);
  });

  it("a second run changes nothing", async () => {
    const again = await standstill(["up", "--once", "--json", "--data", directory]);
    expect(JSON.parse(again.stdout)).toEqual(answer);
  });
});

describe("standstill audit", () => {
  it("verifies what up wrote, against the policy it wrote", async () => {
    const { code, stdout } = await standstill([
      "audit",
      directory,
      "--policy",
      `${directory}/policy`,
      "--json",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: "verified",
      identityChecked: true,
      verdictsRecomputed: 5,
      measurementsRecomputed: 1,
    });
  });
});

describe("standstill verify", () => {
  it.each([
    ["aster", 0, "unverified"],
    ["dune", 7, "anomalous"],
  ])("judges the bundle of %s offline: exit code %i", async (id, exit, verdict) => {
    const { code, stdout } = await standstill([
      "verify",
      `agreements/example/${id}`,
      "--terms",
      "agreements/example.yaml",
      "--json",
    ]);
    expect(code).toBe(exit);
    const told = JSON.parse(stdout);
    expect(Object.keys(told).slice(0, 4)).toEqual(["verdict", "findings", "obligations", "gaps"]);
    expect(told).toMatchObject({ party: id, verdict });
    const accused = new Set(
      told.findings.map((finding: { obligation: string }) => finding.obligation),
    );
    for (const { id: obligation, kept } of told.obligations) {
      expect(kept === false).toBe(accused.has(obligation));
    }
  });

  it("judges activity logs: exit code 7 with findings, 0 without, 2 for terms that are none", async () => {
    const directory = await mkdtemp(join(tmpdir(), "standstill-log-"));
    const [log, terms] = [join(directory, "log.jsonl.gz"), join(directory, "terms.yaml")];
    const record = (activity: string, flop: string) =>
      JSON.stringify({
        device: "gpu-0",
        start: "2026-11-01T00:00:00Z",
        end: "2026-11-01T01:00:00Z",
        workload: "w",
        activity,
        flop,
      });
    await writeFile(
      terms,
      [
        "window: { start: 2026-11-01T00:00:00Z, end: 2026-11-01T01:00:00Z }",
        "devices: [{ device: gpu-0, peak: { bf16: 1e15 FLOP/s } }]",
        "limits: [{ id: run, per: logical-run, flop: 2e18 FLOP }]",
      ].join("\n"),
    );
    const verify = () => standstill(["verify", "--activity-log", log, "--terms", terms, "--json"]);
    await writeFile(log, gzipSync(record("training", "2000000000000000000")));
    expect(await verify()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"verified"'),
    });
    await writeFile(log, gzipSync(record("training", "2000000000000000001")));
    const exceeded = await verify();
    expect(exceeded.code).toBe(7);
    expect(JSON.parse(exceeded.stdout)).toMatchObject({
      verdict: "anomalous",
      findings: [{ check: "limits", obligation: "run", severity: "contradiction", records: [1] }],
      obligations: expect.arrayContaining([
        expect.objectContaining({ id: "run", limit: "2000000000000000000 FLOP", kept: false }),
      ]),
    });
    await writeFile(terms, "window: soon\n");
    expect((await verify()).code).toBe(2);
    expect((await standstill(["verify", "--terms", terms])).code).toBe(2);
    await rm(directory, { recursive: true });
  });
});

describe("a bundle with counters and another's meter", () => {
  const minutes = 240;
  const terms = siteTerms({
    ...parseDraft(readFileSync(new URL("../agreements/example.yaml", import.meta.url), "utf8")),
    keys: [],
    log: { vkey: "" },
    witnessKeys: [],
  } as Parameters<typeof siteTerms>[0]);
  const honest = honestSite("bundle", { nodes: 5, windows: minutes, windowMs: 60_000, terms });
  const { keys: _keys, log: _log, witnessKeys: _witnesses, ...draft } = terms;

  /** Writes a made-up site as an operator would hand it in: readings every half minute, and what it declares. */
  async function written({ subject, columns }: PlayedSite): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), "standstill-counters-"));
    const { power, tensor, sm, memory, sent } = columns;
    const lines = ["time,device,watts,tensor,sm,memory,sent"];
    for (const [row, device] of power.devices.entries()) {
      let total = 0;
      for (let w = 0; w < minutes; w++) {
        const cell = row * minutes + w;
        total += sent.values[cell] as number;
        if (power.readings[cell] === 0) continue;
        const values = [
          (power.powerMilliwatts[cell] as number) / 1000,
          ...[tensor, sm].map((one) => (one.values[cell] as number) / 1e6),
          ...[memory.values[cell] as number, total],
        ];
        for (const half of [0, 30_000])
          lines.push([power.startMs + w * 60_000 + half, device, ...values].join(","));
      }
    }
    await writeFile(join(directory, "counters.csv"), lines.join("\n"));
    const [{ measured, period }] = subject.beside.measurements as [
      Subject["beside"]["measurements"][number],
    ];
    const times = {
      start: new Date(period.startMs).toISOString(),
      end: new Date(period.endMs).toISOString(),
    };
    const column = (name: string, quantity: string, scale: number) => ({
      column: name,
      quantity,
      scale,
    });
    const bundle = {
      party: "aster",
      site: "aster/site",
      title: "Made",
      period: times,
      runs: subject.runs,
      nodes: { devices: power.devices, accelerator: "h100-sxm5", accelerators: 8 },
      feeds: [
        {
          kind: "counters",
          format: "table",
          file: "counters.csv",
          map: {
            time: { column: "time", unit: "ms" },
            device: { column: "device" },
            readings: [
              column("watts", "power", 1000),
              column("tensor", "tensor-activity", 1e6),
              column("sm", "sm-activity", 1e6),
              column("memory", "memory-used", 1),
              column("sent", "network-sent", 1),
            ],
          },
        },
      ],
      measurements: [{ by: "borealis", measured: [measured] }],
    };
    // JSON is YAML too.
    await writeFile(join(directory, "bundle.yaml"), JSON.stringify(bundle));
    const yardsticks = { ...draft.yardsticks, reporters: ["borealis"] };
    await writeFile(join(directory, "terms.yaml"), JSON.stringify({ ...draft, yardsticks }));
    return directory;
  }

  it("is judged offline: exit code 0 for an honest site, 7 for one whose servers train", async () => {
    const cheat = siteEvasions
      .find(({ id }) => id === "training-as-inference")
      ?.commit(honest, randomFrom("bundle"), 0.5) as PlayedSite;
    for (const [site, code] of [
      [honest, 0],
      [cheat, 7],
    ] as const) {
      const directory = await written(site);
      const result = await standstill([
        ...["verify", directory, "--terms", join(directory, "terms.yaml"), "--json"],
      ]);
      const { findings, account } = JSON.parse(result.stdout);
      expect(findings.map((one: { check: string }) => one.check)).toEqual(
        code === 0 ? [] : expect.arrayContaining(["nodes-separate", "traffic-explained"]),
      );
      expect(account.measures.map((one: { from: string }) => one.from)).toEqual([
        ...["energy", "counters", "meter"],
      ]);
      expect(result.code).toBe(code);
      await rm(directory, { recursive: true });
    }
  });
});

describe("a log of more than 64 MiB, which two threads read and judge", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-large-log-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("is no log where its only lines are no records and one is too long: that is said, and accuses nobody", async () => {
    const long = join(directory, "long.jsonl");
    await writeFile(long, `{}\n${"x".repeat(70 << 20)}`);
    const { terms } = honestActivity("large", { devices: 8, minutes: 60 });
    await writeFile(join(directory, "terms.json"), JSON.stringify(terms));
    const { code, stdout } = await standstill([
      ...["verify", "--activity-log", long, "--terms", join(directory, "terms.json")],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^unverified, from 0 records/);
    expect(stdout).toMatch(/no line of it is a record/);
  });
});

describe("standstill balance", () => {
  it("tests periods together: exit code 7 where something is missing, 0 where errors explain it, 2 for bad input", async () => {
    const directory = await mkdtemp(join(tmpdir(), "standstill-balance-"));
    const file = join(directory, "balances.yaml");
    const told = async (lost: number, error = 1) => {
      const period = (decreases: number) =>
        `  - { begin: 0, increases: 100, decreases: ${decreases}, end: 0, errors: { begin: 0, increases: ${error}, decreases: 0, end: 0 } }`;
      const periods = [100, 100, 100, 100 - lost].map(period).join("\n");
      await writeFile(
        file,
        `unit: FLOP\nfalseAlarms: 0.05\nsignificant: 10\nperiods:\n${periods}\n`,
      );
      return standstill(["balance", file, "--json"]);
    };
    const quiet = await told(1);
    expect(quiet.code).toBe(0);
    expect(JSON.parse(quiet.stdout)).toMatchObject({ alarms: 0, isSmallEnough: true });
    const alarm = await told(9);
    expect(alarm.code).toBe(7);
    expect(JSON.parse(alarm.stdout).periods[3].alarms).toEqual(["cumulated", "page"]);
    expect((await told(0, 0)).code).toBe(2);
    await writeFile(file, "periods: none\n");
    expect((await standstill(["balance", file])).code).toBe(2);
    await rm(directory, { recursive: true });
  });
});

describe("standstill locate", () => {
  it("exit code 7 for a place where the site cannot be, 0 for one where it can, 2 for bad input", async () => {
    const directory = await mkdtemp(join(tmpdir(), "standstill-locate-"));
    const file = join(directory, "trips.yaml");
    const told = async (microseconds: number) => {
      const trip = `{ landmark: far, latitude: 1.35, longitude: 103.82, microseconds: ${microseconds} }`;
      await writeFile(
        file,
        `claim: { latitude: 50.11, longitude: 8.68 }\nlying: 0\ntrips: [${trip}]\n`,
      );
      return standstill(["locate", file, "--json"]);
    };
    expect(await told(20_000)).toMatchObject({
      code: 7,
      stdout: expect.stringContaining("impossible"),
    });
    expect((await told(180_000)).code).toBe(0);
    expect((await told(-1)).code).toBe(2);
    await rm(directory, { recursive: true });
  });
});

describe("standstill import", () => {
  it.each([
    [
      "mlperf-power",
      "data/mlperf/smc_h100_training_node_power.csv.gz",
      { readings: 130_836, devices: 203, setAside: 7 },
    ],
    ["slurm", "data/slurm/sacct.json", { jobs: 5, acceleratorSeconds: 111 }],
    [
      "prometheus-remote-write",
      "data/prometheus/remote_write_v1_samples_001.snappy",
      { rows: 500, "network-received": 3, "network-sent": 3, unwanted: 494, setAside: 0 },
    ],
  ])("%s", async (format, file, totals) => {
    const { code, stdout } = await standstill(["import", "--format", format, file, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).files[0]).toMatchObject(totals);
  });
});

describe("standstill agreement", () => {
  it("explain tells the terms in prose", async () => {
    const { code, stdout } = await standstill(["agreement", "explain", "agreements/example.yaml"]);
    expect(code).toBe(0);
    expect(stdout).toContain("No training run above 2e21 FLOP.");
    expect(stdout).toContain("A run of training is limited to 2.0e21 FLOP.");
  });

  it("check names real flaws with their line, and exits with 7; the example has none", async () => {
    const draft = await standstill(["agreement", "check", "agreements/rules/miri-report.yaml"]);
    expect(draft.code).toBe(7);
    expect(draft.stdout).toMatch(/^agreements\/rules\/miri-report\.yaml:\d+:\d+ no-entry\n/);
    const example = await standstill(["agreement", "check", "agreements/example.yaml"]);
    expect(example).toMatchObject({ code: 0, stdout: "No flaw found.\n" });
  });

  it("status tells who is bound and why", async () => {
    const { code, stdout } = await standstill(["agreement", "status", directory]);
    expect(code).toBe(0);
    expect(stdout).toContain("3 of 5 parties are bound");
    expect(stdout).toMatch(
      /Cedar +dropped +\d+ +missing: Dune is bound to a cap or more; Dune has no finding standing/,
    );
  });

  it("what-if tells who would follow whom out, in order", async () => {
    const { stdout } = await standstill([
      "agreement",
      "what-if",
      directory,
      "--finding",
      "aster",
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      rounds: [["borealis"], ["aster", "ember"]],
      bound: [],
    });
    const stranger = await standstill(["agreement", "what-if", directory, "--gone", "zephyr"]);
    expect(stranger.code).toBe(2);
    expect(stranger.stderr).toMatch(/expected parties of the agreement/);
  });

  it("status answers for any instant, past or future, as known then or now", async () => {
    const at = async (...more: string[]) => {
      const { stdout } = await standstill(["agreement", "status", directory, "--json", ...more]);
      return JSON.parse(stdout);
    };
    expect(await at("--at", "2020-01-01")).toMatchObject({ bound: [], projected: false });
    expect(await at("--at", "2100-01-01")).toMatchObject({ bound: [], projected: true });
    const known = await at("--known-at", "11");
    expect(known.bound).toEqual(["aster", "borealis", "cedar", "dune", "ember"]);
    expect(
      known.duties[0].duties.map((duty: { obligation: { id: string } }) => duty.obligation.id),
    ).toEqual(["article-1", "article-2", "article-3"]);
    expect(known.toCome.map(({ status }: { status: string }) => status)).toContain("expired");
    const wrong = await standstill(["agreement", "status", directory, "--at", "tomorrow"]);
    expect(wrong.code).toBe(2);
  });

  it("robustness tells the chance that false alarms alone would break the coalition", async () => {
    const args = ["agreement", "robustness", directory, "--rate", "0.05", "--json"];
    const result = JSON.parse((await standstill(args)).stdout);
    expect(result.expectedAlarmsPerYear).toBeCloseTo(1.8, 10);
    // An alarm against Aster or Borealis takes all three out; one against Ember takes nobody.
    expect(result.chanceOfBreaking).toBeCloseTo(1 - 0.95 ** 24, 10);
  });

  it("impact and diff compare terms with the world and with each other", async () => {
    const impact = await standstill(["agreement", "impact", "agreements/rules/miri-report.yaml"]);
    expect(impact.stdout).toContain("77 of 510 models of known size are above the line");
    expect(impact.stdout).toContain("(1.0e24 FLOP)");
    const diff = await standstill([
      "agreement",
      "diff",
      "agreements/rules/miri-web.yaml",
      "agreements/rules/miri-report.yaml",
    ]);
    expect(diff.stdout).toMatch(/^\d+ differences: 3 stricter, 1 looser, \d+ only different\.$/m);
  });

  it("new starts an agreement that the check finds nothing wrong with, and writes over nothing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "standstill-new-"));
    const file = join(folder, "pact.yaml");
    const args = ["agreement", "new", file, "--party", "First Lab", "--party", "Second Lab"];
    expect(await standstill(args)).toMatchObject({ code: 0 });
    expect((await standstill(["agreement", "check", file])).stdout).toBe("No flaw found.\n");
    const again = await standstill(args);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("what is there is not replaced");
    await rm(folder, { recursive: true });
  });

  it("a file of 100 megabytes is refused before it is read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "standstill-large-"));
    const file = join(folder, "large.yaml");
    await writeFile(file, "x");
    await truncate(file, 100 << 20);
    const { code, stderr } = await standstill(["agreement", "check", file]);
    expect(code).toBe(2);
    expect(stderr).toContain("got a file of 104857600");
    await rm(folder, { recursive: true });
  });

  it.each([
    [
      "paris",
      /entered into force on 2016-11-04; its condition was met on 2016-10-05\.\nOn 2016-11-04 it binds 73 states/,
    ],
    ["ctbt", /has not entered into force/],
  ])("entry replays a real treaty: %s", async (name, answer) => {
    const { code, stdout } = await standstill([
      "agreement",
      "entry",
      `agreements/treaties/${name}.yaml`,
      "--table",
      `data/treaties/${name}.csv`,
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(answer);
  });
});
