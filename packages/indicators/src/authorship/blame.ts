import type { AuthorshipTallier, LineShares } from "./tally.ts";

/** A group of lines: the commit that they are from, the line there, and how many they are. */
const HEADER = /^([0-9a-f]{40}(?:[0-9a-f]{24})?) (\d+) \d+ (\d+)$/;
const FILENAME = "filename ";

/** Lines at a commit by who wrote them, file after file. */
export class SurvivingLines {
  readonly #tallier: AuthorshipTallier;
  readonly #sums = { ai: 0, human: 0, unknown: 0, generated: 0, total: 0 };

  /** @param tallier has taken in all commits that lines may be from */
  constructor(tallier: AuthorshipTallier) {
    this.#tallier = tallier;
  }

  /** Lines of a generated or vendored file are of nobody known. */
  takeGenerated(lines: number): void {
    this.#sums.unknown += lines;
    this.#sums.generated += lines;
    this.#sums.total += lines;
  }

  /** Takes a file in: what `git blame --incremental` says of it. */
  takeBlame(path: string, blame: string): void {
    // A group of lines is told by its header, what follows it by the name that the file had there.
    let group: { commit: string; first: number; count: number } | undefined;
    for (const line of blame.split("\n")) {
      const [, commit, first, count] = HEADER.exec(line) ?? [];
      if (commit !== undefined) {
        group = { commit, first: Number(first), count: Number(count) };
      } else if (group !== undefined && line.startsWith(FILENAME)) {
        this.#take(group, path, line.slice(FILENAME.length));
        group = undefined;
      }
    }
  }

  /** The sums of all files so far. */
  end(): LineShares {
    return { ...this.#sums };
  }

  #take(
    { commit, first, count }: { readonly commit: string; first: number; count: number },
    path: string,
    named: string,
  ): void {
    this.#sums.total += count;
    if (this.#tallier.isNoted(commit)) {
      for (let k = 0; k < count; k++)
        this.#sums[this.#tallier.authorOf(commit, named, first + k)]++;
    } else this.#sums[this.#tallier.authorOf(commit, path, first)] += count;
  }
}
