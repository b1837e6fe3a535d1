import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PROLOG = fileURLToPath(new URL("../deploy/slurm/prolog.sh", import.meta.url));
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "standstill-prolog-"));
  const programs = {
    // What Slurm says stands in files; without one it does not answer.
    scontrol: `case "$2" in hostnames) for n in 1 2 3; do [[ $3 == *,$n* || $3 == "n[1-$n]" ]] && seq $n; done; [[ $3 == *[* ]] || echo "$3";; *) cat "$PLACE/job";; esac`,
    squeue: `case "$*" in *%l) cat "$PLACE/limit";; *%k) cat "$PLACE/comment";; esac`,
    standstill: `echo "$*" >"$PLACE/asked"; exit "$(cat "$PLACE/answer")"`,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(directory, name), `#!/usr/bin/env bash\n${text}\n`);
    await chmod(join(directory, name), 0o755);
  }
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs the prolog of a job as Slurm tells of it: what it asks the gate, and its exit code. */
async function prolog(job: string | undefined, more: Record<string, string> = {}) {
  const files = { limit: "1:00:00", comment: "(null)", answer: "0", ...more };
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  for (const name of ["asked", "job"]) await rm(join(directory, name), { force: true });
  if (job !== undefined) await writeFile(join(directory, "job"), job);
  const env = {
    ...process.env,
    PATH: `${directory}:${process.env.PATH}`,
    PLACE: directory,
    SLURM_JOB_ID: "7",
    STANDSTILL_GATE_CONF: join(directory, "gate.conf"),
  };
  await writeFile(env.STANDSTILL_GATE_CONF, 'STANDSTILL_GATE_ACCELERATORS="h100=h100-sxm5"\n');
  const code = await promisify(execFile)("bash", [PROLOG], { env }).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
  const asked = await readFile(join(directory, "asked"), "utf8").catch(() => "");
  return { code, asked: asked.replace(/ --socket \S+/, "").trim() };
}
const allocated = (nodes: string, gres: string) =>
  `JobId=7 JobName=x   Nodes=${nodes} CPU_IDs=0-3 Mem=0 GRES=${gres} MinCPUsNode=1`;

describe("the prolog of Slurm counts what a job was given", () => {
  it.each([
    [
      "one node",
      allocated("n1", "gpu:h100:2(IDX:0-1)"),
      "--accelerators 2 --accelerator h100-sxm5",
    ],
    [
      "nodes that were given alike",
      allocated("n[1-3]", "gpu:h100:2(IDX:0-1)"),
      "--accelerators 6 --accelerator h100-sxm5",
    ],
    [
      "shards and MPS besides",
      allocated("n1", "gpu:h100:1(IDX:0),shard:3(IDX:1),mps:150(IDX:2)"),
      "--accelerators 6",
    ],
    [
      "a type that the agreement has no name for",
      allocated("n1", "gpu:secret:4(IDX:0-3)"),
      "--accelerators 4",
    ],
    [
      "none told node by node",
      "JobId=7 AllocTRES=cpu=4,gres/gpu=5,gres/gpu:h100=5",
      "--accelerators 5",
    ],
    [
      "a number that is none",
      allocated("n1", "gpu:h100:-3"),
      "--accelerators 1000000 --accelerator h100-sxm5",
    ],
  ])("%s", async (_name, job, asked) => {
    expect(await prolog(job)).toEqual({
      code: 0,
      asked: `gate start --job slurm:7 ${asked} --seconds 3600`,
    });
  });

  it("a job without accelerators is nobody's business", async () => {
    expect(await prolog("JobId=7 AllocTRES=cpu=4,mem=1G")).toEqual({ code: 0, asked: "" });
  });

  it("time limits in every form; without one it gets a lease", async () => {
    const seconds = async (limit: string) =>
      /--seconds (\d+)/.exec((await prolog(allocated("n1", "gpu:1"), { limit })).asked)?.[1];
    expect(await seconds("2-03:04:05")).toBe(String(((2 * 24 + 3) * 60 + 4) * 60 + 5));
    expect(await seconds("08:09")).toBe(String(8 * 60 + 9));
    expect(await seconds("UNLIMITED")).toBeUndefined();
  });

  it("its comment says what it is for, and nothing else", async () => {
    const comment = "activity=inference run=aster/big --socket=/tmp/mine * seconds=1";
    const { asked } = await prolog(allocated("n1", "gpu:1"), { comment });
    expect(asked).toMatch(/--seconds 3600 --activity inference --run aster\/big$/);
  });

  it("nothing is let in where Slurm does not answer, or the gate refuses or is silent", async () => {
    expect((await prolog(undefined)).code).not.toBe(0);
    expect((await prolog(allocated("n1", "gpu:1"), { answer: "8" })).code).not.toBe(0);
    expect((await prolog(allocated("n1", "gpu:1"), { answer: "2" })).code).not.toBe(0);
  });
});
