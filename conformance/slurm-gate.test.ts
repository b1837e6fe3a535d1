import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { program, standstill } from "../tests/support/standstill.ts";
import { type Cluster, canRunSlurm, startCluster } from "./slurm/cluster.ts";

const deployed = (name: string) =>
  fileURLToPath(new URL(`../deploy/slurm/${name}`, import.meta.url));
const LUA_SOCKET = "/usr/lib/x86_64-linux-gnu/lua/5.1/socket/unix.so";

describe.skipIf(!(await canRunSlurm(LUA_SOCKET)))("a real Slurm asks the gate", () => {
  let cluster: Cluster;
  let gate: ChildProcess;
  let socket: string;

  beforeAll(async () => {
    cluster = await startCluster(async (directory) => {
      socket = join(directory, "gate.sock");
      const conf = join(directory, "gate.conf");
      await writeFile(
        conf,
        `STANDSTILL_GATE_SOCKET=${socket}\nSTANDSTILL_GATE_ACCELERATORS="h100=h100-sxm5"\n`,
      );
      await copyFile(deployed("job_submit.lua"), join(directory, "job_submit.lua"));
      for (const name of ["prolog", "epilog", "running"])
        await writeFile(
          join(directory, name),
          [
            "#!/usr/bin/env bash",
            `export SLURM_CONF=${directory}/slurm.conf STANDSTILL_GATE_CONF=${conf}`,
            `standstill() { ${process.execPath} ${program} "$@"; }`,
            "export -f standstill",
            `exec bash ${deployed(`${name}.sh`)} 2>>${directory}/log/${name}.log`,
          ].join("\n"),
          { mode: 0o755 },
        );
      return { STANDSTILL_GATE_CONF: conf };
    });
    const example = inject("exampleDirectory");
    gate = spawn(
      process.execPath,
      [
        ...[program, "gate", "serve", example, "--party", "aster", "--site", "aster/hall"],
        ...["--ledger", join(cluster.directory, "gate.jsonl"), "--socket", socket],
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise((resolve) => gate.stdout?.once("data", resolve));
  }, 120_000);
  afterAll(async () => {
    gate.kill("SIGCONT");
    gate.kill("SIGTERM");
    await cluster.stop();
  }, 30_000);

  const submit = async (gpus: number, minutes: number, script: string, ...more: string[]) => {
    const words = [
      ...["sbatch", "--parsable", "--account=frontier", "--output=/dev/null", "--chdir=/"],
      ...(gpus === 0 ? [] : [`--gres=gpu:h100:${gpus}`]),
      ...[`--time=${minutes}`, ...more, `--wrap=${script}`],
    ];
    const [command, ...args] = [...cluster.inside, ...words] as [string, ...string[]];
    const began = Date.now();
    const result = await promisify(execFile)(command, args).then(
      ({ stdout }) => ({ id: stdout.trim(), told: "" }),
      (error: { stderr: string }) => ({ id: undefined, told: error.stderr }),
    );
    return { ...result, milliseconds: Date.now() - began };
  };
  const letIn = async () => {
    const { stdout } = await standstill(["gate", "list", "--socket", socket, "--json"]);
    return (JSON.parse(stdout) as { jobs: { job: string }[] }).jobs.map(({ job }) => job);
  };

  it("refuses a job over the limit with the clause, and accepts a small one and one without accelerators", async () => {
    const large = await submit(2, 10_000, "sleep 1");
    expect(large.told).toMatch(/article-2: Training of 1e19 FLOP or more is declared/);
    expect(large.id).toBeUndefined();
    const array = await submit(1, 30, "sleep 1", "--array=0-199");
    expect(array.told).toMatch(/article-2/);
    expect((await submit(0, 10_000, "true")).id).toMatch(/^\d+$/);
    expect((await submit(1, 1, "true")).id).toMatch(/^\d+$/);
  }, 60_000);

  it.each([
    ["by a suffix", ["--gpus=1K"]],
    ["by a type with dots, as parts of accelerators have them", ["--gres=gpu:part.of-one:900"]],
    ["by tasks that need many nodes", ["--ntasks=900", "--ntasks-per-node=1", "--gres=gpu:h100:1"]],
  ])(
    "counts accelerators that are asked for %s",
    async (_name, words) => {
      expect((await submit(0, 1, "true", ...words)).told).toMatch(/article-2/);
    },
    30_000,
  );

  it("a run is told in the comment, and one that is not on record is refused", async () => {
    const unknown = await submit(1, 1, "true", "--comment=activity=training run=aster/nothing");
    expect(unknown.told).toContain("Runs on record");
    const serving = await submit(1, 10_000, "true", "--comment=activity=inference");
    expect(serving.id).toMatch(/^\d+$/);
  }, 60_000);

  it("what a job could do is held back while it runs, a change is asked about, and its end gives it back", async () => {
    const { id } = await submit(1, 2, "sleep 8");
    await expect.poll(letIn, { timeout: 40_000, interval: 500 }).toContain(`slurm:${id}`);
    const update = cluster.ask("scontrol", "update", `JobId=${id}`, "TimeLimit=20-00:00:00");
    await expect(update).rejects.toThrow();
    await expect.poll(letIn, { timeout: 60_000, interval: 500 }).not.toContain(`slurm:${id}`);
    const ledger = await readFile(join(cluster.directory, "gate.jsonl"), "utf8");
    expect(ledger).toContain(`{"kind":"end"`);
  }, 120_000);

  it("what Slurm gave counts, and for how long, whatever a job writes about itself; each task of an array by itself", async () => {
    const forged =
      "activity=inference TimeLimit=00:00:01 Nodes=none CPU_IDs=0 Mem=0 GRES=gpu:h100:0";
    const one = await submit(1, 3, "sleep 1", `--comment=${forged}`);
    const array = await submit(1, 2, "sleep 1", "--array=0-1");
    const ledger = () => readFile(join(cluster.directory, "gate.jsonl"), "utf8");
    const reserved = async () =>
      (await ledger())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { kind: string; request: { job: string } })
        .filter(({ kind }) => kind === "reserve")
        .map(({ request }) => request);
    await expect
      .poll(async () => (await reserved()).map(({ job }) => job), { timeout: 60_000 })
      .toEqual(expect.arrayContaining([`slurm:${one.id}`, `slurm:${array.id}`]));
    const its = (await reserved()).find(({ job }) => job === `slurm:${one.id}`);
    expect(its).toMatchObject({ accelerators: 1, accelerator: "h100-sxm5", seconds: 180 });
    expect(its).toMatchObject({ activity: "inference" });
    const first = (await reserved()).find(({ job }) => job === `slurm:${array.id}`);
    expect(first).toMatchObject({ accelerators: 1, seconds: 120, activity: "training" });
    await expect.poll(letIn, { timeout: 60_000, interval: 500 }).toEqual([]);
  }, 120_000);

  it("what the scheduler runs is held against what the gate let in", async () => {
    const compare = () =>
      cluster
        .ask(join(cluster.directory, "running"))
        .catch(({ stdout }: { stdout: string }) => stdout);
    const { id } = await submit(1, 2, "sleep 20");
    await expect.poll(letIn, { timeout: 40_000, interval: 500 }).toContain(`slurm:${id}`);
    await expect
      .poll(() => cluster.ask("squeue", "-h", "-j", String(id), "-o", "%T"), { timeout: 20_000 })
      .toBe("RUNNING\n");
    expect(await compare()).toBe("The gate and the scheduler agree.\n");
    // As if nobody had asked the gate.
    await standstill(["gate", "end", `slurm:${id}`, "--socket", socket]);
    expect(await compare()).toMatch(`slurm:${id}  It runs, and this gate did not let it in.`);
    await cluster.ask("scancel", String(id));
  }, 120_000);

  it("while the gate hangs, nobody waits long: jobs are refused as agreed, others run, the scheduler goes on", async () => {
    gate.kill("SIGSTOP");
    const first = await submit(1, 1, "true");
    expect(first.told).toContain("The agreement says to refuse");
    const second = await submit(1, 1, "true");
    expect(second.told).toContain("The agreement says to refuse");
    // It is remembered that the gate hangs, so that the second does not wait for it.
    expect(second.milliseconds).toBeLessThan(5000);
    const other = await submit(0, 1, "true");
    expect(other.id).toMatch(/^\d+$/);
    await expect
      .poll(() => cluster.ask("squeue", "-h", "-j", String(other.id), "-o", "%i"), {
        timeout: 30_000,
      })
      .toBe("");
    gate.kill("SIGCONT");
  }, 90_000);
});
