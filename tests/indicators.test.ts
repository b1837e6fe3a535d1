import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateRawSync } from "node:zlib";
import { parseDraft } from "@standstill/agreement";
import { indicatorMeasure } from "@standstill/indicators";
import { afterAll, describe, expect, inject, it } from "vitest";
import { madeRuns } from "../packages/indicators/test/made-runs.ts";
import { MAY_2026 } from "../packages/indicators/test/published-horizons.ts";
import { standstill as run } from "./support/standstill.ts";

/** The command, with what it printed. */
async function standstill(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(args);
  return { code, out: stdout, err: stderr };
}

const here = mkdtempSync(join(tmpdir(), "indicators-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));

/** A repository whose authors are known, since the test writes it. */
class Known {
  readonly path: string;

  constructor(name: string) {
    this.path = join(here, name);
    execFileSync("git", ["init", "-q", "-b", "main", this.path]);
  }

  git(...args: string[]): string {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    return execFileSync("git", ["-C", this.path, ...args], { encoding: "utf8", env }).trim();
  }

  async commit(
    files: Record<string, string>,
    message: string,
    { name = "Ada", email = "ada@example.org", date = "2026-05-10T12:00:00Z" } = {},
  ): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.path, path)), { recursive: true });
      await writeFile(join(this.path, path), text);
    }
    this.git("add", "-A");
    const who = ["-c", `user.name=${name}`, "-c", `user.email=${email}`];
    const env = { ...process.env, GIT_COMMITTER_DATE: date };
    const args = [
      "-C",
      this.path,
      ...who,
      "commit",
      "-q",
      "--allow-empty",
      "--date",
      date,
      "-F",
      "-",
    ];
    execFileSync("git", args, { env, input: message });
    return this.git("rev-parse", "HEAD");
  }
}

const lines = (count: number, word: string) =>
  Array.from({ length: count }, (_, i) => `${word} ${i}\n`).join("");
const CLAUDE = "\n\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\n";

async function measured(repository: Known, ...args: string[]) {
  const { code, out, err } = await standstill(
    "indicators",
    "authorship",
    "--repo",
    repository.path,
    "--json",
    ...args,
  );
  return { code, err, answer: code === 0 ? JSON.parse(out) : undefined };
}

