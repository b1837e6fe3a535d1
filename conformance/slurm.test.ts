import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { acceleratorSeconds, type Job, parseSlurm } from "@standstill/evidence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { start } from "../tests/support/serve.ts";
import { type Cluster, canRunSlurm, startCluster } from "./slurm/cluster.ts";

describe.skipIf(!(await canRunSlurm()))(
  "a real Slurm runs jobs, and a monitor collects them",
  () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster();
      // The monitor calls sacct as it is on its path; this one speaks to the cluster in its own network.
      await mkdir(join(cluster.directory, "bin"));
      await writeFile(
        join(cluster.directory, "bin", "sacct"),
        `#!/bin/sh\nexec ${cluster.inside.join(" ")} /usr/bin/sacct "$@"\n`,
        { mode: 0o755 },
      );
    }, 90_000);
    afterAll(() => cluster.stop(), 30_000);

    const ask = (...command: readonly string[]) => cluster.ask(...command);
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
        .poll(
          async () => (await ask("squeue", "-h", "-t", "R", "-j", endless, "-o", "%i")).trim(),
          {
            timeout: 60_000,
          },
        )
        .toBe(endless);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      await ask("scancel", endless);
      await expect
        .poll(async () => (await ask("squeue", "-h", "-o", "%i")).trim(), { timeout: 60_000 })
        .toBe("");

      process.env.PATH = `${join(cluster.directory, "bin")}${delimiter}${process.env.PATH}`;
      const monitor = await start([
        ...[
          "monitor",
          "--site",
          "aster/one",
          "--data",
          join(cluster.directory, "monitor"),
          "--port",
          "0",
        ],
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
        join(cluster.directory, "monitor", "telemetry", "aster_one.jobs.jsonl"),
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
  },
);
