import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { sha256, toHex } from "@standstill/record";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { hasBrowser, launchBrowser } from "./support/browser.ts";
import { standstill } from "./support/standstill.ts";

const DASHBOARD = resolve("packages/dashboard");
const built = join(DASHBOARD, "dist", "verifier.html");
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-verifier-"));
  await cp(inject("exampleDirectory"), join(directory, "keeper"), { recursive: true });
});
afterAll(() => rm(directory, { recursive: true }));

describe("the verifier's bytes", () => {
  it("a second build gives the same, and they are those that the keeper vouched for", async () => {
    const vite = join(createRequire(import.meta.url).resolve("vite"), "../../../bin/vite.js");
    const out = join(directory, "again");
    const args = ["build", "--config", "vite.verifier.config.ts", "--outDir", out];
    await promisify(execFile)(process.execPath, [vite, ...args, "--logLevel", "error"], {
      cwd: DASHBOARD,
      // As a newcomer's shell has it: the test runner says "test", which would build another React.
      env: { ...process.env, NODE_ENV: undefined },
    });
    expect(await readdir(out)).toEqual(["verifier.html"]);
    const bytes = await readFile(join(out, "verifier.html"));
    expect(bytes.equals(await readFile(built))).toBe(true);
    const { programs } = JSON.parse(inject("exampleAnswer"));
    expect(programs).toMatchObject([{ program: "verifier", sha256: toHex(sha256(bytes)) }]);
  });

  it("name no file of the machine that built them, and load nothing", async () => {
    const text = await readFile(built, "utf8");
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)=/);
  });
});

describe.skipIf(!hasBrowser)("the verifier, opened from a disk", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function open(): Promise<{ page: Page; asked: string[] }> {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on("pageerror", (error) => asked.push(error.message));
    page.on("request", (request) => {
      if (!/^(?:file|blob|data):/.test(request.url())) asked.push(request.url());
    });
    await page.goto(pathToFileURL(built).href);
    await page.waitForSelector("h1");
    return { page, asked };
  }

  async function verdictOn(page: Page): Promise<{ outcome: string | null; words: string }> {
    await page.click("button.action");
    await page.waitForSelector(
      "[role=status]:not([data-outcome=idle]):not([data-outcome=progress])",
      {
        timeout: 120_000,
      },
    );
    const status = page.locator("[role=status]");
    return {
      outcome: await status.getAttribute("data-outcome"),
      words: (await status.textContent()) ?? "",
    };
  }

  it("verifies a record in a folder, and refuses it with one byte changed", async () => {
    const keeper = join(directory, "keeper");
    const { page, asked } = await open();
    await page.fill("#policy", await readFile(join(keeper, "policy"), "utf8"));
    await page.setInputFiles("#folder", join(keeper, "record"));
    const found = await verdictOn(page);
    expect(found.words).toContain("It is the log that the policy names");
    expect(found.outcome).toBe("verified");
    const { stdout } = await standstill(["audit", keeper, "--json"]);
    expect(found.words).toContain(JSON.parse(stdout).state);

    const forged = join(directory, "forged");
    await cp(join(keeper, "record"), forged, { recursive: true });
    const bundle = (await readdir(join(forged, "tile", "entries"), { recursive: true })).find(
      (name) => /\.p\/\d+$/.test(name),
    ) as string;
    const path = join(forged, "tile", "entries", bundle);
    const bytes = await readFile(path);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 1;
    await writeFile(path, bytes);
    await page.setInputFiles("#folder", forged);
    const refused = await verdictOn(page);
    expect(refused.outcome).toBe("altered");
    expect(asked).toEqual([]);
    await page.close();
  });

  it("accuses nobody of a record that another draft made", async () => {
    const old = fileURLToPath(new URL("records/draft-d18c2d6/", import.meta.url));
    const { page, asked } = await open();
    await page.fill("#policy", await readFile(join(old, "policy"), "utf8"));
    await page.setInputFiles("#folder", join(old, "record"));
    const { outcome, words } = await verdictOn(page);
    expect(outcome).toBe("not-recomputed");
    expect(words).toContain("That accuses nobody.");
    expect(words).toMatch(
      /\d verdicts were not computed again, because this program does not know/,
    );
    expect(asked).toEqual([]);
    await page.close();
  });

  it("checks a proof that somebody was handed, against a policy and no other", async () => {
    const keeper = join(directory, "keeper");
    const base = join(directory, "handed");
    const policy = join(keeper, "policy");
    await standstill(["prove", keeper, "3", "--policy", policy, "--out", base]);
    const { page, asked } = await open();
    await page.click("text=A proof of one entry");
    await page.setInputFiles("#proof", `${base}.tlog-proof`);
    expect((await verdictOn(page)).words).toContain("expected a policy, got none");
    await page.fill("#policy", await readFile(policy, "utf8"));
    await page.setInputFiles("#entry", `${base}.json`);
    await expect.poll(async () => (await verdictOn(page)).words).toContain("number 3 of");
    const entry = await readFile(`${base}.json`, "utf8");
    await writeFile(`${base}-forged.json`, entry.replace("a", "b"));
    await page.setInputFiles("#entry", `${base}-forged.json`);
    await expect.poll(async () => (await verdictOn(page)).words).toContain("Not proven");
    expect(asked).toEqual([]);
    await page.close();
  });
});
