import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keySigner } from "@standstill/record";
import { createServer, Registry } from "@standstill/server";
import { noticesOf, roundOf } from "@standstill/views";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { log, logKey, opening } from "../../replay/test/world.ts";

vi.mock("@standstill/views", async (load) => {
  const views = await load<typeof import("@standstill/views")>();
  return { ...views, roundOf: vi.fn(views.roundOf), noticesOf: vi.fn(views.noticesOf) };
});

let directory: string;
let registry: Registry;
let server: Awaited<ReturnType<typeof createServer>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-derived-"));
  registry = await Registry.open({ directory, signer: keySigner(log, logKey) });
  server = await createServer({ record: registry, directory });
});
afterAll(async () => {
  await server.close();
  await registry.close();
  await rm(directory, { recursive: true });
});

it("what many ask of a state is derived once for it, however often it is asked, and anew after an entry", async () => {
  const all = [
    "/api/round",
    "/deadlines.ics",
    "/api/notices",
    "/api/notices?since=2",
    "/feed.atom",
  ];
  const ask = async () => {
    for (const url of [...all, ...all]) expect((await server.inject(url)).statusCode).toBe(200);
    return (await server.inject("/api/round")).json().parties.length;
  };
  expect(await ask()).toBe(0);
  for (const [done, signed] of opening.entries()) {
    expect(roundOf).toHaveBeenCalledTimes(done + 1);
    expect(noticesOf).toHaveBeenCalledTimes(done + 1);
    await registry.append(signed);
    await ask();
  }
  expect(await ask()).toBeGreaterThan(0);
});
