import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { EvidenceError, parseSlurm } from "@standstill/evidence";
import type { JobFile } from "@standstill/evidence/telemetry";
import { MINUTE_MS, reasonOf } from "@standstill/record";

/**
 * Asks Slurm's accounting for jobs of all users since a day and takes them in; the times are asked for in UTC. Jobs that
 * have not ended are left for the next time.
 *
 * @returns how many were new or changed
 */
export async function collectSlurm(
  jobs: JobFile,
  sinceMs: number,
  command: readonly string[] = ["sacct"],
): Promise<number> {
  const [program = "sacct", ...before] = command;
  const since = new Date(sinceMs).toISOString().slice(0, 19);
  const args = [
    "--parsable2",
    "--allusers",
    "--duplicates",
    "--allocations",
    "--starttime",
    since,
    "--endtime",
    "now",
    "--format",
    COLUMNS,
  ];
  try {
    const { stdout } = await promisify(execFile)(program, [...before, ...args], {
      env: { ...process.env, TZ: "UTC", SLURM_TIME_FORMAT: "standard" },
      maxBuffer: MOST_BYTES,
      timeout: MINUTE_MS,
    });
    return await jobs.accept(parseSlurm(stdout));
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    const message = `expected sacct to answer, got: ${reasonOf(cause).slice(0, 300)}`;
    throw new EvidenceError("store-unavailable", message, { cause });
  }
}

const COLUMNS = "JobIDRaw,Account,State,Start,End,AllocTRES";
const MOST_BYTES = 64 << 20;
