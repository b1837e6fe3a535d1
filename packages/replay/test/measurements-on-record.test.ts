import {
  encodeEvidence,
  type SiteEvidence,
  sealEvidence,
  type Windows,
} from "@standstill/evidence";
import { isRefusal, type SignedStatement } from "@standstill/record";
import { admit, replay, type State } from "@standstill/replay";
import type { Verdict } from "@standstill/verification";
import { computeVerdict } from "@standstill/verification";
import { describe, expect, it } from "vitest";
import { entriesOf, opening, said } from "./world.ts";

const COUNT = 60;
const startMs = Date.parse("2026-06-01T00:00:00.000Z");
const period = {
  start: "2026-06-01T00:00:00.000Z",
  end: new Date(startMs + COUNT * 4000).toISOString(),
};
const windows: Windows = {
  startMs,
  windowMs: 4000,
  count: COUNT,
  devices: ["node-01"],
  readings: new Uint16Array(COUNT).fill(2),
  powerMilliwatts: Uint32Array.from({ length: COUNT }, (_, i) => 5_000_000 + i),
  energyMillijoules: Uint32Array.from({ length: COUNT }, (_, i) => (5_000_000 + i) * 4),
};
const evidence: SiteEvidence = {
  salt: "00".repeat(32),
  windows,
  jobs: undefined,
  counters: [],
  logs: [],
};
const seal = sealEvidence(evidence);
const site = (name: string) => ({
  site: name,
  title: "One",
  nodes: [{ device: "node-01", accelerator: "h100-sxm5", accelerators: 8 }],
});
const run = (name: string, more: object = {}) => ({
  run: name,
  site: "aster/one",
  activity: "training",
  model: name,
  precision: "bf16",
  work: { basis: "tokens", parameters: "1000000000 parameters", tokens: "20000000 tokens" },
  nodes: ["node-01"],
  period,
  nodesTogether: true,
  ...more,
});
const report = {
  site: "aster/one",
  period,
  feeds: [{ kind: "node-power", signer: "aster" }],
  seal: { root: seal.root, energyMillijoules: `${seal.energyMillijoules}` },
  evidence: "00".repeat(32),
};

type Said = readonly [issuer: string, type: string, body: object];

/** Two are bound, and account for the time before that too. */
const pledged = ["aster", "borealis"].map(
  (party): Said => [party, "pledge/make", { mode: "cap", while: { kind: "all", of: [] } }],
);

/** A record on which each issuer says things in turn; sequences are counted. */
function recordOf(...acts: readonly Said[]) {
  const next = new Map<string, number>();
  let state = replay(entriesOf(opening));
  let last: SignedStatement | undefined;
  for (const [issuer, type, body] of [...pledged, ...acts]) {
    const sequence = next.get(issuer) ?? 1;
    next.set(issuer, sequence + 1);
    last = said(issuer, type, sequence, body);
    const after = admit(state, last);
    if (isRefusal(after)) throw new Error(`${type} of ${issuer}: ${after.message}`);
    state = after;
  }
  return { state, last };
}

function verdictOn(state: State): Verdict {
  const [id] = [...state.evidence.reports].find(([, { body }]) => body.site === "aster/one") ?? [];
  return computeVerdict(state, id as string, encodeEvidence(evidence));
}

const checksOf = (verdict: Verdict) =>
  verdict.duties.flatMap(({ findings }) => findings.map(({ check }) => check));

const base = [
  ["aster", "site/declare", site("aster/one")],
  ["aster", "run/declare", run("aster/run")],
] as const;
const sealed = ["aster", "period/report", report] as const;
const measurement = (of: string, ...measured: readonly object[]) => ({ of, period, measured });