describe("authorship of a repository whose authors are known", () => {
  it("is measured exactly: authors, trailers, marks, bots, generated files, renames, months and what survives", async () => {
    const known = new Known("known");
    await known.commit({ "a.ts": lines(10, "ada") }, "Begin");
    await known.commit({ "b.ts": lines(20, "ai"), "src/c.ts": lines(5, "ai") }, `Add b${CLAUDE}`, {
      date: "2026-06-02T12:00:00Z",
    });
    await known.commit({ "d.ts": lines(7, "agent") }, "Add d", {
      name: "copilot-swe-agent[bot]",
      email: "1+Copilot@users.noreply.github.com",
      date: "2026-06-03T12:00:00Z",
    });
    await known.commit(
      { "e.ts": lines(3, "mark") },
      "Add e\n\n🤖 Generated with [Claude Code](https://claude.ai/code)\n",
      { date: "2026-06-04T12:00:00Z" },
    );
    await known.commit({ "package-lock.json": lines(100, "lock") }, `Lock${CLAUDE}`, {
      date: "2026-06-05T12:00:00Z",
    });
    await known.commit({ "f.ts": lines(4, "bot") }, "Bump", {
      name: "dependabot[bot]",
      email: "bot@github.com",
      date: "2026-06-06T12:00:00Z",
    });
    // A human whose address holds the name of a tool, and a message that looks like numbers of git.
    await known.commit({ "g.ts": lines(2, "paul") }, "Add g\n\n\u0003\n900\t0\tz.ts\n", {
      name: "Paul",
      email: "paul@aider.chat",
      date: "2026-07-01T12:00:00Z",
    });
    known.git("mv", "b.ts", "renamed with space.ts");
    await known.commit(
      { "a.ts": `${lines(5, "ada")}${lines(6, "new")}` },
      `Rename and rewrite${CLAUDE}`,
      { date: "2026-07-02T12:00:00Z" },
    );
    const { answer } = await measured(known);
    expect(answer.commits).toMatchObject({ ai: 5, human: 0, unknown: 3, total: 8, bots: 1 });
    expect(answer.addedLines).toMatchObject({
      ai: 25 + 7 + 3 + 6,
      human: 0,
      unknown: 10 + 100 + 4 + 2,
      generated: 100,
      total: 157,
    });
    expect(answer.surviving).toMatchObject({
      ai: 25 + 7 + 3 + 6,
      unknown: 5 + 100 + 4 + 2,
      generated: 100,
      total: 152,
    });
    expect(
      answer.months.map((one: { month: string; commits: { total: number } }) => [
        one.month,
        one.commits.total,
      ]),
    ).toEqual([
      ["2026-05", 1],
      ["2026-06", 5],
      ["2026-07", 2],
    ]);
    expect(
      answer.paths.map((one: { name: string; addedLines: { ai: number } }) => [
        one.name,
        one.addedLines.ai,
      ]),
    ).toEqual([
      [".", 36],
      ["src", 5],
    ]);
    expect(answer.addedLines.bounds.atLeast).toBeCloseTo(41 / 57, 12);
    expect(answer.addedLines.bounds).toMatchObject({ atMost: 1, ofAttested: 1, says: "bounds" });
    expect(answer.coverage).toBeCloseTo((25 + 7 + 100 + 6) / 157, 12);
    const one = await measured(known, "--path", "*.ts", "--since", "2026-06-04", "--no-surviving");
    expect(one.answer.addedLines).toMatchObject({ ai: 9, unknown: 6, generated: 0, total: 15 });
  });

  it("people who answer for being human are human, but not where an AI is named; teams are told apart", async () => {
    const known = new Known("people");
    await known.commit({ "a.ts": lines(10, "ada") }, "Begin");
    await known.commit({ "b.ts": lines(4, "ai") }, `Add b${CLAUDE}`);
    await known.commit({ "c.ts": lines(3, "bob") }, "Add c", {
      name: "Bob",
      email: "bob@example.org",
    });
    const people = join(here, "people.yaml");
    await writeFile(people, "humans: [Ada@example.org]\nteams: { core: [ada@example.org] }\n");
    const { answer } = await measured(known, "--people", people);
    expect(answer.addedLines).toMatchObject({ ai: 4, human: 10, unknown: 3 });
    expect(answer.addedLines.bounds).toMatchObject({ atLeast: 4 / 17, atMost: 7 / 17 });
    expect(
      answer.teams.map((one: { name: string; addedLines: { total: number } }) => [
        one.name,
        one.addedLines.total,
      ]),
    ).toEqual([
      ["core", 14],
      ["no team", 3],
    ]);
  });

  it("merges count once, a squash of an AI's and a human's work is the AI's and told as mixed", async () => {
    const known = new Known("merges");
    await known.commit({ "a.ts": lines(10, "ada") }, "Begin");
    known.git("checkout", "-q", "-b", "branch");
    await known.commit({ "b.ts": lines(4, "ai") }, `Add b${CLAUDE}`);
    known.git("checkout", "-q", "main");
    await known.commit({ "c.ts": lines(2, "ada") }, "Add c");
    known.git(
      "-c",
      "user.name=Ada",
      "-c",
      "user.email=ada@example.org",
      "merge",
      "-q",
      "--no-ff",
      "-m",
      `Merge${CLAUDE}`,
      "branch",
    );
    await known.commit(
      { "d.ts": lines(6, "both") },
      `Squash (#3)\n\nCo-authored-by: Bob <bob@example.org>${CLAUDE}`,
    );
    const { answer } = await measured(known);
    expect(answer.commits).toMatchObject({ total: 5, merges: 1, ai: 3, mixed: 3 });
    expect(answer.addedLines).toMatchObject({ ai: 10, unknown: 12, total: 22 });
    const without = await measured(known, "--no-merges");
    expect(without.answer.commits).toMatchObject({ total: 4, merges: 0, ai: 2 });
  });

  it("notes of the git-ai standard attest lines one by one, also of what survives", async () => {
    const known = new Known("notes");
    const commit = await known.commit({ "a.ts": lines(10, "both") }, "Begin");
    const note =
      'a.ts\n  s_0123456789abcd::t_0123456789abcd 1-4,9\n  h_0123456789abcd 5\n---\n{"schema_version":"authorship/3.0.0"}';
    known.git(
      "-c",
      "user.name=Ada",
      "-c",
      "user.email=a@example.org",
      "notes",
      "--ref=ai",
      "add",
      "-m",
      note,
      commit,
    );
    await known.commit({ "a.ts": `first\n${lines(8, "both")}` }, "Cut the last two", {
      email: "bob@example.org",
    });
    const { answer } = await measured(known);
    expect(answer.addedLines).toMatchObject({ ai: 5, human: 1, unknown: 5, total: 11 });
    // Lines 0 to 7 of the first commit stay: 1-4 the AI's, 5 a human's.
    expect(answer.surviving).toMatchObject({ ai: 4, human: 1, unknown: 4, total: 9 });
    const without = await measured(known, "--no-notes");
    expect(without.answer.addedLines).toMatchObject({ ai: 0, human: 0, unknown: 11 });
  });

  it("a repository without trailers: cannot say, never a confident zero", async () => {
    const known = new Known("silent");
    await known.commit({ "a.ts": lines(10, "ada") }, "Begin");
    const { answer } = await measured(known);
    expect(answer.addedLines.bounds).toEqual({
      atLeast: 0,
      atMost: 1,
      ofAttested: null,
      says: "cannot-say",
    });
    expect(answer.coverage).toBe(0);
    const { out } = await standstill("indicators", "authorship", "--repo", known.path);
    expect(out).toContain("That is not zero");
  });

  it("names and messages in other encodings, and binary files", async () => {
    const known = new Known("encodings");
    known.git("config", "i18n.commitEncoding", "ISO-8859-1");
    await known.commit(
      { "a.ts": lines(3, "ada"), "ümläut.ts": lines(2, "ö"), "b.bin": "\0\u0001\n\n" },
      "Begin",
    );
    const { answer } = await measured(known);
    expect(answer.addedLines.total).toBe(5);
    expect(answer.surviving.total).toBe(5);
    expect(answer.uncountedFiles).toBe(1);
  });

  it("submodules are no lines, a folder stands for its repository, a bare clone is as good, and attributes that hide files are told", async () => {
    const inner = new Known("inner");
    await inner.commit({ "x.ts": lines(9, "x") }, "Begin");
    const known = new Known("outer");
    await known.commit({ "src/a.ts": lines(10, "ada") }, "Begin");
    known.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.path, "inner");
    await known.commit({}, "Take inner over");
    const { answer } = await measured(known);
    // Three lines of .gitmodules come with it.
    expect([answer.addedLines.total, answer.surviving.total]).toEqual([13, 13]);
    const below = await standstill(
      "indicators",
      "authorship",
      "--repo",
      join(known.path, "src"),
      "--json",
    );
    expect(JSON.parse(below.out)).toEqual(answer);
    const bare = join(here, "bare.git");
    execFileSync("git", ["clone", "-q", "--bare", known.path, bare]);
    const there = await standstill("indicators", "authorship", "--repo", bare, "--json");
    expect(JSON.parse(there.out).addedLines).toEqual(answer.addedLines);
    await known.commit({ ".gitattributes": "*.ts -diff\n", "b.ts": lines(50, "hidden") }, "Hide");
    const hidden = await measured(known);
    expect(hidden.answer.uncountedFiles).toBeGreaterThan(0);
  });
});

