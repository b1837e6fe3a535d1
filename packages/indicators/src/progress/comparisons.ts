import { there } from "@standstill/record";
import {
  exponential,
  naturalLogarithm,
  type Proportion,
  proportionOf,
} from "@standstill/statistics";
import { z } from "zod";
import { IndicatorError } from "../error.ts";
import { rowsOf } from "../json-rows.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in hex");
const speedupSchema = z.object({
  /** The code that every model starts from, and the checks that must pass, by hash: other ones are another test. */
  startSha256: hash,
  checksSha256: hash,
  model: z.string().min(1).max(200),
  released: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  startSeconds: z.number().gt(0),
  seconds: z.number().gt(0),
  checksPassed: z.boolean(),
});
/** One try of a model at making code faster. */
export type SpeedupTry = z.infer<typeof speedupSchema>;

/** Reads tries. */
export function parseSpeedups(text: string): SpeedupTry[] {
  return rowsOf(text, speedupSchema, "tries at a speedup");
}

/** How much faster models make the same code, like for like: one result for each starting point. */
export interface LikeForLike {
  readonly startSha256: string;
  readonly checksSha256: string;
  readonly models: readonly {
    readonly model: string;
    readonly released: string | null;
    readonly tries: number;
    /** Tries whose checks failed count as no speedup at all. */
    readonly failed: number;
    /** Geometric mean over all tries, and the best one. */
    readonly speedup: number;
    readonly best: number;
  }[];
}

/**
 * Speedups by starting code and checks: a multiple depends on the slack in the code that one starts from, so that only those of one
 * start are put side by side.
 *
 * @throws IndicatorError where one start is told with two times that differ by more than a tenth
 */
export function likeForLike(tries: readonly SpeedupTry[]): LikeForLike[] {
  const tests = new Map<string, SpeedupTry[]>();
  for (const one of tries) {
    const key = `${one.startSha256} ${one.checksSha256}`;
    tests.set(key, [...(tests.get(key) ?? []), one]);
  }
  return [...tests.values()].map((its) => {
    const starts = its.map(({ startSeconds }) => startSeconds);
    const [fastest, slowest] = [Math.min(...starts), Math.max(...starts)];
    const { startSha256, checksSha256 } = there(its[0]);
    if (slowest > 1.1 * fastest) {
      throw new IndicatorError(
        "malformed-data",
        `expected one time for the code that is started from, got ${fastest} s to ${slowest} s: other machines, so not like for like`,
        startSha256.slice(0, 12),
      );
    }
    const models = [...new Set(its.map(({ model }) => model))];
    return { startSha256, checksSha256, models: models.map((model) => ofModel(model, its)) };
  });
}

function ofModel(model: string, tries: readonly SpeedupTry[]): LikeForLike["models"][number] {
  const its = tries.filter((one) => one.model === model);
  const speedups = its.map((one) =>
    one.checksPassed ? Math.max(1, one.startSeconds / one.seconds) : 1,
  );
  const mean = speedups.reduce((sum, one) => sum + naturalLogarithm(one), 0) / its.length;
  return {
    model,
    released: its[0]?.released ?? null,
    tries: its.length,
    failed: its.filter(({ checksPassed }) => !checksPassed).length,
    speedup: exponential(mean),
    best: Math.max(...speedups),
  };
}

const nextStepSchema = z.object({
  /** Moments where the human took a detour, and where the human's move was strong. */
  set: z.enum(["hard", "control"]),
  modelBetter: z.boolean(),
});
/** One moment at which a model's next step was compared with a human's. */
export type NextStep = z.infer<typeof nextStepSchema>;

/** Reads comparisons. */
export function parseNextSteps(text: string): NextStep[] {
  return rowsOf(text, nextStepSchema, "comparisons of next steps");
}

/** Share of moments at which the model's next step was better, in either set. */
export interface NextStepWins {
  readonly hard: Proportion;
  readonly control: Proportion;
}

/**
 * Share of moments at which the model's next step was better, in both sets.
 *
 * @throws IndicatorError where a set is missing: moments that were chosen because the human erred say nothing without their control
 */
export function nextStepWins(steps: readonly NextStep[]): NextStepWins {
  const of = (set: NextStep["set"]) => {
    const its = steps.filter((step) => step.set === set);
    if (its.length === 0)
      throw new IndicatorError(
        "too-few-points",
        `expected moments of both sets, got none of the set ${set}`,
      );
    return proportionOf(its.filter(({ modelBetter }) => modelBetter).length, its.length);
  };
  return { hard: of("hard"), control: of("control") };
}
