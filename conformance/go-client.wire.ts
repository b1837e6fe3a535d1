import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  formatVerifier,
  keySigner,
  MerkleTree,
  noteVerifier,
  Sequencer,
  signingKey,
  toBase64,
  utf8,
} from "@standstill/record";
import { directorySource, openDirectoryStore } from "@standstill/record/files";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { goEnvironment } from "../scripts/setup/test-tools.mjs";
import { serve } from "../tests/support/serve.ts";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("go-client", import.meta.url));
const hasGo = await run("go", ["version"]).then(
  () => true,
  () => false,
);
if (!hasGo) console.warn("SKIPPED: Go is not here, so no outside client checked the log.");

const key = signingKey(new Uint8Array(32).fill(9));
const verifier = noteVerifier("log.example/conformance", key.publicKey);
const SIZES = [300, 5000];

describe.skipIf(!hasGo)("golang.org/x/mod verifies a log that we wrote", () => {
  let directory: string;
  let client: string;
  let web: Server;
  let url: string;
  const tree = new MerkleTree();

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-go-"));
    client = join(directory, "client");
    await run("go", ["build", "-o", client, "."], { cwd: folder, env: goEnvironment() });
    const writer = await Sequencer.open({
      store: await openDirectoryStore({
        recordDirectory: join(directory, "record"),
        stateDirectory: join(directory, "log"),
      }),
      signer: keySigner(verifier, key),
    });
    for (const size of SIZES) {
      const entries = Array.from({ length: size - tree.size }, (_, i) =>
        utf8(`entry ${tree.size + i}`),
      );
      for (const entry of entries) tree.append(entry);
      await Promise.all(entries.map((entry) => writer.append(entry)));
      await writer.publish();
    }
    await writer.close();
    const source = directorySource(join(directory, "record"));
    web = createServer(async (request, response) => {
      const bytes = await source.read((request.url ?? "/").slice(1));
      response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
    });
    await new Promise<void>((listening) => web.listen(0, "127.0.0.1", listening));
    url = `http://127.0.0.1:${(web.address() as { port: number }).port}`;
  });
  afterAll(async () => {
    web?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it.each([
    ["files", 0, 1],
    ["files", 4999, 300],
    ["files", 256, 256],
    ["web", 255, 300],
    ["web", 4864, 4999],
  ])("over %s: inclusion of entry %i, consistency from %i", async (where, index, old) => {
    const from = where === "web" ? url : join(directory, "record");
    const { stdout } = await run(client, [
      from,
      formatVerifier(verifier),
      String(index),
      String(old),
    ]);
    expect(stdout).toMatch(/^OK origin=log\.example\/conformance size=5000 /);
    expect(stdout).toContain(`inclusion=${tree.inclusionProof(index, 5000).length} `);
    expect(stdout).toContain(`consistency=${tree.consistencyProof(old, 5000).length} `);
    expect(stdout).toContain(`old=${toBase64(tree.root(old))}`);
  });

  it("over a live server, before and after it grew", async () => {
    const data = join(directory, "data");
    await cp(inject("exampleDirectory"), data, { recursive: true });
    const vkey = /^log (\S+)$/m.exec(await readFile(join(data, "policy"), "utf8"))?.[1] as string;
    const keeper = await serve(data, "--mark-every", "1");
    try {
      const check = async (index: number, old: number) =>
        (await run(client, [`${keeper.url}record`, vkey, String(index), String(old)])).stdout;
      const sizeOf = (told: string) => Number(/ size=(\d+) /.exec(told)?.[1]);
      const before = sizeOf(await check(7, 1));
      expect(before).toBeGreaterThanOrEqual(39);
      await expect
        .poll(async () => sizeOf(await check(before - 1, before)), { timeout: 30_000 })
        .toBeGreaterThan(before);
    } finally {
      await keeper.stop();
    }
  });

  it("and refuses it under another key", async () => {
    const other = noteVerifier(verifier.name, signingKey(new Uint8Array(32).fill(8)).publicKey);
    await expect(run(client, [url, formatVerifier(other), "0", "1"])).rejects.toMatchObject({
      code: 1,
    });
  });
});