describe("what would be measured wrongly is refused", () => {
  it("shallow and partial clones, empty repositories, other folders, unknown commits, options as commits", async () => {
    const known = new Known("whole");
    await known.commit({ "a.ts": lines(10, "ada") }, "Begin");
    const first = known.git("rev-parse", "HEAD");
    await known.commit({ "a.ts": lines(12, "ada") }, "Go on");
    const shallow = join(here, "shallow");
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${known.path}`, shallow]);
    const partial = join(here, "partial");
    known.git("config", "uploadpack.allowFilter", "true");
    execFileSync(
      "git",
      ["clone", "-q", "--no-checkout", "--filter=blob:none", `file://${known.path}`, partial],
      { stdio: "ignore" },
    );
    const cases: [string, string[], string][] = [
      ["a shallow clone", ["--repo", shallow], "shallow"],
      ["a partial clone", ["--repo", partial], "Objects are missing"],
      ["no repository", ["--repo", here], "git"],
      ["an unknown commit", ["--repo", known.path, "--rev", "nothing"], "expected a commit"],
      ["an option", ["--repo", known.path, "--rev=--output=x"], "expected a commit"],
      ["an empty repository", ["--repo", new Known("empty").path], "expected a commit"],
    ];
    for (const [name, args, said] of cases) {
      const { code, err } = await standstill("indicators", "authorship", ...args);
      expect([name, code]).toEqual([name, 2]);
      expect(err).toContain(said);
    }
    expect((await measured(known, "--descends-from", first)).code).toBe(0);
    known.git("checkout", "-q", "--orphan", "other");
    await known.commit({}, "Rewritten");
    const rewritten = await measured(known, "--descends-from", first);
    expect(rewritten.code).toBe(2);
    expect(rewritten.err).toContain("rewritten");
  });
});

