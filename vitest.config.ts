import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** What takes minutes is asked for with `npm run test:slow`. */
const isSlow = process.env.STANDSTILL_SLOW === "1";

const resolving = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
};
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Many tests wait for programs that they start; of two cores the default would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        ...resolving,
        test: {
          ...patience,
          name: "unit",
          include: isSlow
            ? ["packages/*/test/**/*.slow.ts"]
            : ["packages/*/test/**/*.test.ts", "scripts/**/*.test.ts"],
        },
      },
      {
        ...resolving,
        test: {
          ...patience,
          name: "whole",
          include: isSlow ? [] : ["tests/**/*.test.ts", "conformance/**/*.test.ts"],
          // Plays the example, which takes seconds: only tests of the whole wait for it.
          globalSetup: ["tests/support/global-setup.ts"],
        },
      },
    ],
  },
});
