import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, launchBrowser } from "./support/browser.ts";
import { judgeSites } from "./support/judge-sites.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const terms = readFileSync(join(root, "agreements/example.yaml"), "utf8");
const nodeOf = (version: string) => {
  const platform = `node-${process.platform}-${process.arch}`;
  return join(root, ".runtimes", version, "node_modules", platform, "bin", "node");
};

describe("verdicts on sites with counters and others' measurements are the same bytes", () => {
  const expected = judgeSites(terms);
  const call = `judging.judgeSites(${JSON.stringify(terms)})`;
  let directory: string;
  let code: string;

  beforeAll(async () => {
    const built = await build({
      configFile: false,
      logLevel: "error",
      root,
      resolve: { conditions: ["source", "browser", "module", "import", "default"] },
      build: {
        write: false,
        lib: {
          entry: join(root, "tests/support/judge-sites.ts"),
          formats: ["iife"],
          name: "judging",
        },
      },
    });
    const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
      "output" in one ? one.output : [],
    );
    [code] = outputs.flatMap((one) => (one.type === "chunk" ? [one.code] : [])) as [string];
    directory = await mkdtemp(join(tmpdir(), "standstill-site-bytes-"));
    await writeFile(join(directory, "judge.cjs"), `${code}\nconsole.log(${call});`);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("nearly every check has a finding in them", () => {
    const checks = new Set([...expected.matchAll(/"check":"([a-z-]+)"/g)].map(([, id]) => id));
    expect(checks.size).toBeGreaterThan(15);
  });

  it.each(["20.19", "26"])("on Node %s", async (version) => {
    const node = nodeOf(version);
    if (!existsSync(node)) {
      console.warn(
        `SKIPPED: Node ${version} could not be fetched, so sites were not judged on it.`,
      );
      return;
    }
    const { stdout } = await promisify(execFile)(node, [join(directory, "judge.cjs")], {
      maxBuffer: 1 << 26,
    });
    expect(stdout.trimEnd()).toBe(expected);
  });

  it.skipIf(!hasBrowser)("in Chromium", async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      expect(await page.evaluate(`${code}\n${call}`)).toBe(expected);
    } finally {
      await browser.close();
    }
  });
});
