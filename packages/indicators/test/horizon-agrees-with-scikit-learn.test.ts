import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { horizonsOf, type TaskWeights } from "@standstill/indicators";
import { describe, expect, it } from "vitest";
import { columnsOf, madeRuns } from "./made-runs.ts";
import { CASES } from "./oracles/cases.ts";

const here = (name: string) => fileURLToPath(new URL(`oracles/${name}`, import.meta.url));

// STANDSTILL_ORACLES=1 fits the runs anew; it needs Debian's python3-sklearn.
if (process.env.STANDSTILL_ORACLES !== undefined) {
  const runs = Object.entries(CASES).map(([name, made]) => [name, madeRuns(made)]);
  const { stdout, stderr, status } = spawnSync("/usr/bin/python3", [here("fit.py")], {
    input: JSON.stringify(Object.fromEntries(runs)),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  writeFileSync(here("scikit-learn.json"), stdout);
}

interface Fitted {
  readonly alias: string;
  readonly weights: TaskWeights;
  readonly penalty: number;
  readonly intercept: number;
  readonly slope: number;
  readonly p50: number;
  readonly p80: number;
}
const oracle: Record<string, Fitted[]> = JSON.parse(
  readFileSync(here("scikit-learn.json"), "utf8"),
);

describe("the fit agrees with scikit-learn's to a millionth (LogisticRegression, newton-cholesky)", () => {
  for (const [name, made] of Object.entries(CASES)) {
    const runs = madeRuns(made);
    const columns = columnsOf(runs);
    for (const weights of ["invsqrt", "equal"] as const) {
      for (const penalty of [0, 0.1]) {
        it(`${name}, ${weights}, penalty ${penalty}: ${runs.length} runs`, () => {
          const horizons = horizonsOf(columns, { penalty, weights });
          const theirs = (oracle[name] as Fitted[]).filter(
            (one) => one.weights === weights && one.penalty === penalty,
          );
          expect(theirs.map(({ alias }) => alias)).toEqual(horizons.map(({ alias }) => alias));
          for (const [i, fitted] of theirs.entries()) {
            const ours = horizons[i] as (typeof horizons)[number];
            const differs = (a: number | null, b: number) => Math.abs((a as number) / b - 1);
            expect(differs(ours.slope, fitted.slope)).toBeLessThan(1e-6);
            expect(Math.abs((ours.intercept as number) - fitted.intercept)).toBeLessThan(1e-6);
            expect(differs(ours.p50Minutes, fitted.p50)).toBeLessThan(1e-6);
            expect(differs(ours.p80Minutes, fitted.p80)).toBeLessThan(1e-6);
          }
        });
      }
    }
  }
});
