import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** What takes minutes is asked for with `npm run test:slow`. */
const isSlow = process.env.STANDSTILL_SLOW === "1";

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
  test: {
    include: isSlow
      ? ["packages/*/test/**/*.slow.ts"]
      : ["packages/*/test/**/*.test.ts", "tests/**/*.test.ts", "conformance/**/*.test.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    // Many tests wait for programs that they start; of two cores the default would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