describe("what anyone measured, on the record", () => {
  it("by whom the agreement names is independent, by the party itself is its own word, by others counts for nothing", () => {
    const energy = {
      kind: "energy",
      meter: "meter",
      energy: "1100000 J",
      random: "0 J",
      systematic: "0 J",
    };
    const by = (issuer: string) =>
      verdictOn(
        recordOf(...base, sealed, [issuer, "measurement/report", measurement("aster/one", energy)])
          .state,
      ).account.measures.map(({ from, owner }) => `${from} ${owner}`);
    expect(by("borealis")).toEqual(["energy operator", "meter independent"]);
    expect(by("aster")).toEqual(["energy operator"]);
    // Nobody made ember's word count, so it can make no finding against aster.
    expect(by("ember")).toEqual(["energy operator"]);
  });

  it("must be of a site that is declared, or of a party", () => {
    const trip = {
      kind: "round-trip",
      landmark: "one",
      microseconds: 1,
      place: { latitude: "1", longitude: "1" },
    };
    const state = recordOf(...base).state;
    const say = (of: string) =>
      admit(state, said("borealis", "measurement/report", 2, measurement(of, trip)));
    expect(isRefusal(say("aster/two"))).toBe(true);
    expect(isRefusal(say("aster/one"))).toBe(false);
    expect(isRefusal(say("aster"))).toBe(false);
  });

  it("a place that is none is refused before anything is computed from it", () => {
    const state = recordOf(...base).state;
    const say = (latitude: string, longitude: string) => {
      const place = { latitude, longitude };
      const trip = { kind: "round-trip", landmark: "one", microseconds: 1, place };
      return isRefusal(
        admit(state, said("borealis", "measurement/report", 2, measurement("aster/one", trip))),
      );
    };
    expect(say("90", "-180")).toBe(false);
    expect(say("90.000001", "0")).toBe(true);
    expect(say("0", "180.5")).toBe(true);
  });

  it("use of accelerators that the party did not declare counts over all providers", () => {
    const used = { kind: "accelerator-time", accelerator: "h100-sxm5", seconds: "4000 s" };
    const one = ["borealis", "measurement/report", measurement("aster", used)] as const;
    const two = ["cedar", "measurement/report", measurement("aster", used)] as const;
    expect(checksOf(verdictOn(recordOf(...base, sealed, one).state))).not.toContain("use-declared");
    expect(checksOf(verdictOn(recordOf(...base, sealed, one, two).state))).toContain(
      "use-declared",
    );
  });
});

describe("when a run was declared, by its place in the record", () => {
  it("after its period was sealed it explains nothing, and is a finding", () => {
    const late = recordOf(base[0], sealed, base[1]);
    const verdict = verdictOn(late.state);
    expect(checksOf(verdict)).toContain("declared-in-time");
    expect(verdict.account.declared.high).toBe("0 FLOP");
    const inTime = verdictOn(recordOf(...base, sealed).state);
    expect(checksOf(inTime)).not.toContain("declared-in-time");
    expect(inTime.account.declared.high).not.toBe("0 FLOP");
  });
});

describe("what a run rests on", () => {
  const resting = (parents: readonly object[]) =>
    ["aster", "run/declare", run("aster/child", { parents })] as const;

  it("a parent that nobody declared is a finding, one that is on record is none", () => {
    const weights = (name: string) => [{ run: name, as: "weights" }];
    const told = (parents: readonly object[]) =>
      checksOf(verdictOn(recordOf(...base, resting(parents), sealed).state));
    expect(told(weights("aster/never"))).toContain("lineage-known");
    expect(told(weights("aster/run"))).not.toContain("lineage-known");
  });

  it("two runs of one model's name count as one", () => {
    const big = {
      basis: "tokens",
      parameters: "100000000000 parameters",
      tokens: "2000000000 tokens",
    };
    const one = run("aster/a", { work: big, model: "same" });
    const two = run("aster/b", { work: big, model: "same" });
    const other = run("aster/b", { work: { ...big, parameters: "100000000001 parameters" } });
    const numbers = (second: object) =>
      verdictOn(
        recordOf(base[0], ["aster", "run/declare", one], ["aster", "run/declare", second], sealed)
          .state,
      )
        .duties.flatMap(({ findings }) => findings)
        .filter(({ check }) => check === "run-limit")
        .map((finding) => finding.numbers.runs);
    expect(numbers(two)).toEqual(["2"]);
    expect(numbers(other)).toEqual([]);
  });
});
