import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Serving, serve } from "./support/serve.ts";
import { standstill } from "./support/standstill.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const README = await readFile(join(root, "README.md"), "utf8");
const COMMANDS = [...README.matchAll(/^npx standstill ([^#\n]*[^#\s])/gm)].map(
  ([, words = ""]) => words,
);
/** There are findings at Dune's site, and `verify` tells that by its exit code. */
const EXIT_CODES: Readonly<Record<string, number>> = { verify: 7 };

describe("the commands of the README, one after the other, as whoever has run `npm start` types them", () => {
  let directory: string;
  let page: Serving;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-readme-"));
    await cp(inject("exampleDirectory"), join(directory, ".standstill"), { recursive: true });
    for (const name of ["agreements", "data"])
      await symlink(join(root, name), join(directory, name));
    page = await serve(join(directory, ".standstill"));
  });
  afterAll(async () => {
    await page?.stop();
    await rm(directory, { recursive: true });
  });

  it.each(COMMANDS)("%s", async (words) => {
    const args = words.replace("http://127.0.0.1:7878/", page.url).split(/\s+/);
    const address = page.url.replace(/\/$/, "");
    const typed = args.map((word) => (word === "http://127.0.0.1:7878" ? address : word));
    // A mirror goes on until it is stopped.
    if (typed[0] === "mirror") typed.push("--once");
    const { code, stdout, stderr } = await standstill(typed, { cwd: directory });
    expect([stderr.replace(/^….*\n/gm, ""), code]).toEqual(["", EXIT_CODES[typed[0] ?? ""] ?? 0]);
    expect(stdout).not.toBe("");
  });

  it("there are that many of them", () => {
    expect(COMMANDS.length).toBeGreaterThan(10);
  });
});
