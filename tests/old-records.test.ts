import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { audit, Watcher } from "@standstill/audit";
import {
  encodeEnvelope,
  fromHex,
  keySigner,
  parsePolicy,
  Sequencer,
  signingKey,
  signStatement,
} from "@standstill/record";
import { directorySource, openDirectoryStore } from "@standstill/record/files";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { filesOf, sourceOf } from "./support/files.ts";
import { standstill } from "./support/standstill.ts";

const RECORDS = fileURLToPath(new URL("records/", import.meta.url));
const names = (await readdir(RECORDS)).sort();

describe.each(names)("the old record %s", (name) => {
  const place = join(RECORDS, name);
  const policyOf = async () => parsePolicy(await readFile(join(place, "policy"), "utf8"));

  it("is not recomputed by this draft, and nobody is accused", async () => {
    const report = await audit(directorySource(join(place, "record")), {
      policy: await policyOf(),
    });
    expect(report).toMatchObject({ outcome: "not-recomputed", identityChecked: true });
    const told = report.notRecomputed.reduce((sum, { count }) => sum + count, 0);
    expect(told).toBe(report.size);
    expect(report.notRecomputed.every(({ why }) => why === "unknown-version")).toBe(true);
    const verdicts = report.notRecomputed.find(({ what }) => what === "verdict");
    expect(verdicts?.count).toBeGreaterThan(0);
  });

  it("says so on the command line, with an exit code of its own and in plain words", async () => {
    const { code, stdout } = await standstill(["audit", place, "--policy", join(place, "policy")]);
    expect(code).toBe(9);
    expect(stdout).toContain("That accuses nobody.");
    expect(stdout).toMatch(
      /\d verdicts were not computed again, because this program does not know/,
    );
  });

  it("is named to a watcher entry by entry, once, instead of being passed over", async () => {
    const watcher = new Watcher(directorySource(join(place, "record")), await policyOf());
    const { state, statements, notUnderstood } = await watcher.look();
    expect(statements).toEqual([]);
    expect(notUnderstood.map(({ index }) => index)).toEqual([...Array(state.size).keys()]);
    expect((await watcher.look()).notUnderstood).toEqual([]);
    const { code, stderr } = await standstill(["watch", place, "--once"]);
    expect(code).toBe(0);
    expect(stderr.match(/^Entry \d+ is not shown/gm)).toHaveLength(state.size);
  });

  it("is still held against its log, its witnesses, its tree and its files", async () => {
    const policy = await policyOf();
    const files = await filesOf(join(place, "record"));
    for (const [path, bytes] of files) {
      const bent = bytes.slice();
      bent[bent.length - 2] = (bent[bent.length - 2] as number) ^ 1;
      const report = await audit(sourceOf(new Map(files).set(path, bent)), { policy });
      expect(["altered", "forked-or-truncated"], `${path}: ${report.message}`).toContain(
        report.outcome,
      );
    }
    const stranger = parsePolicy(
      await readFile(join(inject("exampleDirectory"), "policy"), "utf8"),
    );
    const report = await audit(sourceOf(files), { policy: stranger });
    expect(report.outcome).toBe("forked-or-truncated");
  });
});

describe("a data directory with what another draft said", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-another-draft-"));
    await cp(inject("exampleDirectory"), directory, { recursive: true });
    const keyIn = async (name: string) =>
      signingKey(fromHex((await readFile(join(directory, "keys", `${name}.seed`), "utf8")).trim()));
    const [log] = parsePolicy(await readFile(join(directory, "policy"), "utf8")).logs;
    if (log === undefined) throw new Error("expected a log in the policy, got none");
    const sequencer = await Sequencer.open({
      store: await openDirectoryStore({
        recordDirectory: join(directory, "record"),
        stateDirectory: join(directory, "log"),
      }),
      signer: keySigner(log, await keyIn("log")),
    });
    const words = {
      type: "time/mark",
      version: "draft-aaaaaaaaaaaa",
      agreement: "00".repeat(32),
      issuer: "secretariat",
      sequence: 1000,
      issuedAt: new Date().toISOString(),
      body: {},
    };
    const signed = signStatement(words, await keyIn("secretariat"));
    await sequencer.append(encodeEnvelope(signed.envelope));
    await sequencer.close();
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("is not gone on with, and told in a plain sentence", async () => {
    const { code, stdout, stderr } = await standstill(["up", "--once", "--data", directory]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("expected a record that this program understands");
    expect(stderr).toContain("Use the program that made the record");
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
