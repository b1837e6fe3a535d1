import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { standstill } from "./support/standstill.ts";

it("up killed at any moment goes on where it was, loses nothing acknowledged, and audits green", async () => {
  const directory = await mkdtemp(join(tmpdir(), "standstill-kill-"));
  try {
    let size = 0;
    for (const killAfterMs of [400, 900, 1500, 2200, 3500]) {
      await standstill(["up", "--once", "--data", directory], { killAfterMs });
      const { stdout } = await standstill(["audit", directory, "--json"]);
      if (stdout === "") continue;
      const report = JSON.parse(stdout);
      expect(report.size).toBeGreaterThanOrEqual(size);
      size = report.size;
    }
    const done = await standstill(["up", "--once", "--json", "--data", directory]);
    expect(done.stderr + done.code).toMatch(/0$/);
    expect(JSON.parse(done.stdout).record.size).toBe(45);
    const audited = await standstill(["audit", directory, "--policy", join(directory, "policy")]);
    expect(audited.code).toBe(0);
  } finally {
    await rm(directory, { recursive: true });
  }
}, 180_000);

it("without chDB, up keeps readings in plain files, says so, and gives the same verdicts", async () => {
  const directory = await mkdtemp(join(tmpdir(), "standstill-files-"));
  const hook =
    "export async function resolve(name, context, next) { if (name === 'chdb') throw Object.assign(new Error('no chdb'), { code: 'ERR_MODULE_NOT_FOUND' }); return next(name, context); }";
  const register = `import { register } from "node:module"; register("data:text/javascript,${encodeURIComponent(hook)}");`;
  try {
    const { code, stdout, stderr } = await standstill(
      ["up", "--once", "--json", "--data", directory],
      {
        nodeArgs: ["--import", `data:text/javascript,${encodeURIComponent(register)}`],
      },
    );
    expect(code).toBe(0);
    expect(stderr).toContain("chDB is not installed");
    expect(JSON.parse(stdout).parties.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "unverified",
      "unverified",
      "unverified",
      "anomalous",
      "anomalous",
    ]);
  } finally {
    await rm(directory, { recursive: true });
  }
}, 120_000);
