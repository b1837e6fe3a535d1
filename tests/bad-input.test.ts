import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { standstill } from "./support/standstill.ts";

const example = inject("exampleDirectory");
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-bad-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

describe("errors are three lines on standard error: what was expected and came, the place, what to do", () => {
  const csv = "run_id,node,t_ms,watts\n";
  it.each([
    [
      "a negative power",
      () => fileOf("negative.csv", `${csv}r,1,1000,-5\n`),
      "mlperf-power",
      /line 2/,
    ],
    ["NaN", () => fileOf("nan.csv", `${csv}r,1,1000,NaN\n`), "mlperf-power", /line 2/],
    ["1e400", () => fileOf("huge.csv", `${csv}r,1,1000,1e400\n`), "mlperf-power", /line 2/],
    [
      "a truncated gzip",
      () => fileOf("torn.csv.gz", Uint8Array.of(0x1f, 0x8b, 8, 0)),
      "mlperf-power",
      /torn/,
    ],
    ["UTF-16", () => fileOf("utf16.csv", Buffer.from(csv, "utf16le")), "mlperf-power", /utf16/],
    [
      "a truncated body",
      () => fileOf("torn.snappy", Uint8Array.of(0x64, 0xff)),
      "prometheus-remote-write",
      /torn/,
    ],
    ["a file that is not there", async () => join(directory, "none"), "slurm", /none/],
  ])("import: %s", async (_name, file, format, place) => {
    const { code, stdout, stderr } = await standstill(["import", "--format", format, await file()]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    const lines = stderr.trim().split("\n");
    expect(lines[0]).toMatch(/^Error: .*expected/);
    expect(lines[1]).toMatch(/^Place: /);
    expect(lines[1]).toMatch(place);
    expect(lines[2]).toMatch(/^To do: /);
    expect(lines).toHaveLength(3);
  });

  it.each([
    ["terms that are no YAML", "name: [", /line/],
    ["terms with a wrong unit", "limit: 3 J", /line|name/],
  ])("verify: %s", async (_name, text, place) => {
    const terms = await fileOf("terms.yaml", text);
    const { code, stderr } = await standstill([
      "verify",
      "agreements/example/dune",
      "--terms",
      terms,
    ]);
    expect(code).toBe(2);
    expect(stderr.split("\n")[1]).toMatch(place);
  });

  it.each([
    ["an unknown option", ["audit", ".", "--loud"]],
    ["a directory without a record", ["audit", "/nowhere"]],
    ["a policy that cannot be read", ["audit", example, "--policy", "/nowhere"]],
    [
      "--data without --site",
      ["import", "--format", "slurm", "data/slurm/sacct.json", "--data", "/tmp/x"],
    ],
  ])("usage: %s is exit code 2", async (_name, args) => {
    const { code, stdout, stderr } = await standstill(args);
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).not.toMatch(/ at .*\.js:\d+/);
  });

  it("with --json the error is JSON", async () => {
    const { stderr } = await standstill(["audit", "/nowhere", "--json"]);
    expect(JSON.parse(stderr).error.message).toMatch(/expected a record/);
  });

  it("a port that is taken is told, and nothing is left locked", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const { code, stderr } = await standstill(["up", "--data", example, "--port", String(port)]);
    other.close();
    expect(code).toBe(2);
    expect(stderr).toMatch(/another port with --port/);
    expect((await standstill(["up", "--once", "--data", example])).code).toBe(0);
  });
});
