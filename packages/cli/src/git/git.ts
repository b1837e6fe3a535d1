import { spawn } from "node:child_process";
import { UsageError } from "../output.ts";

/** A repository, and how git is asked about it. */
export interface Repository {
  readonly path: string;
}

/**
 * Set for every call, so that nothing in the repository's own configuration runs a program or reaches a network: the repository is
 * somebody else's evidence.
 */
const CONFIG = [
  "-c",
  "core.quotePath=false",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "log.showSignature=false",
  "-c",
  "log.mailmap=false",
  "-c",
  "diff.renames=true",
  "-c",
  "core.attributesFile=/dev/null",
  "-c",
  "i18n.logOutputEncoding=UTF-8",
  "-c",
  "blame.ignoreRevsFile=",
  "-c",
  "diff.external=",
];
const ENVIRONMENT = {
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_PAGER: "cat",
  // Git would write each commit by itself to a pipe.
  GIT_FLUSH: "0",
  LC_ALL: "C",
};

/**
 * Runs git and hands its output over as it comes.
 *
 * @throws UsageError where git fails: a history that ended early must not be measured as if it were whole
 */
export async function git(
  repository: Repository,
  args: readonly string[],
  take: (chunk: Uint8Array) => void,
  input?: string,
): Promise<void> {
  const child = spawn("git", ["-C", repository.path, ...CONFIG, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...ENVIRONMENT },
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  child.stdin.on("error", () => {
    // Git may stop before it has read everything; its exit status says why.
  });
  child.stdin.end(input ?? "");
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  try {
    for await (const chunk of child.stdout) take(chunk as Uint8Array);
  } catch (error) {
    child.kill();
    await ended.catch(() => undefined);
    throw error;
  }
  const status = await ended.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new UsageError(
      "expected git, got no such program",
      "Install git, and run the command again.",
    );
  });
  if (status === 0) return;
  throw new UsageError(
    `expected git ${args[0]} to end well in ${repository.path}, got status ${status}: ${firstLine(said)}`,
    /unable to read|missing|promisor|not our ref|could not fetch/i.test(said)
      ? "Objects are missing, as in a partial clone. Fetch them all (git fetch --refetch --no-filter), and run the command again."
      : "Give --repo a whole clone of a git repository, and --rev a commit in it.",
  );
}

function firstLine(text: string): string {
  const lines = text.trim().split("\n");
  return lines.find((line) => /^(?:fatal|error)/.test(line)) ?? lines[0] ?? "";
}

/** Git's output as text, for short answers. */
export async function gitText(
  repository: Repository,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  await git(repository, args, (chunk) => chunks.push(chunk), input);
  return Buffer.concat(chunks).toString("utf8");
}
