import { type AuthorshipTallier, LOG_FORMAT, LogReader } from "@standstill/indicators";
import { type Terminal, UsageError } from "../output.ts";
import { git, gitText, type Repository } from "./git.ts";

/** Which part of a history is measured. */
export interface Part {
  /** Files, as git's pathspecs; all where there are none. */
  readonly path: readonly string[];
  /** First day; from the beginning where absent. */
  readonly since: string | undefined;
  readonly merges: boolean;
}

/** Commits after which it is told how far the reading is. */
const PROGRESS_EVERY = 20_000;

/** The whole repository, where a folder in it was named; a bare one is its own top. */
export async function topOf(repository: Repository): Promise<Repository> {
  const isBare = await gitText(repository, ["rev-parse", "--is-bare-repository"]);
  if (isBare.trim() === "true") return repository;
  return { path: (await gitText(repository, ["rev-parse", "--show-toplevel"])).trimEnd() };
}

/** The commit to measure; refuses what would be measured wrongly: a shallow clone, a history that was rewritten. */
export async function headOf(
  repository: Repository,
  rev: string,
  descendsFrom: string | undefined,
): Promise<string> {
  const shallow = await gitText(repository, ["rev-parse", "--is-shallow-repository"]);
  if (shallow.trim() === "true") {
    throw new UsageError(
      `expected a whole history, got a shallow clone in ${repository.path}: its first commit seems to add everything`,
      "Run git fetch --unshallow there, and then the command again.",
    );
  }
  const head = (
    await gitText(repository, ["rev-parse", "--verify", "--quiet", `${rev}^{commit}`]).catch(
      () => "",
    )
  ).trim();
  if (head === "")
    throw new UsageError(
      `expected a commit, got ${rev}, which ${repository.path} does not have`,
      "Give --rev a commit, branch or tag; an empty repository has nothing to measure.",
    );
  if (descendsFrom !== undefined) {
    await gitText(repository, ["merge-base", "--is-ancestor", descendsFrom, head]).catch(() => {
      throw new UsageError(
        `expected ${rev} to continue ${descendsFrom}, got a history that does not hold it: it was rewritten`,
        "Ask why. A measurement of a rewritten history cannot be compared with the one before.",
      );
    });
  }
  return head;
}

/** Every change with its lines, and nothing that the repository's own configuration would change. */
const LOG = [
  "log",
  "-z",
  "--numstat",
  "-M",
  "--root",
  "--no-ext-diff",
  "--no-textconv",
  "--no-show-signature",
  "--diff-merges=off",
  "--diff-algorithm=myers",
  "--ignore-submodules=all",
  "--date=format:%Y-%m",
  `--format=${LOG_FORMAT}`,
];

/** Reads the commits of a part of a history, the newest first, and hands each over. */
export async function readLog(
  repository: Repository,
  head: string,
  { path, since, merges }: Part,
  tallier: AuthorshipTallier,
  terminal: Terminal,
): Promise<void> {
  let told = PROGRESS_EVERY;
  const reader = new LogReader((commit) => tallier.take(commit));
  const args = [
    ...LOG,
    ...(merges ? [] : ["--no-merges"]),
    ...(since === undefined ? [] : [`--since=${isDay(since) ? `${since}T00:00:00Z` : since}`]),
    head,
    "--",
    ...path,
  ];
  await git(repository, args, (chunk) => {
    reader.push(chunk);
    if (reader.commits >= told) {
      terminal.err(`${reader.commits} commits read`);
      told += PROGRESS_EVERY;
    }
  });
  reader.end();
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}
