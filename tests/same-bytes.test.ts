import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { audit } from "@standstill/audit";
import { directorySource } from "@standstill/record/files";
import { roundOf } from "@standstill/views";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { hasBrowser, launchBrowser } from "./support/browser.ts";
import { serve } from "./support/serve.ts";
import { program } from "./support/standstill.ts";

const directory = inject("exampleDirectory");
const { record: _record, ...round } = JSON.parse(inject("exampleAnswer"));
/** The state that the record comes to on this Node, every verdict, finding and number among it. */
let here = "";
beforeAll(async () => {
  const report = await audit(directorySource(join(directory, "record")), {
    onState: (state) => expect(JSON.parse(JSON.stringify(roundOf(state)))).toEqual(round),
  });
  here = report.state ?? "";
  expect(here).toMatch(/^[0-9a-f]{64}$/);
});
const root = fileURLToPath(new URL("..", import.meta.url));
const nodeOf = (version: string) =>
  join(
    root,
    ".runtimes",
    version,
    "node_modules",
    `node-${process.platform}-${process.arch}`,
    "bin",
    "node",
  );

describe("verdicts recomputed elsewhere are the same bytes", () => {
  it.each([
    ["20.19", /^v20\.19\./],
    ["26", /^v26\./],
  ])("on Node %s", async (version, pattern) => {
    const node = nodeOf(version);
    if (!existsSync(node)) {
      console.warn(
        `SKIPPED: Node ${version} could not be fetched, so verdicts were not recomputed on it.`,
      );
      return;
    }
    const run = promisify(execFile);
    expect((await run(node, ["--version"])).stdout).toMatch(pattern);
    const { stdout } = await run(node, [program, "audit", directory, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: "verified",
      verdictsRecomputed: 5,
      state: here,
    });
  });

  it.skipIf(!hasBrowser)(
    "in Chromium, by the page's own button",
    async () => {
      const copy = await mkdtemp(join(tmpdir(), "standstill-bytes-"));
      await cp(directory, copy, { recursive: true });
      const [server, browser] = await Promise.all([serve(copy), launchBrowser()]);
      try {
        const page = await browser.newPage();
        await page.goto(server.url);
        await page.click("button.action");
        await page.waitForSelector('[data-outcome="verified"]', { timeout: 120_000 });
        expect(await page.textContent("[data-outcome] code")).toBe(here);
      } finally {
        await browser.close();
        await server.stop();
        await rm(copy, { recursive: true });
      }
    },
    150_000,
  );
});
