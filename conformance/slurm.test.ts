import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { acceleratorSeconds, type Job, parseSlurm } from "@standstill/evidence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { start } from "../tests/support/serve.ts";

const run = promisify(execFile);
const PROGRAMS = [
  "/usr/sbin/slurmctld",
  "/usr/sbin/slurmdbd",
  "/usr/sbin/munged",
  "/usr/sbin/mariadbd",
];
const canRun =
  PROGRAMS.every((path) => existsSync(path)) &&
  process.getuid?.() === 0 &&
  (await run("unshare", ["-n", "true"]).then(
    () => true,
    () => false,
  ));
if (!canRun) {
  console.warn(
    "SKIPPED: Slurm is not here or cannot have a network of its own, so none was asked.",
  );
}

describe.skipIf(!canRun)("a real Slurm runs jobs, and a monitor collects them", () => {
  let directory: string;
  let cluster: ChildProcess;
  let inside: readonly string[];

  beforeAll(async () => {
    // Munge refuses a socket below a directory that others may write to, unless it is forced; a short path, too.
    directory = await mkdtemp(join(tmpdir(), "slurm-"));
    await chmod(directory, 0o755);
    const script = fileURLToPath(new URL("slurm/cluster.sh", import.meta.url));
    cluster = spawn("bash", [script, directory], { stdio: ["pipe", "pipe", "inherit"] });
    const namespace = await new Promise<string>((resolve, reject) => {
      cluster.stdout?.once("data", (text) => resolve(String(text).split(" ")[0] as string));
      cluster.once("exit", (code) =>
        reject(new Error(`expected a cluster, got exit code ${code}`)),
      );
    });
    const environment = ["env", `SLURM_CONF=${join(directory, "slurm.conf")}`];
    inside = ["nsenter", "-t", namespace, "-n", ...environment];
    // The monitor calls sacct as it is on its path; this one speaks to the cluster in its own network.
    await mkdir(join(directory, "bin"));
    await writeFile(
      join(directory, "bin", "sacct"),
      `#!/bin/sh\nexec ${inside.join(" ")} /usr/bin/sacct "$@"\n`,
      { mode: 0o755 },
    );
  }, 90_000);
  afterAll(async () => {
    cluster.removeAllListeners("exit");
    const gone = new Promise((resolve) => cluster.once("exit", resolve));
    cluster.stdin?.end();
    await gone;
    await rm(directory, { recursive: true, force: true });
  }, 30_000);

  const ask = async (...command: readonly string[]) => {
    const [program, ...args] = [...inside, ...command] as [string, ...string[]];
    return (await run(program, args, { env: { ...process.env, TZ: "UTC" } })).stdout;
  };
  const submit = async (account: string, gpus: number, script: string) => {
    const answer = await ask(
      "sbatch",
      ...["--parsable", `--account=${account}`, `--gres=gpu:h100:${gpus}`, "--output=/dev/null"],
      ...["--cpus-per-task=1", "--chdir=/", `--wrap=${script}`],
    );
    return answer.trim();
  };

  it("accelerator-seconds of completed, failed and cancelled jobs, as Slurm's own JSON gives them", async () => {
    await submit("frontier", 2, "sleep 3");
    await submit("serving", 1, "sleep 1; exit 3");
    const endless = await submit("serving", 1, "sleep 600");
    await submit("frontier", 2, "sleep 600").then((id) => ask("scancel", id));
    await expect
      .poll(async () => (await ask("squeue", "-h", "-t", "R", "-j", endless, "-o", "%i")).trim(), {
        timeout: 60_000,
      })
      .toBe(endless);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await ask("scancel", endless);
    await expect
      .poll(async () => (await ask("squeue", "-h", "-o", "%i")).trim(), { timeout: 60_000 })
      .toBe("");

    process.env.PATH = `${join(directory, "bin")}${delimiter}${process.env.PATH}`;
    const monitor = await start([
      ...["monitor", "--site", "aster/one", "--data", join(directory, "monitor"), "--port", "0"],
      ...["--slurm", "--every", "1"],
    ]);
    const jobs = async () =>
      ((await (await fetch(`${monitor.url}api/status`)).json()) as { jobs: number }).jobs;
    try {
      await expect.poll(jobs, { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
    } finally {
      await monitor.stop();
    }
    const lines = await readFile(
      join(directory, "monitor", "telemetry", "aster_one.jobs.jsonl"),
      "utf8",
    );
    const collected = lines
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Job);
    const told = parseSlurm(await ask("sacct", "--json", "--allusers")).filter(
      ({ start: began }) => Date.parse(began) > 0,
    );
    expect(acceleratorSeconds(collected)).toBe(acceleratorSeconds(told));
    const states = collected.map(({ state }) => state).sort();
    expect(states.slice(-2)).toEqual(["COMPLETED", "FAILED"]);
    expect(states).toContain("CANCELLED");
    const longest = collected.find(({ state }) => state === "COMPLETED") as Job;
    expect(longest.accelerators).toBe(2);
    expect(acceleratorSeconds([longest])).toBeGreaterThanOrEqual(6);
  }, 180_000);
});
