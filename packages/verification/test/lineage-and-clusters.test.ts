import type { Run } from "@standstill/evidence";
import { h100eThousandths, lineageTotal, type Subject } from "@standstill/verification";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundTo, madeSubject, saidBy, terms } from "./subjects.ts";

type Parent = NonNullable<Run["parents"]>[number];

/** Runs of 6 FLOP for each of their tokens, on the record; the first is the one that is asked about. */
function recordOf(
  plans: readonly {
    readonly run: string;
    readonly tokens: bigint;
    readonly parents?: readonly Parent[];
    readonly day?: number;
  }[],
  includes?: readonly string[],
): Subject {
  const base = madeSubject([Array(40).fill(5000)]);
  const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
  const allRuns = plans.map(({ run, tokens, parents = [], day = 0 }) => ({
    party: "made",
    site: base.site,
    notBeforeMs: undefined,
    run: {
      ...(base.runs[0] as Run),
      run,
      activity: "training" as const,
      parents: [...parents],
      work: { basis: "tokens" as const, parameters: "1 parameters", tokens: `${tokens} tokens` },
      period: { start: at(day), end: at(day + 1) },
    },
  }));
  const counting = { ...terms.counting, ...(includes === undefined ? {} : { includes }) };
  return {
    ...base,
    terms: { ...terms, counting: counting as typeof terms.counting },
    beside: { ...base.beside, allRuns },
  };
}

function totalOf(subject: Subject) {
  const [first] = subject.beside.allRuns;
  return lineageTotal(subject, first as NonNullable<typeof first>);
}

describe("compute by lineage (Pistillo and Villalobos 2025)", () => {
  const from = (run: string, as: Parent["as"] = "weights"): Parent => ({ run, as });
  const chain = [
    { run: "chat", tokens: 1n, parents: [from("tuned"), from("critic", "reward-model")], day: 3 },
    { run: "tuned", tokens: 10n, parents: [from("base")], day: 2 },
    { run: "critic", tokens: 100n, parents: [from("base")], day: 2 },
    { run: "base", tokens: 1000n, parents: [from("old", "teacher")], day: 1 },
    { run: "old", tokens: 10_000n, day: 0 },
  ];

  it("pre-training, tuning, reward model and teacher count, a shared ancestor once", () => {
    expect(totalOf(recordOf(chain))).toEqual({
      own: 6n,
      total: 66_666n,
      ancestors: expect.arrayContaining(["tuned", "critic", "base", "old"]),
      unknown: [],
      later: [],
    });
  });

  it("where the agreement lists what counts, the rest does not, and weights always do", () => {
    expect(totalOf(recordOf(chain, ["teacher-models"])).total).toBe(6n * 11_011n);
    expect(totalOf(recordOf(chain, ["reward-models"])).total).toBe(6n * 1111n);
  });

  it("parents that nobody declared, that begin later, or that go in circles are named, and it ends", () => {
    const circle = [
      { run: "a", tokens: 1n, parents: [from("b")], day: 0 },
      { run: "b", tokens: 2n, parents: [from("a"), from("c"), from("none")], day: 1 },
      { run: "c", tokens: 4n, parents: [from("c")], day: 1 },
    ];
    const { total, unknown, later } = totalOf(recordOf(circle));
    expect(total).toBe(6n * 7n);
    expect(unknown).toEqual([["b", "none"]]);
    expect(later).toContainEqual(["a", "b"]);
    expect(later).toContainEqual(["b", "a"]);
  });

  it("any graph of ancestors, each counted once: the total is the sum over what can be reached", () => {
    const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 80 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const plans = Array.from({ length: 20 }, (_, i) => ({
          run: `r${i}`,
          tokens: 2n ** BigInt(i),
          day: 20 - i,
          parents: pairs.filter(([child]) => child === i).map(([, parent]) => from(`r${parent}`)),
        }));
        const reached = new Set([0]);
        for (let again = true; again; ) {
          again = false;
          for (const [child, parent] of pairs)
            if (reached.has(child) && !reached.has(parent)) again = reached.add(parent).has(parent);
        }
        let sum = 0n;
        for (const i of reached) sum += 6n * 2n ** BigInt(i);
        expect(totalOf(recordOf(plans)).total).toBe(sum);
      }),
    );
  });

  it("a lineage of 20,000 runs, each with a hundred parents, ends", () => {
    const plans = Array.from({ length: 20_000 }, (_, i) => ({
      run: `r${i}`,
      tokens: 1n,
      day: 0,
      parents: Array.from({ length: 100 }, (_unused, k) => from(`r${Math.min(19_999, i + k + 1)}`)),
    }));
    expect(totalOf(recordOf(plans)).total).toBe(6n * 20_000n);
  });
});

describe("the three-part test of a cluster (MIRI draft; its amendment on memory)", () => {
  const a100 = {
    ...(terms.accelerators[0] as (typeof terms.accelerators)[number]),
    id: "a100-80gb",
    name: "NVIDIA A100 80GB",
    memory: "80000000000 bytes",
    peak: { bf16: "312000000000000 FLOP/s" },
  };
  const h100e = { peak: "989400000000000 FLOP/s", precision: "fp16" as const, source: "Epoch AI." };

  function fifty(lines: object): Subject {
    const base = madeSubject([Array(40).fill(5000)]);
    const nodes = [{ device: "node-0", accelerator: "a100-80gb", accelerators: 50 }];
    const obligation = {
      id: "cluster",
      kind: "cluster-limit",
      title: "None.",
      mode: "cap",
      stance: "forbidden",
      ...lines,
    };
    return boundTo(
      { ...base, site: { ...base.site, nodes } },
      {
        ...terms,
        accelerators: [a100],
        h100e,
        obligations: [obligation as (typeof terms.obligations)[number]],
      },
    );
  }
  const found = (subject: Subject) => {
    const { findings, gaps } = saidBy("cluster-limit", subject);
    return [findings.length, gaps.length];
  };

  it("50 A100 of 80 GB are 15.8 H100e and pass the first line, and their 4,000 GB do not pass the second", () => {
    expect(h100eThousandths(fifty({}))).toBe(15_767n);
    expect(found(fifty({ aboveH100e: "16" }))).toEqual([0, 0]);
    expect(found(fifty({ aboveH100e: "16", aboveMemory: "1280000000000 bytes" }))).toEqual([1, 0]);
  });

  it("a line that cannot be looked at is a gap", () => {
    expect(found(fifty({ aboveBandwidth: "25000000000 bit/s" }))).toEqual([0, 1]);
  });
});
