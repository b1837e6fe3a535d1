import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Quantity, SamplesBuilder } from "@standstill/evidence";
import {
  openChdbStore,
  openClusterStore,
  openFileStore,
  Telemetry,
  type TelemetryStore,
} from "@standstill/evidence/telemetry";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";

const HOUR_MS = 3_600_000;
/** The last hour of a day and what follows, so that readings fall on both sides of a partition's edge. */
const START = 20_000 * 86_400_000 - HOUR_MS;
const PERIOD = { startMs: START, endMs: START + 4 * HOUR_MS };
const QUANTITIES: readonly Quantity[] = ["power", "energy", "tensor-activity", "tokens-out"];
const DEVICES = ["a", "b", "c"];
const SITE = { site: "aster/one", feed: "operator" };
const installed = await import("chdb").then(
  () => true,
  () => false,
);
if (!installed)
  console.warn("SKIPPED: chDB is not installed on this system, so it was not compared.");

/** Pieces of readings: device, quantity, second of the period, value. Few seconds, so that many are late, or there twice. */
const pieces = fc.array(
  fc.array(
    fc.tuple(
      fc.nat(2),
      fc.nat(3),
      fc.oneof(fc.nat(400), fc.integer({ min: 3500, max: 3700 }), fc.nat(4 * 3600 - 1)),
      fc.nat(900_000),
    ),
    { minLength: 1, maxLength: 120, size: "max" },
  ),
  { minLength: 1, maxLength: 4, size: "max" },
);

describe.skipIf(!installed)("windows that the engine keeps", () => {
  let directory: string;
  const shards: { readonly url: string; readonly process: ChildProcess }[] = [];
  const open: { stores: Telemetry[] } = { stores: [] };
  let run = 0;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-windows-"));
    shards.push(await shim(), await shim());
    const kinds: ((place: string) => Promise<TelemetryStore>)[] = [
      async (place) => openFileStore(place),
      (place) => openChdbStore(place),
      (place) =>
        openClusterStore(place, {
          shards: shards.map(({ url }) => server(url)),
          isReplicated: false,
        }),
    ];
    for (const [i, openStore] of kinds.entries()) {
      open.stores.push(await Telemetry.open({ directory: join(directory, String(i)), openStore }));
    }
  });
  afterAll(async () => {
    for (const store of open.stores) await store.close();
    for (const { process } of shards) process.kill();
    await rm(directory, { recursive: true });
  });

  it("are the same whole numbers as windows made of all readings at once: here, on two shards over HTTP, and in plain files", async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        // A site of its own each time: tables are not emptied.
        const site = { ...SITE, site: `aster/run-${run++}` };
        for (const part of parts) {
          for (const store of open.stores) {
            const builder = new SamplesBuilder();
            for (const [device, quantity, second, value] of part) {
              const of = {
                ...site,
                device: DEVICES[device] as string,
                quantity: QUANTITIES[quantity] as Quantity,
              };
              builder.add(store.table.numberOf(of), START + second * 1000, value);
            }
            await store.accept(builder.take());
          }
          // Windows are asked for between two pieces: what comes late changes them.
          const [plain, ...others] = await Promise.all(
            open.stores.map((store) => told(store, site.site)),
          );
          for (const other of others) expect(other).toEqual(plain);
        }
      }),
      { numRuns: scaled(8), endOnFailure: true },
    );
  });

  it("are made without being asked for once some hours are over", async () => {
    const store = await openChdbStoreApart();
    try {
      const builder = new SamplesBuilder();
      for (let hour = 0; hour < 7; hour++) {
        for (const second of [1, 2]) builder.add(0, START + hour * HOUR_MS + second * 1000, 7);
        await store.define(0, [{ ...SITE, device: "a", quantity: "power" }]);
        await store.append(builder.take());
      }
      const unmade = await readFile(join(directory, "apart", "windows-to-make"), "utf8");
      expect(unmade).toBe(`${START / HOUR_MS + 6}\n`);
    } finally {
      await store.close();
    }
  });

  it("a shard that is too busy is asked again, and one that refuses is told of with what it said", async () => {
    const { url } = shards[0] as { url: string };
    const ask = (waitsMs: number[], password = "a secret") =>
      openClusterStore(join(directory, "busy"), {
        shards: [{ ...server(url), password, waitsMs }],
        isReplicated: false,
      });
    const fail = (count: number, status: number, code?: string) =>
      fetch(new URL("/fail-next", url), {
        method: "POST",
        body: JSON.stringify({ count, status, code }),
      });
    await fail(2, 503);
    await (await ask([1, 1])).close();
    // A cluster tells most of what passes with the status 500, and by the error's code alone.
    await fail(2, 500, "252");
    await (await ask([1, 1])).close();
    await fail(1, 500, "60");
    await expect(ask([1, 1])).rejects.toThrow(/500: too busy/);
    await fail(2, 503);
    await expect(ask([1])).rejects.toMatchObject({
      code: "store-failed",
      message: /503: too busy/,
    });
    await expect(ask([1], "wrong")).rejects.toThrow(/403: Authentication failed/);
    const nobody = openClusterStore(join(directory, "nobody"), {
      shards: [{ ...server("http://localhost:1/"), waitsMs: [1] }],
      isReplicated: false,
    });
    await expect(nobody).rejects.toMatchObject({ code: "store-failed", message: /ECONNREFUSED/ });
  });

  async function told(store: Telemetry, site: string) {
    const power = await store.windows(site, SITE.feed, DEVICES, PERIOD, 60_000);
    const rest = QUANTITIES.flatMap((quantity) =>
      [60_000, 900_000].map((windowMs) =>
        store.quantityWindows(site, SITE.feed, quantity, DEVICES, PERIOD, windowMs),
      ),
    );
    return [power, ...(await Promise.all(rest))];
  }

  function openChdbStoreApart() {
    return openClusterStore(join(directory, "apart"), {
      shards: [server((shards[1] as { url: string }).url)],
      isReplicated: false,
    });
  }
});

function server(url: string) {
  return { url, user: "monitor", password: "a secret" };
}

async function shim(): Promise<{ url: string; process: ChildProcess }> {
  const script = fileURLToPath(new URL("clickhouse-shim.mjs", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [first] = await once(child.stdout as NodeJS.ReadableStream, "data");
  return { url: String(first).trim(), process: child };
}
