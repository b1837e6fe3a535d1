import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDraft } from "@standstill/agreement";
import { playDrill } from "@standstill/simulation";
import { roundOf } from "@standstill/views";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { Story } from "../packages/replay/test/story.ts";
import { hasBrowser, launchBrowser } from "./support/browser.ts";
import { serve } from "./support/serve.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (!hasBrowser)
  console.warn(
    "SKIPPED: no Chromium here and none could be installed, so the page was not tested.",
  );

describe.skipIf(!hasBrowser)("the page", () => {
  let directory: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-page-"));
    await cp(inject("exampleDirectory"), directory, { recursive: true });
    [server, browser] = await Promise.all([serve(directory), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(directory, { recursive: true });
  });

  async function open(
    path: string,
    options: Parameters<Browser["newPage"]>[0] = {},
  ): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith("blob:"))
        problems.push(request.url());
    });
    await page.goto(server.url + path);
    await page.waitForSelector("h1");
    await page.waitForSelector("figure svg");
    return { page, problems };
  }

  it("says the answer, the verdict of each party, and asks nobody else for anything", async () => {
    const { page, problems } = await open("");
    expect(await page.textContent("h1")).toBe("The standstill holds for 3 of 5 parties.");
    const rows = await page.locator("#verdicts tbody tr").allTextContents();
    expect(rows).toHaveLength(5);
    expect(rows[3]).toMatch(/Dune.*anomalous.*more energy/);
    expect(problems).toEqual([]);
    if (process.env.STANDSTILL_PICTURES !== undefined) {
      await mkdir(process.env.STANDSTILL_PICTURES, { recursive: true });
      await page.screenshot({
        path: join(process.env.STANDSTILL_PICTURES, "dashboard.png"),
        clip: { x: 0, y: 0, width: 1200, height: 1740 },
        fullPage: true,
      });
    }
    await page.close();
  });

  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 375, height: 800 } }],
  ] as const)("axe finds nothing to mend: %s", async (_name, options) => {
    for (const party of ["aster", "cedar", "dune"]) {
      const { page } = await open(`#party-${party}`, options);
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const result = await (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe.run();
        return result.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
        );
      });
      expect(violations).toEqual([]);
      await page.close();
    }
  });

  it("nothing on a phone is wider than the screen", async () => {
    const { page } = await open("", { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      360,
    );
    await page.close();
  });

  it("one button verifies the record and recomputes every verdict in Chromium, byte for byte", async () => {
    const { page, problems } = await open("");
    await page.click("button.action");
    await page.waitForSelector('[data-outcome="verified"]', { timeout: 120_000 });
    const told = await page.textContent("[data-outcome]");
    expect(told).toContain("All 5 verdicts were recomputed from the readings, byte for byte.");
    expect(told).toContain("This page shows what the record gives.");
    expect(problems).toEqual([]);
    await page.close();
  }, 150_000);

  it("the what-if is played in the browser: a finding against Aster takes everybody down, in order", async () => {
    const { page } = await open("");
    const cascade = page.locator(".cascade");
    expect(await cascade.textContent()).toBe(
      "Nobody would drop out.Still bound: Aster, Borealis and Ember.",
    );
    await page.getByRole("group", { name: "A finding against" }).getByLabel("Aster").check();
    expect(await cascade.locator("li").allTextContents()).toEqual([
      "Borealis would drop out.",
      "Aster and Ember would drop out.",
    ]);
    expect(await cascade.textContent()).toContain("Nobody would stay bound.");
    await page.close();
  });

  it("tells which tripwire is how near, what was claimed, and who wrote this program; a chart can be saved as picture", async () => {
    const { page, problems } = await open("#indicators");
    const wires = await page
      .locator("#indicators table")
      .first()
      .locator("tbody tr")
      .allTextContents();
    expect(wires).toHaveLength(3);
    expect(wires[1]).toMatch(/article-4-review.*on alert.*trips below 50 %/);
    expect(wires[2]).toContain("nothing measured");
    // The forecast is fetched and computed once the page stands.
    await page.waitForSelector("text=A forecast trips nothing.");
    const text = (await page.textContent("#indicators")) ?? "";
    expect(text).toContain("Reproduced by");
    expect(text).toContain("Unsupported: nobody else has measured it.");
    expect(text).toContain("A forecast trips nothing.");
    await page.waitForSelector("text=This project, measured by itself");
    const figure = page.locator("#indicators figure").first();
    await figure.locator("summary").click();
    const saved = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        figure.getByText(button).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const svg = await saved("Save as SVG");
    expect(svg.name).toMatch(/^share-of-ai-s-lines.*\.svg$/);
    expect(svg.bytes.toString()).toContain("65 %");
    expect(svg.bytes.toString()).not.toContain("var(--");
    const png = await saved("Save as PNG");
    expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(png.bytes.length).toBeGreaterThan(5000);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("tells what is due from whom, and where each case stands, also as a calendar", async () => {
    const { page, problems } = await open("#cases");
    const due = await page.locator("#cases table tbody tr").allTextContents();
    expect(due).toHaveLength(4);
    expect(due[3]).toMatch(/everybody bound/);
    expect(due[0]).toMatch(/Dune.*The party says what it makes of a finding.*goes to the panel/);
    const steps = await page
      .locator("#cases ol[aria-label^=Steps]")
      .first()
      .locator("li")
      .allTextContents();
    expect(steps).toHaveLength(3);
    expect(steps[2]).toContain("to come");
    const calendar = await fetch(`${server.url}deadlines.ics`);
    expect(calendar.headers.get("content-type")).toContain("text/calendar");
    expect(await calendar.text()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*SUMMARY:Due from dune: /);
    expect(problems).toEqual([]);
    await page.close();
  });

  /** The page with parts of another round in the same form, for what the example does not have; a section of it, checked by axe. */
  async function openWith(changes: object, section: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.route("**/api/round", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...(await answer.json()), ...changes } });
    });
    await page.goto(`${server.url}#${section}`);
    await page.waitForSelector(`#${section} table`);
    await page.evaluate(axe);
    const found = await page.evaluate(
      (selector) =>
        (
          globalThis as never as {
            axe: { run(selector: string): Promise<{ violations: { id: string }[] }> };
          }
        ).axe.run(selector),
      `#${section}`,
    );
    expect(found.violations.map(({ id }) => id)).toEqual([]);
    if (process.env.STANDSTILL_PICTURES !== undefined)
      await page
        .locator(`#${section}`)
        .screenshot({ path: join(process.env.STANDSTILL_PICTURES, `${section}.png`) });
    return page;
  }

  it("a pause has a control room: how far each site has stopped, by its own reports, and for how long", async () => {
    const example = fileURLToPath(new URL("../agreements/example.yaml", import.meta.url));
    const { stops } = await playDrill(parseDraft(readFileSync(example, "utf8")));
    const page = await openWith({ pause: stops.first }, "stopping");
    expect(await page.textContent("#stopping")).toMatch(/A pause holds since .* by article-6\./);
    const rows = await page.locator("#stopping tbody tr").allTextContents();
    expect(rows[0]).toMatch(
      /Aster, aster\/hallIts meters show that it idles\..*304 W an accelerator.*kept in 2 of 2 hours since the stop4[23] %; under 1 % above its baseline/,
    );
    expect(rows[3]).toMatch(/Dune, dune\/hallThe verdict has findings that speak against a stop\./);
    expect(await page.textContent("#stopping")).toContain("Nobody has handed anything in.");
    await page.close();
  });

  it("tells which reports were not there when they were due", async () => {
    const story = new Story().pledges();
    const nodes = [{ device: "node-01", accelerator: "h100-sxm5", accelerators: 8 }];
    for (const party of ["aster", "cedar"])
      story.say(party, "site/declare", { site: `${party}/one`, title: "A hall.", nodes });
    const { reporting } = roundOf(story.day(1).day(38).state);
    const page = await openWith({ reporting }, "cases");
    const text = await page.textContent("#cases");
    expect(text).toContain("2 of 7 reports were there in time.");
    expect(text).toMatch(
      /Aster, aster\/oneSealed readings of a period\.696 hours of it are missing\./,
    );
    expect(text).toMatch(/BorealisAll accelerators and where they are\.It is missing\./);
    await page.close();
  });

  it("a statement can be opened whole by its number, with the keyboard", async () => {
    const { page } = await open("");
    await page.locator('#record a[href="#statement-0"]').focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("#statement-0 pre");
    expect(await page.textContent("#statement-0 pre")).toContain("agreement/propose");
    await page.close();
  });
});
