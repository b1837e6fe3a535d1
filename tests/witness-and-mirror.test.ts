import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  fromHex,
  MerkleTree,
  type NoteVerifier,
  parsePolicy,
  sha256,
  signCheckpoint,
  signingKey,
  toHex,
  utf8,
} from "@standstill/record";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Serving, serve, start } from "./support/serve.ts";
import { standstill } from "./support/standstill.ts";

const WITNESS = "witness-cedar";
let directory: string;
let data: string;
let policy: string;
let logVerifier: string;
let witness: Serving;
let keeper: Serving;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-witness-"));
  data = join(directory, "keeper");
  await cp(inject("exampleDirectory"), data, { recursive: true });
  policy = join(data, "policy");
  logVerifier = /^log (\S+)$/m.exec(await readFile(policy, "utf8"))?.[1] as string;
  witness = await start([
    ...["witness", "--name", `standstill.example/${WITNESS}`, "--log", logVerifier],
    ...["--key", join(data, "keys", `${WITNESS}.seed`)],
    ...["--data", join(directory, "witness"), "--port", "0"],
  ]);
  keeper = await serve(data, "--mark-every", "1", "--witness", `${WITNESS}=${witness.url}`);
});
afterAll(async () => {
  await keeper?.stop();
  await witness?.stop();
  await rm(directory, { recursive: true });
});

const seenByWitness = async () => {
  const origin = toHex(
    sha256(utf8(parsePolicy(await readFile(policy, "utf8")).logs[0]?.name as string)),
  );
  const response = await fetch(`${witness.url}${origin}/checkpoint`);
  return response.ok ? response.text() : "";
};

describe("a witness as a process of its own", () => {
  it("cosigns what the keeper publishes, over HTTP, and serves what it saw last", async () => {
    await expect
      .poll(
        async () =>
          (await (await fetch(`${keeper.url}record/checkpoint`)).text()).includes(WITNESS),
        {
          timeout: 20_000,
        },
      )
      .toBe(true);
    await expect
      .poll(seenByWitness, { timeout: 20_000 })
      .toContain(`— standstill.example/${WITNESS} `);
    expect((await fetch(`${witness.url}${"00".repeat(32)}/checkpoint`)).status).toBe(404);
  });

  it("keeps what convicts a keeper that signs another history, and anyone can check it", async () => {
    const seed = await readFile(join(data, "keys", "log.seed"), "utf8");
    const log = parsePolicy(await readFile(policy, "utf8")).logs[0] as NoteVerifier;
    const forks = async () => {
      // The keeper publishes meanwhile, so the size that the witness has seen may just have moved on.
      const size = Number((await seenByWitness()).split("\n")[1]);
      const tree = new MerkleTree();
      for (let i = 0; i < size; i++) tree.append(utf8(`a lie ${i}`));
      const lie = { origin: log.name, size, root: tree.root() };
      const note = signCheckpoint(lie, log, signingKey(fromHex(seed.trim())));
      const body = Buffer.concat([utf8(`old ${size}\n\n`), note]);
      const { status } = await fetch(`${witness.url}add-checkpoint`, { method: "POST", body });
      expect([409, 422]).toContain(status);
      return (await (await fetch(`${witness.url}forks`)).json()).forks;
    };
    await expect.poll(forks, { timeout: 20_000 }).not.toEqual([]);
    const file = join(directory, "fork.json");
    await writeFile(file, JSON.stringify((await forks())[0]));
    const { code, stdout } = await standstill(["check", file, "--policy", policy]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("signed two histories")]);
  });
});

