import { readFileSync } from "node:fs";
import { accountOf, declaredFlop, declaredInPeriod, remainder } from "@standstill/verification";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleSubject, madeSubject, terms } from "./subjects.ts";

describe("declared compute: 6ND and 2ND (Kaplan et al. 2020)", () => {
  const declared = (activity: "training" | "inference", parameters: string, tokens: string) => {
    const subject = madeSubject([[5000]], {
      activity,
      work: { basis: "tokens", parameters: `${parameters} parameters`, tokens: `${tokens} tokens` },
    });
    return declaredFlop(subject.runs[0] as (typeof subject.runs)[number], subject).low;
  };
  it.each([
    ["GPT-3 175B, 300e9 tokens: 3.15e23", "175000000000", "300000000000", 315n * 10n ** 21n],
    [
      "Llama-3.1-405B, 15.6e12 tokens: 3.79e25",
      "405000000000",
      "15600000000000",
      37908n * 10n ** 21n,
    ],
    [
      "MLPerf GPT-3, 1,207,959,552 tokens: 1.268e21",
      "175000000000",
      "1207959552",
      1268357529600000000000n,
    ],
  ])("%s", (_name, parameters, tokens, flop) => {
    expect(declared("training", parameters, tokens)).toBe(flop);
    expect(declared("inference", parameters, tokens)).toBe(flop / 3n);
  });
});

describe("a run over several periods", () => {
  const hour = 3_600_000;
  const subject = madeSubject([Array(40).fill(5000)]);
  const [run] = subject.runs as [(typeof subject.runs)[number]];
  const length = subject.period.endMs - subject.period.startMs;
  const spanning = (before: number, after: number) => ({
    ...run,
    period: {
      start: new Date(subject.period.startMs + hour - before).toISOString(),
      end: new Date(subject.period.endMs + hour + after).toISOString(),
    },
  });
  const shifted = {
    ...subject,
    period: { startMs: subject.period.startMs + hour, endMs: subject.period.endMs + hour },
  };

  it("counts in each for its share of time, so that no energy is explained twice", () => {
    const whole = declaredFlop(run, subject).high;
    expect(declaredInPeriod(spanning(0, 0), shifted).high).toBe(whole);
    expect(declaredInPeriod(spanning(length, 0), shifted).high).toBe(whole / 2n);
    expect(declaredInPeriod(spanning(length, 2 * length), shifted).high).toBe(whole / 4n);
    expect(declaredInPeriod(run, shifted).high).toBe(0n);
  });

  it("over all periods adds up to the whole, but for what is rounded", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(1000), (periods, offset) => {
        const long = {
          ...run,
          period: {
            start: new Date(offset).toISOString(),
            end: new Date(offset + periods * 7777).toISOString(),
          },
        };
        let sum = 0n;
        for (let i = 0; i < periods + 2; i++) {
          const period = { startMs: i * 7777, endMs: (i + 1) * 7777 };
          sum += declaredInPeriod(long, { ...subject, period }).low;
        }
        const whole = declaredFlop(long, subject).low;
        expect(whole - sum).toBeLessThanOrEqual(BigInt(periods + 2));
        expect(sum).toBeLessThanOrEqual(whole);
      }),
    );
  });
});

describe("the example's accounts", () => {
  it("GPT-3 on 512 H100: an FP8 run of 73 % of the BF16 peak is possible, not absurd", async () => {
    const account = accountOf(await exampleSubject("aster"));
    expect(account.declared.low).toBe(1268357529600000000000n);
    expect(account.declared.low).toBeGreaterThan((account.capacity.low * 7n) / 10n);
    expect(account.declared.high).toBeLessThan(account.measured.high);
    expect(account.measured.high).toBeLessThanOrEqual(account.capacity.high);
  });

  it("Slurm: 111 accelerator-seconds at the agreed utilization of an H100", async () => {
    const account = accountOf(await exampleSubject("cedar"));
    expect(account.measured.low).toBe((111n * 989400000000000n * 117n) / 1000n);
    expect(account.measured.high).toBe((111n * 989400000000000n * 600n) / 1000n);
    expect(account.energyJoules).toBeUndefined();
  });

  it("silent windows are not filled in: the upper end counts them as full power", () => {
    const whole = accountOf(madeSubject([Array(100).fill(5000)]));
    const subject = madeSubject([Array(100).fill(5000)]);
    const { windows } = subject.evidence;
    windows?.readings.fill(0, 0, 50);
    windows?.energyMillijoules.fill(0, 0, 50);
    const half = accountOf(subject);
    expect(half.energyJoules).toBe((whole.energyJoules as bigint) / 2n);
    expect(half.measured.high).toBeGreaterThanOrEqual(whole.measured.high);
    expect(half.measured.low).toBeLessThan(whole.measured.low);
  });
});

describe("the catalogue in the terms", () => {
  it("has the peaks and powers of the Epoch table", () => {
    const table = readFileSync(
      new URL("../../../data/epoch/ml_hardware.csv", import.meta.url),
      "utf8",
    ).split("\n");
    const head = (table[0] as string).split(",");
    const column = head.indexOf("Tensor-FP16/BF16 performance (FLOP/s)");
    for (const accelerator of terms.accelerators) {
      const row = table
        .find((line) => line.startsWith(`${accelerator.name},`))
        ?.split(",") as string[];
      expect(accelerator.peak.bf16).toBe(`${BigInt(Number(row[column]))} FLOP/s`);
    }
  });

  it("the efficiency range follows from utilization, peak and rated power, as its source says", () => {
    const [h100] = terms.accelerators;
    const low = (989.4e12 * 0.117) / (1.5 * 700);
    expect(Math.abs(Number(h100?.efficiency.low.split(" ")[0]) / low - 1)).toBeLessThan(0.001);
    expect(h100?.efficiency.high).toBe(`${Math.floor(1979e12 / 700)} FLOP/J`);
  });
});

const smaller = (a: bigint, b: bigint) => [a, b].sort((x, y) => Number(x - y))[0] as bigint;

describe("intervals", () => {
  it("what is left is never negative and never upside down", () => {
    const interval = fc
      .tuple(fc.bigInt(0n, 10n ** 25n), fc.bigInt(0n, 10n ** 25n))
      .map(([a, b]) => ({
        low: smaller(a, b),
        high: a + b - smaller(a, b),
      }));
    fc.assert(
      fc.property(interval, interval, (whole, part) => {
        const { low, high } = remainder(whole, part);
        expect(low >= 0n && low <= high).toBe(true);
      }),
    );
  });
});
