import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LANES, laneAsked, scaleAsked } from "./scripts/lanes.mjs";

const lane = laneAsked();
const { suffixes } = LANES[lane];

/** A property that is tried more often takes longer. */
const PATIENCE_MS = 120_000 * Math.max(1, scaleAsked());

/** Files of other lanes whose counts grow in this one. */
const GROWING: Readonly<Record<typeof lane, readonly string[]>> = {
  test: [],
  slow: [".test.ts"],
  wire: [],
  long: [".test.ts", ".wire.ts"],
};

/** Files below a directory that the lane runs: those of its suffixes, and in slower lanes also those whose counts grow. */
function filesOfLane(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((file) => join(directory, file))
    .filter((path) => !/node_modules|\bdist\b/.test(path))
    .filter((path) => suffixes.some((suffix) => path.endsWith(suffix)) || grows(path));
}

function grows(path: string): boolean {
  return (
    GROWING[lane].some((suffix) => path.endsWith(suffix)) &&
    readFileSync(path, "utf8").includes("scaled(")
  );
}

const shared = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
};
const tests = {
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
  setupFiles: process.env.STANDSTILL_SEED === undefined ? [] : ["tests/support/seed.ts"],
};

export default defineConfig({
  test: {
    // Many tests wait for programs that they start; of two cores the default would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        ...shared,
        test: {
          ...tests,
          name: "unit",
          include: [...filesOfLane("packages"), ...filesOfLane("scripts")],
        },
      },
      {
        ...shared,
        test: {
          ...tests,
          name: "whole",
          include: [...filesOfLane("tests"), ...filesOfLane("conformance")],
          // Plays the example, which takes seconds: only tests of the whole wait for it.
          globalSetup: ["tests/support/global-setup.ts"],
        },
      },
    ],
  },
});
