import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sign, signingKey, toHex, utf8 } from "@standstill/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, start } from "./support/serve.ts";
import { program, standstill } from "./support/standstill.ts";

const NAMES = ["aster", "borealis", "cedar", "dune", "ember"];
const LOG = "standstill.example/log";
const PASSPHRASE = "five of us hold one key";
let directory: string;
let data: string;
let keeperKey: string;
let holders: Serving[] = [];

const inDirectory = (name: string) => join(directory, name);
const run = (args: readonly string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, STANDSTILL_PASSPHRASE: PASSPHRASE },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
const hold = (name: string) =>
  start([
    ...["key", "hold", inDirectory(`${name}.share`), "--public", inDirectory(`${name}.json`)],
    ...["--log", LOG, "--keeper", keeperKey, "--data", inDirectory(`${name}-signed`)],
    ...["--port", "0"],
  ]);
const up = (servings: readonly (Serving | undefined)[]) =>
  run([
    ...["up", "--once", "--json", "--data", data, "--joint-key", inDirectory("aster.json")],
    ...servings.flatMap((one, i) =>
      one === undefined ? [] : ["--holder", `${NAMES[i]}=${one.url}`],
    ),
  ]);

beforeAll(async () => {
  process.env.STANDSTILL_PASSPHRASE = PASSPHRASE;
  directory = await mkdtemp(join(tmpdir(), "standstill-joint-"));
  data = inDirectory("keeper");
  // The keeper's own key, which is made on its first run, asks the holders to sign.
  await standstill(["up", "--once", "--data", data]);
  const seed = await readFile(join(data, "keys", "secretariat.seed"), "utf8").catch(() => "");
  expect(seed).not.toBe("");
  keeperKey = toHex(signingKey(Buffer.from(seed.trim(), "hex")).publicKey);
  await rm(join(data, "record"), { recursive: true });
  await rm(join(data, "log"), { recursive: true });
  await rm(join(data, "witnesses"), { recursive: true });
}, 120_000);
afterAll(async () => {
  delete process.env.STANDSTILL_PASSPHRASE;
  for (const one of holders) await one.stop();
  await rm(directory, { recursive: true });
});

describe("a log's key that five machines hold together", () => {
  it("is made through a folder, and nothing secret lies there", async () => {
    const made = await Promise.all(
      NAMES.map((name) =>
        run([
          ...["key", "join", name, "--holders", NAMES.join(","), "--needed", "3"],
          ...["--folder", inDirectory("shared"), "--share", inDirectory(`${name}.share`)],
          ...["--public", inDirectory(`${name}.json`), "--trust-folder", "--json"],
        ]),
      ),
    );
    expect(made.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    const publics = await Promise.all(
      NAMES.map((name) => readFile(inDirectory(`${name}.json`), "utf8")),
    );
    expect(new Set(publics).size).toBe(1);
    const fingerprints = made.map(({ err }) => /fingerprint (.*)$/m.exec(err)?.[1]);
    expect(new Set(fingerprints).size).toBe(1);
    const letter = await readFile(inDirectory("shared/aster-to-dune.second"), "latin1");
    expect(letter).not.toContain("signingShare");
    const again = await run([
      ...["key", "join", "aster", "--holders", NAMES.join(","), "--needed", "3"],
      ...["--folder", inDirectory("shared"), "--share", inDirectory("again.share")],
      ...["--public", inDirectory("again.json"), "--trust-folder"],
    ]);
    expect(again.code).toBe(2);
    expect(again.err).toContain("expected a folder without messages of this holder");
  });

  it("signs the example's log with three of five, and verifiers notice nothing", async () => {
    holders = await Promise.all(NAMES.slice(0, 4).map(hold));
    const done = await up([undefined, holders[1], holders[2], holders[3]]);
    expect(done.err).not.toMatch(/error/i);
    expect(done.code).toBe(0);
    const policy = join(data, "policy");
    const audited = JSON.parse(
      (await standstill(["audit", data, "--policy", policy, "--json"])).stdout,
    );
    expect(audited).toMatchObject({ outcome: "verified", identityChecked: true });
  });

  it("a stranger cannot make a holder sign, and with two holders nothing is signed", async () => {
    const [, one] = holders as [Serving, Serving];
    const ask = (body: string, key = signingKey(new Uint8Array(32))) =>
      fetch(`${one.url}commit`, {
        method: "POST",
        body,
        headers: {
          "standstill-signature": toHex(sign(key, utf8(`standstill joint commit\n${body}`))),
        },
      });
    const at = (ms: number) => `{"at":${ms}}`;
    expect((await ask(at(Date.now()))).status).toBe(403);
    const seed = await readFile(join(data, "keys", "secretariat.seed"), "utf8");
    const keeper = signingKey(Buffer.from(seed.trim(), "hex"));
    expect((await ask(at(Date.now()), keeper)).status).toBe(200);
    // A copy of an old request begins nothing.
    expect((await ask(at(Date.now() - 120_000), keeper)).status).toBe(403);
    expect((await ask("{}", keeper)).status).toBe(403);
    await holders[3]?.stop();
    holders.splice(3, 1);
    const refused = await up([undefined, holders[1], holders[2]]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("expected at least 3 holders");
  });

  it("a holder that comes back signs nothing that does not continue what it signed", async () => {
    const signed = await readFile(inDirectory("borealis-signed/signed"), "utf8");
    expect(signed.split("\n")[0]).toBe(LOG);
    // The keeper set back to nothing, with the same keys: the holders remember.
    await rm(join(data, "record"), { recursive: true });
    await rm(join(data, "log"), { recursive: true });
    await rm(join(data, "witnesses"), { recursive: true });
    await holders[1]?.stop();
    holders[1] = await hold("borealis");
    holders.push(await hold("dune"));
    const refused = await up([undefined, ...holders.slice(1)]);
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain("this log was set back");
    expect(await readFile(inDirectory("borealis-signed/signed"), "utf8")).toBe(signed);
    await writeFile(inDirectory("aster.share"), "not a share");
    const broken = await run([
      ...["key", "hold", inDirectory("aster.share"), "--public", inDirectory("aster.json")],
      ...["--log", LOG, "--keeper", keeperKey, "--data", inDirectory("other"), "--port", "0"],
    ]);
    expect(broken.code).toBe(2);
  });
});
