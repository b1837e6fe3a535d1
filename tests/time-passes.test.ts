import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { serve } from "./support/serve.ts";
import { standstill } from "./support/standstill.ts";

it("while it serves, the keeper marks the time, and the record still audits", async () => {
  const directory = await mkdtemp(join(tmpdir(), "standstill-time-"));
  await cp(inject("exampleDirectory"), directory, { recursive: true });
  try {
    const server = await serve(directory, "--mark-every", "1");
    const list = async () => {
      const answer = await fetch(`${server.url}api/statements?from=45`);
      return ((await answer.json()) as { statements: { type: string; index: number }[] })
        .statements;
    };
    await expect.poll(async () => (await list()).length, { timeout: 30_000 }).toBeGreaterThan(1);
    expect((await list()).every(({ type }) => type === "time/mark")).toBe(true);
    // A statement lies between the marks around it: here the example's last mark and the first one served.
    const answer = await fetch(`${server.url}api/statements/45`);
    const { time } = (await answer.json()) as { time: { notBefore: string; notAfter: string } };
    expect(Date.parse(time.notAfter)).toBeGreaterThan(Date.parse(time.notBefore));
    await server.stop();
    const audited = await standstill(["audit", directory, "--policy", join(directory, "policy")]);
    expect(audited.code).toBe(0);
  } finally {
    await rm(directory, { recursive: true });
  }
}, 120_000);