describe("a mirror as a process of its own", () => {
  const copy = (...more: readonly string[]) =>
    standstill([
      "mirror",
      keeper.url,
      "--policy",
      policy,
      "--data",
      join(directory, "mirror"),
      ...more,
    ]);

  it("copies a record that grows, and the copy audits green", async () => {
    const first = await copy("--once", "--json");
    expect([first.stderr, first.code]).toEqual(["", 0]);
    const { to } = JSON.parse(first.stdout);
    expect(to).toBeGreaterThanOrEqual(39);
    await expect
      .poll(async () => JSON.parse((await copy("--once", "--json")).stdout).to ?? 0, {
        timeout: 30_000,
      })
      .toBeGreaterThan(to);
    const audited = await standstill([
      "audit",
      join(directory, "mirror"),
      "--policy",
      policy,
      "--json",
    ]);
    expect(JSON.parse(audited.stdout)).toMatchObject({
      outcome: "verified",
      verdictsRecomputed: 5,
    });
  });

  it("shows the same page and answers as the keeper, and takes nothing in", async () => {
    const mirror = await start([
      ...["mirror", keeper.url, "--policy", policy, "--data", join(directory, "mirror")],
      ...["--port", "0", "--every", "1"],
    ]);
    try {
      const [shown, original] = await Promise.all(
        [mirror.url, keeper.url].map(async (url) => (await fetch(`${url}api/round`)).json()),
      );
      expect({ ...shown, record: null }).toEqual({ ...original, record: null });
      expect((await fetch(mirror.url)).headers.get("content-type")).toContain("text/html");
      const refused = await fetch(`${mirror.url}api/statements`, { method: "POST", body: "{}" });
      expect(refused.status).toBe(405);
      const seen = async () => (await (await fetch(`${mirror.url}api/log`)).json()).size;
      const before = await seen();
      await expect.poll(seen, { timeout: 20_000 }).toBeGreaterThan(before);
    } finally {
      await mirror.stop();
    }
  });

  it("convicts a keeper that shows somebody else another history, and keeps its own copy", async () => {
    const other = join(directory, "other");
    await cp(inject("exampleDirectory"), other, { recursive: true });
    // The same keys, another record: entries were said again, at another time.
    await rm(join(other, "record"), { recursive: true });
    await rm(join(other, "log"), { recursive: true });
    await rm(join(other, "witnesses"), { recursive: true });
    expect((await standstill(["up", "--once", "--data", other])).code).toBe(0);
    const { code, stdout, stderr } = await copy("--once", "--json", "--compare", other);
    expect(code).toBe(4);
    const { evidence } = JSON.parse(stdout);
    expect(stderr).toContain(evidence);
    const checked = await standstill(["check", evidence, "--policy", policy, "--json"]);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      proof: "split-view",
      larger: expect.any(Number),
    });
    const followed = await standstill([
      ...["mirror", other, "--policy", policy, "--data", join(directory, "mirror"), "--once"],
    ]);
    expect(followed.code).toBe(4);
    expect(await readdir(join(directory, "mirror", "evidence"))).not.toEqual([]);
    const audited = await standstill(["audit", join(directory, "mirror"), "--policy", policy]);
    expect(audited.code).toBe(0);
  });
});

describe("whoever holds a record", () => {
  it("proves an entry that others check offline, and no other entry", async () => {
    const base = join(directory, "seven");
    const proved = await standstill(["prove", data, "7", "--policy", policy, "--out", base]);
    expect(proved.code).toBe(0);
    const check = (entry: string) =>
      standstill(["check", `${base}.tlog-proof`, "--entry", entry, "--policy", policy]);
    expect((await check(`${base}.json`)).stdout).toContain("number 7 of");
    expect((await check(policy)).code).toBe(2);
  });

  it("audits it into a report to file, which says what was audited, how and when", async () => {
    const file = join(directory, "audit.json");
    const { code } = await standstill(["audit", data, "--policy", policy, "--report", file]);
    expect(code).toBe(0);
    const report = JSON.parse(await readFile(file, "utf8"));
    expect(report).toMatchObject({ outcome: "verified", target: data, doubtfulMarks: [] });
    expect(report.policySha256).toBe(toHex(sha256(await readFile(policy))));
    expect(report.checkpoint).toContain("— standstill.example/log ");
    expect(Date.parse(report.auditedAt)).toBeLessThanOrEqual(Date.now());
  });

  it("finds statements, and watches from where it stopped", async () => {
    const found = await standstill([
      "find",
      data,
      "--party",
      "dune",
      "--type",
      "verdict/publish",
      "--json",
    ]);
    expect(JSON.parse(found.stdout).statements).toHaveLength(1);
    const resume = join(directory, "seen.json");
    const watch = () =>
      standstill([
        "watch",
        data,
        "--policy",
        policy,
        "--issuer",
        "aster",
        "--resume",
        resume,
        "--once",
        "--json",
      ]);
    const first = (await watch()).stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first.map(({ type }) => type)).toEqual([
      "agreement/adopt",
      "pledge/make",
      "site/declare",
      "run/declare",
      "period/report",
      "indicator/claim",
      "indicator/measure",
    ]);
    expect((await watch()).stdout).toBe("");
    await writeFile(resume, "{}");
    expect((await watch()).code).toBe(2);
  });
});
