import { type AuthorshipTallier, isGenerated, type LineShares } from "@standstill/indicators";
import type { Terminal } from "../output.ts";
import { gitText, type Repository } from "./git.ts";

/** Files that are blamed at the same time. */
const AT_ONCE = 2;
const PROGRESS_EVERY = 200;
const HEADER = /^([0-9a-f]{40}(?:[0-9a-f]{24})?) (\d+) \d+ (\d+)$/;

/** Lines at a commit by who wrote them: each line by the commit that it is from (`git blame -w`). */
export async function survivingLines(
  repository: Repository,
  revision: string,
  paths: readonly string[],
  tallier: AuthorshipTallier,
  terminal: Terminal,
): Promise<LineShares> {
  const files = await textFiles(repository, revision, paths);
  const sums = { ai: 0, human: 0, unknown: 0, generated: 0, total: 0 };
  let done = 0;
  const next = files.values();
  const work = async () => {
    for (const { path, lines } of next) {
      if (isGenerated(path)) {
        sums.unknown += lines;
        sums.generated += lines;
        sums.total += lines;
      } else await blame(repository, revision, path, tallier, sums);
      if (++done % PROGRESS_EVERY === 0)
        terminal.err(`${done} of ${files.length} files traced to their commits`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return sums;
}

/** Text files at a commit with their lines: what git would add to an empty tree. */
async function textFiles(
  repository: Repository,
  revision: string,
  paths: readonly string[],
): Promise<{ path: string; lines: number }[]> {
  const empty = (await gitText(repository, ["hash-object", "-t", "tree", "--stdin"])).trim();
  const found = await gitText(repository, [
    ...["diff-tree", "-r", "-z", "--numstat", "--no-renames", "--no-ext-diff", "--no-textconv"],
    ...["--ignore-submodules=all"],
    ...[empty, revision, "--", ...paths],
  ]);
  return found.split("\0").flatMap((entry) => {
    const match = /^(\d+)\t\d+\t([\s\S]+)$/.exec(entry);
    return match === null || match[1] === "0"
      ? []
      : [{ path: match[2] as string, lines: Number(match[1]) }];
  });
}

async function blame(
  repository: Repository,
  revision: string,
  path: string,
  tallier: AuthorshipTallier,
  sums: { ai: number; human: number; unknown: number; total: number },
): Promise<void> {
  const args = ["blame", "-w", "--no-textconv", "--incremental", revision, "--", path];
  // A group of lines is told by its header, what follows it by the name that the file had there.
  let group: { commit: string; line: number; count: number } | undefined;
  for (const line of (await gitText(repository, args)).split("\n")) {
    const header = HEADER.exec(line);
    if (header !== null) {
      group = { commit: header[1] as string, line: Number(header[2]), count: Number(header[3]) };
    } else if (group !== undefined && line.startsWith("filename ")) {
      const { commit, line: first, count } = group;
      sums.total += count;
      if (tallier.isNoted(commit)) {
        const name = line.slice("filename ".length);
        for (let k = 0; k < count; k++) sums[tallier.authorOf(commit, name, first + k)]++;
      } else sums[tallier.authorOf(commit, path, first)] += count;
      group = undefined;
    }
  }
}
