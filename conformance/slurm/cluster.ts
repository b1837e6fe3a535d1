import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const PROGRAMS = [
  "/usr/sbin/slurmctld",
  "/usr/sbin/slurmdbd",
  "/usr/sbin/munged",
  "/usr/sbin/mariadbd",
];

/** Whether a cluster can run here: Slurm is installed, and it can have a network of its own. */
export async function canRunSlurm(...more: readonly string[]): Promise<boolean> {
  const can =
    [...PROGRAMS, ...more].every((path) => existsSync(path)) &&
    process.getuid?.() === 0 &&
    (await run("unshare", ["-n", "true"]).then(
      () => true,
      () => false,
    ));
  if (!can)
    console.warn(
      "SKIPPED: Slurm is not here or cannot have a network of its own, so none was asked.",
    );
  return can;
}

/** A Slurm of one machine that is running. */
export interface Cluster {
  readonly directory: string;
  /** Words before a command that let it run inside the cluster's network. */
  readonly inside: readonly string[];
  ask(...command: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts a cluster.
 *
 * @param prepare puts files beside its configuration first
 */
export async function startCluster(
  prepare: (directory: string) => Promise<NodeJS.ProcessEnv> = async () => ({}),
): Promise<Cluster> {
  // Munge refuses a socket below a directory that others may write to, unless it is forced; a short path, too.
  const directory = await mkdtemp(join(tmpdir(), "slurm-"));
  await chmod(directory, 0o755);
  const env = { ...process.env, ...(await prepare(directory)) };
  const script = fileURLToPath(new URL("cluster.sh", import.meta.url));
  const cluster = spawn("bash", [script, directory], { stdio: ["pipe", "pipe", "inherit"], env });
  const namespace = await new Promise<string>((resolve, reject) => {
    cluster.stdout?.once("data", (text) => resolve(String(text).split(" ")[0] as string));
    cluster.once("exit", (code) => reject(new Error(`expected a cluster, got exit code ${code}`)));
  });
  const environment = ["env", `SLURM_CONF=${join(directory, "slurm.conf")}`];
  const inside = ["nsenter", "-t", namespace, "-n", ...environment];
  return {
    directory,
    inside,
    ask: async (...command) => {
      const [program, ...args] = [...inside, ...command] as [string, ...string[]];
      return (await run(program, args, { env: { ...process.env, TZ: "UTC" } })).stdout;
    },
    stop: async () => {
      cluster.removeAllListeners("exit");
      const gone = new Promise((resolve) => cluster.once("exit", resolve));
      cluster.stdin?.end();
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