describe("standstill indicators horizon, doubling and forecast", () => {
  const models = [2, 30].map((p50, i) => ({ alias: `m${i}`, p50, slope: -0.6 }));
  const runs = madeRuns({ seed: 5, families: 40, tasksPerFamily: 4, runsPerTask: 4, models });
  const path = join(here, "runs.jsonl");

  it("from runs to horizons to their doubling", async () => {
    await writeFile(path, runs.map((run) => JSON.stringify(run)).join("\n"));
    const releases = join(here, "releases.yaml");
    await writeFile(releases, "m0: 2024-01-01\nm1: 2025-01-01\n");
    const told = await standstill(
      "indicators",
      "horizon",
      "--runs",
      path,
      "--releases",
      releases,
      "--bootstrap",
      "50",
      "--json",
    );
    const { horizons, method } = JSON.parse(told.out);
    expect(method).toMatchObject({ penalty: 0, weights: "invsqrt", bootstrap: { replicates: 50 } });
    expect(
      horizons.map(({ alias, released }: { alias: string; released: string }) => [alias, released]),
    ).toEqual([
      ["m0", "2024-01-01"],
      ["m1", "2025-01-01"],
    ]);
    expect(horizons[0].interval.low).toBeLessThan(horizons[0].p50Minutes);
    const file = join(here, "horizons.json");
    await writeFile(file, told.out);
    const few = await standstill("indicators", "doubling", "--horizons", file);
    expect([few.code, few.err.includes("expected at least 3 points, got 2")]).toEqual([2, true]);
    const penalised = await standstill(
      "indicators",
      "horizon",
      "--runs",
      path,
      "--penalty",
      "0.1",
      "--weights",
      "equal_task_weight",
      "--bootstrap",
      "0",
      "--json",
    );
    expect(JSON.parse(penalised.out).horizons[0].slope).not.toBe(horizons[0].slope);
  });

  it("a log as Inspect packs it gives what its JSON gives; a broken one is refused", async () => {
    const samples = runs
      .filter(({ alias }) => alias === "m0")
      .map((one) => ({
        id: one.task_id,
        epoch: Number(one.run_id.split("/").at(-1)) + 1,
        metadata: one,
        scores: { check: { value: one.score_binarized === 1 ? "C" : "I" } },
      }));
    const header = {
      version: 2,
      status: "success",
      eval: { model: "m0", task: "suite", run_id: "r" },
    };
    const archive = zipOf([
      ["header.json", JSON.stringify(header)],
      ["_journal/start.json", "{}"],
      ...samples.map((one, i) => [`samples/${i}_epoch_1.json`, JSON.stringify(one)] as const),
    ]);
    const packed = join(here, "log.eval");
    await writeFile(packed, archive);
    await writeFile(join(here, "log.json"), JSON.stringify({ ...header, samples }));
    const of = async (name: string) =>
      JSON.parse(
        (
          await standstill(
            "indicators",
            "horizon",
            "--runs",
            join(here, name),
            "--bootstrap",
            "0",
            "--json",
          )
        ).out,
      ).horizons[0];
    expect((await of("log.eval")).p50Minutes).toBeCloseTo((await of("log.json")).p50Minutes, 9);
    for (const bend of [(at: Buffer) => at.subarray(0, 900), () => Buffer.from("PK"), flipped]) {
      await writeFile(packed, bend(Buffer.from(archive)));
      const refused = await standstill("indicators", "horizon", "--runs", packed);
      expect([refused.code, refused.err.includes("log.eval")]).toEqual([2, true]);
    }
  });

  it("METR's table: 128.744 days, and 40 hours expected on 2026-12-27", async () => {
    const file = join(here, "may.csv");
    await writeFile(file, MAY_2026);
    const doubling = await standstill(
      "indicators",
      "doubling",
      "--horizons",
      file,
      "--from",
      "2023-01-01",
      "--json",
    );
    expect(Math.abs(JSON.parse(doubling.out).doublingDays - 128.744)).toBeLessThan(0.01);
    const forecast = await standstill(
      "indicators",
      "forecast",
      "--horizons",
      file,
      "--threshold",
      "40",
      "--json",
    );
    expect(JSON.parse(forecast.out).windows[0].thresholds[0].expected).toBe("2026-12-27");
    const told = await standstill(
      "indicators",
      "forecast",
      "--horizons",
      file,
      "--threshold",
      "167",
      "--by",
      "2027-12-31",
    );
    expect(told.out).toContain("2027-09-18");
  });

  it("says where runs are wrong, and asks for a policy where they are marked", async () => {
    const bad = join(here, "bad.jsonl");
    await writeFile(bad, `${JSON.stringify(runs[0])}\n{"alias":"m"}\n`);
    const refused = await standstill("indicators", "horizon", "--runs", bad);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("line 2");
    await writeFile(
      bad,
      runs.map((run, i) => JSON.stringify({ ...run, reward_hacking: i < 3 })).join("\n"),
    );
    const asked = await standstill("indicators", "horizon", "--runs", bad);
    expect([asked.code, asked.err.includes("expected a policy")]).toEqual([2, true]);
    const given = await standstill(
      "indicators",
      "horizon",
      "--runs",
      bad,
      "--reward-hacking",
      "fail",
      "--bootstrap",
      "0",
    );
    expect(given.code).toBe(0);
  });
});

