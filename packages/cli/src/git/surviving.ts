import {
  type AuthorshipTallier,
  isGenerated,
  type LineShares,
  SurvivingLines,
} from "@standstill/indicators";
import type { Terminal } from "../output.ts";
import { gitText, type Repository } from "./git.ts";

/** Files that are traced at the same time. */
const AT_ONCE = 2;
const PROGRESS_EVERY = 200;

/** Lines at a commit by who wrote them: each line by the commit that it is from (`git blame -w`). */
export async function survivingLines(
  repository: Repository,
  revision: string,
  paths: readonly string[],
  tallier: AuthorshipTallier,
  terminal: Terminal,
): Promise<LineShares> {
  const files = await textFiles(repository, revision, paths);
  const surviving = new SurvivingLines(tallier);
  let done = 0;
  const next = files.values();
  const work = async () => {
    for (const { path, lines } of next) {
      if (isGenerated(path)) surviving.takeGenerated(lines);
      else {
        const args = ["blame", "-w", "--no-textconv", "--incremental", revision, "--", path];
        surviving.takeBlame(path, await gitText(repository, args));
      }
      if (++done % PROGRESS_EVERY === 0)
        terminal.err(`${done} of ${files.length} files traced to their commits`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return surviving.end();
}

/** Text files at a commit with their lines: what git would add to an empty tree. */
async function textFiles(
  repository: Repository,
  revision: string,
  paths: readonly string[],
): Promise<{ path: string; lines: number }[]> {
  const empty = (await gitText(repository, ["hash-object", "-t", "tree", "--stdin"])).trim();
  const found = await gitText(repository, [
    "diff-tree",
    "-r",
    "-z",
    "--numstat",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
    empty,
    revision,
    "--",
    ...paths,
  ]);
  return found.split("\0").flatMap((entry) => {
    const [, lines = "0", path] = /^(\d+)\t\d+\t([\s\S]+)$/.exec(entry) ?? [];
    return path === undefined || lines === "0" ? [] : [{ path, lines: Number(lines) }];
  });
}
