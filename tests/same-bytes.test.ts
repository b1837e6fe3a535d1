import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { canonicalJson } from "@standstill/record";
import { describe, expect, inject, it } from "vitest";

const directory = inject("exampleDirectory");
const { record: _record, ...round } = JSON.parse(inject("exampleAnswer"));
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

const program = `
  import { canonicalJson } from ${JSON.stringify(new URL("../packages/record/dist/index.js", import.meta.url).href)};
  import { directorySource } from ${JSON.stringify(new URL("../packages/record/dist/files.js", import.meta.url).href)};
  import { audit, roundOf } from ${JSON.stringify(new URL("../packages/replay/dist/index.js", import.meta.url).href)};
  let state;
  const report = await audit(directorySource(${JSON.stringify(join(directory, "record"))}), { onState: (s) => { state = s; } });
  process.stdout.write(JSON.stringify({ version: process.version, report, round: canonicalJson(JSON.parse(JSON.stringify(roundOf(state)))) }));`;

// Chromium's part of this law is in page.test.ts: there the page recomputes the verdicts and compares them.
describe("a verdict recomputed elsewhere is the same bytes", () => {
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
    const { stdout } = await promisify(execFile)(node, ["--input-type=module", "-e", program], {
      maxBuffer: 1 << 26,
    });
    const there = JSON.parse(stdout);
    expect(there.version).toMatch(pattern);
    expect(there.report).toMatchObject({ outcome: "verified", verdictsRecomputed: 5 });
    expect(there.round).toBe(canonicalJson(round));
  });
});