describe("what a lab exports", () => {
  const example = (name: string) =>
    fileURLToPath(new URL(`../agreements/example/indicators/${name}`, import.meta.url));
  const write = async (name: string, text: string) => {
    const path = join(here, name);
    await writeFile(path, text);
    return path;
  };

  it("from pull requests to a statement that the record takes", async () => {
    const pulls = example("aster-pulls.jsonl");
    const told = await standstill("indicators", "oversight", "--file", pulls, "--json");
    const answer = await write("oversight.json", told.out);
    const seed = await write("seed", "sixteen bytes or more");
    const commit = await standstill(
      "indicators",
      "commit",
      "--file",
      pulls,
      "--seed",
      seed,
      "--open",
      "3",
      "--json",
    );
    const { rows, root, opened } = JSON.parse(commit.out);
    expect(rows).toBe(120);
    expect(opened[0].salted).toMatch(/^[0-9a-f]{64} \{"number":4,/);
    const shown = await write("opened.json", commit.out);
    const check = (file: string) =>
      standstill("indicators", "check", "--opened", file, "--rows", "120", "--root", root);
    expect((await check(shown)).out).toMatch(/^3: \{"number":4,/);
    const forged = await write("forged.json", commit.out.replace('number\\":4', 'number\\":5'));
    expect([(await check(forged)).code, (await check(forged)).out]).toEqual([
      3,
      "3: not what was committed to\n",
    ]);
    const period = ["--from", "2026-04-01", "--to", "2026-06-30"];
    const place = ["--subject", "aster", "--root", root, "--rows", "120"];
    const said = await standstill(
      "indicators",
      "statement",
      "--answer",
      answer,
      "--indicator",
      "human-review-coverage",
      ...period,
      ...place,
    );
    const [body] = JSON.parse(said.out);
    expect(indicatorMeasure.body.safeParse(body).success).toBe(true);
    expect(body.result.value).toBe("0.653143");
    const wrong = await standstill(
      "indicators",
      "statement",
      "--answer",
      answer,
      ...period,
      "--subject",
      "As ter",
      "--root",
      root,
      "--rows",
      "120",
    );
    expect(wrong.code).toBe(2);
  });

  it("an audit draws the same rows everywhere", async () => {
    const args = [
      "--rows",
      "120",
      "--root",
      "ab".repeat(32),
      "--size",
      "4",
      "--randomness",
      "round 7",
    ];
    const { out } = await standstill("indicators", "sample", ...args, "--json");
    // Drawn with another program by the rule: the first six bytes of each SHA-256, modulo the rows.
    expect(JSON.parse(out).sample).toEqual([30, 54, 66, 82]);
  });

  it("each measure in words and as JSON; a file that is none is refused with its row", async () => {
    const files: Record<string, string> = {
      agents: await write("agents.jsonl", '{"minutes":30,"interventions":0}\n'),
      closure: example("borealis-stages.jsonl"),
      uplift: await write("uplift.yaml", "- { kind: measured, value: 0.81, source: a trial }\n"),
      break: await write(
        "series.csv",
        Array.from(
          { length: 10 },
          (_, i) => `2025-0${Math.min(9, i + 1)}-${i < 9 ? "01" : "02"},${i}`,
        ).join("\n"),
      ),
      speedup: await write(
        "speedup.jsonl",
        JSON.stringify({
          startSha256: "ab".repeat(32),
          checksSha256: "cd".repeat(32),
          model: "m",
          startSeconds: 8,
          seconds: 2,
          checksPassed: true,
        }),
      ),
      "next-step": await write(
        "steps.jsonl",
        '{"set":"hard","modelBetter":true}\n{"set":"control","modelBetter":false}',
      ),
    };
    const bad = await write("bad.jsonl", '{"no":1}\n');
    for (const [name, file] of Object.entries(files)) {
      const words = await standstill("indicators", name, "--file", file);
      expect([name, words.code, words.err]).toEqual([name, 0, ""]);
      const { indicators } = JSON.parse(
        (await standstill("indicators", name, "--file", file, "--json")).out,
      );
      expect(indicators.length).toBeGreaterThan(0);
      const refused = await standstill("indicators", name, "--file", bad);
      expect([name, refused.code]).toEqual([name, 2]);
    }
  }, 60_000);

  it("every tripwire of the library of published thresholds is one that an agreement can have", async () => {
    const { thresholds } = JSON.parse((await standstill("indicators", "thresholds", "--json")).out);
    expect(thresholds.length).toBeGreaterThan(8);
    for (const { id, tripwire, notCheckable } of thresholds) {
      expect([id, tripwire !== undefined || notCheckable !== undefined]).toEqual([id, true]);
      if (tripwire === undefined) continue;
      const text = readFileSync(new URL("../agreements/example.yaml", import.meta.url), "utf8");
      const draft = text.replace("tripwires:\n", `tripwires:\n  - ${JSON.stringify(tripwire)}\n`);
      expect(parseDraft(draft).tripwires?.[0]?.id).toBe(tripwire.id);
    }
  });

  it("a report tells what a record says of a party, and what nobody measured", async () => {
    const record = inject("exampleDirectory");
    const { out } = await standstill("indicators", "report", record, "--party", "aster", "--json");
    const report = JSON.parse(out);
    expect(report.measured).toHaveLength(2);
    expect(report.claims[0].standing).toBe("reproduced");
    expect(report.missing).toContain("loop-closure");
    const words = await standstill("indicators", "report", record, "--party", "cedar");
    expect(words.out).toContain("unsupported");
    expect((await standstill("indicators", "report", record, "--party", "nobody")).code).toBe(2);
  });
});

/** A byte of the first entry's content changed. */
function flipped(archive: Buffer): Buffer {
  archive[50] = (archive[50] as number) ^ 1;
  return archive;
}

/** A ZIP archive of texts, deflated. */
function zipOf(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const content = deflateRawSync(text);
    const head = Buffer.alloc(26);
    for (const [place, value] of [
      [4, 8],
      [10, crc32(text)],
      [14, content.length],
      [18, Buffer.byteLength(text)],
    ] as const)
      place === 4 ? head.writeUInt16LE(value, place) : head.writeUInt32LE(value, place);
    head.writeUInt16LE(name.length, 22);
    const entry = Buffer.concat([Buffer.from("PK\x03\x04"), head, Buffer.from(name), content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([
        Buffer.from("PK\x01\x02\x14\0"),
        head.subarray(0, 26),
        tail,
        Buffer.from(name),
      ]),
    );
    parts.push(entry);
    offset += entry.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from("PK\x05\x06"), end]);
}
