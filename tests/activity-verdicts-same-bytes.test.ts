import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { randomFrom } from "@standstill/statistics";
import { activityEvasions, honestActivity, logText } from "@standstill/verification/play";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, launchBrowser } from "./support/browser.ts";
import { judgeLog } from "./support/judge-log.ts";
import { program } from "./support/standstill.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const nodeOf = (version: string) => {
  const platform = `node-${process.platform}-${process.arch}`;
  return join(root, ".runtimes", version, "node_modules", platform, "bin", "node");
};

/** One log with many evasions at once, so that every kind of finding is told. */
function cheat() {
  let made = honestActivity("same bytes", { devices: 8, minutes: 240 });
  const random = randomFrom("same bytes");
  for (const { id, commit } of activityEvasions) {
    if (id !== "parallel-pieces") made = commit(made, random, 0.3) ?? made;
  }
  return { log: logText(made.records, true), terms: JSON.stringify(made.terms) };
}

describe("verdicts on activity logs are the same bytes", () => {
  const { log, terms } = cheat();
  const name = "log.jsonl";
  const expected = judgeLog(name, log, terms);
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-log-bytes-"));
    await writeFile(join(directory, name), log);
    await writeFile(join(directory, "terms.json"), terms);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("many kinds of findings are in it", () => {
    const checks = new Set(
      JSON.parse(expected).findings.map((one: { check: string }) => one.check),
    );
    expect(checks.size).toBeGreaterThan(10);
  });

  it.each(["20.19", "26"])("on Node %s", async (version) => {
    const node = nodeOf(version);
    if (!existsSync(node)) {
      console.warn(`SKIPPED: Node ${version} could not be fetched, so logs were not judged on it.`);
      return;
    }
    const files = [
      "--activity-log",
      join(directory, name),
      "--terms",
      join(directory, "terms.json"),
    ];
    const run = promisify(execFile)(node, [program, "verify", ...files, "--json"], {
      maxBuffer: 1 << 26,
    });
    // Findings end with exit code 7.
    const stdout = await run.catch((error: { code: number; stdout: string }) => {
      expect(error.code).toBe(7);
      return error.stdout;
    });
    expect(String(stdout).trim()).toBe(expected);
  });

  it.skipIf(!hasBrowser)("in Chromium", async () => {
    const built = await build({
      configFile: false,
      logLevel: "error",
      root,
      resolve: { conditions: ["source", "browser", "module", "import", "default"] },
      build: {
        write: false,
        lib: {
          entry: join(root, "tests/support/judge-log.ts"),
          formats: ["iife"],
          name: "judging",
        },
      },
    });
    const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
      "output" in one ? one.output : [],
    );
    const [code] = outputs.flatMap((one) => (one.type === "chunk" ? [one.code] : []));
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const call = [name, log, terms].map((one) => JSON.stringify(one)).join(", ");
      const told = await page.evaluate(`${code}\njudging.judgeLog(${call})`);
      expect(told).toBe(expected);
    } finally {
      await browser.close();
    }
  });
});
