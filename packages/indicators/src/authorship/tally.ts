import { authorOfLine, linesAttested, type NoteAttestations } from "./git-ai-notes.ts";
import { type Attribution, type Author, attributionOf, type EvidenceTier } from "./identity.ts";
import type { LoggedCommit } from "./log-reader.ts";
import { isGenerated } from "./path-kind.ts";

/** Numbers of commits or lines by who wrote them; `unknown` is what nothing attests, generated files among it. */
export interface Shares {
  readonly ai: number;
  readonly human: number;
  readonly unknown: number;
  readonly total: number;
}

/** Lines by who wrote them, with how many of the unknown ones are in generated or vendored files. */
export interface LineShares extends Shares {
  readonly generated: number;
}

/** Commits and added lines of a month, a team or a folder. */
export interface PartShares {
  readonly name: string;
  readonly commits: Shares;
  readonly addedLines: LineShares;
}

/** What a history says of who wrote it. */
export interface AuthorshipTally {
  readonly commits: Shares & {
    readonly merges: number;
    readonly bots: number;
    readonly mixed: number;
  };
  readonly addedLines: LineShares;
  /** Changes of files of which git counts no lines: binary ones, and what attributes of the repository call so. */
  readonly uncountedFiles: number;
  readonly tiers: Readonly<Record<EvidenceTier, number>>;
  readonly months: readonly PartShares[];
  readonly paths: readonly PartShares[];
  readonly teams: readonly PartShares[];
  /** Share of the added lines in the month's largest commit, where that is more than half of the month. */
  readonly dominated: readonly {
    readonly month: string;
    readonly commit: string;
    readonly share: number;
  }[];
}

/** How commits are attributed. */
export interface AuthorshipRules {
  /** Addresses that are attested to be human where nothing names an AI, in lower case. */
  readonly humans: ReadonlySet<string>;
  /** Team of an address; `undefined` for none. */
  readonly teamOf?: (email: string) => string | undefined;
  /** Notes of the git-ai standard, by commit. */
  readonly notes: ReadonlyMap<string, NoteAttestations>;
}

type Counts = { ai: number; human: number; unknown: number; generated: number };
const zero = (): Counts => ({ ai: 0, human: 0, unknown: 0, generated: 0 });

/** Adds commits up as they come; holds sums and an entry for each commit, no history. */
export class AuthorshipTallier {
  readonly #rules: AuthorshipRules;
  readonly #commits = zero();
  readonly #lines = zero();
  readonly #extra = { merges: 0, bots: 0, mixed: 0 };
  #uncounted = 0;
  readonly #tiers: Record<EvidenceTier, number> = {
    notes: 0,
    author: 0,
    trailer: 0,
    marker: 0,
    none: 0,
  };
  readonly #months = new Parts();
  readonly #paths = new Parts();
  readonly #teams = new Parts();
  readonly #largest = new Map<string, { commit: string; lines: number }>();
  /** Attribution of each commit, for lines that survive. */
  readonly #authors = new Map<string, Author>();

  constructor(rules: AuthorshipRules) {
    this.#rules = rules;
  }

  /** Another one with the same rules, that has taken nothing in. */
  empty(): AuthorshipTallier {
    return new AuthorshipTallier(this.#rules);
  }

  /** Takes a commit in. */
  take(commit: LoggedCommit): void {
    const note = this.#rules.notes.get(commit.id);
    const its = attributionOf(commit, this.#rules.humans);
    const attribution = note === undefined ? its : noted(its, note);
    const { author } = attribution;
    if (!commit.isMerge) this.#authors.set(commit.id, author);
    if (commit.isMerge) this.#extra.merges++;
    if (its.isBot) this.#extra.bots++;
    this.#uncounted += commit.uncounted;
    if (author === "ai" && its.isMixed) this.#extra.mixed++;
    this.#commits[author]++;
    const lines = zero();
    const folders = new Map<string, Counts>();
    for (const { path, added } of commit.files) {
      const counts = zero();
      if (isGenerated(path)) {
        counts.unknown = added;
        counts.generated = added;
      } else if (note === undefined) counts[author] = added;
      else {
        const { ai, human } = linesAttested(note.get(path), added);
        Object.assign(counts, { ai, human, unknown: added - ai - human });
      }
      add(lines, counts);
      const folder = path.includes("/") ? path.slice(0, path.indexOf("/")) : ".";
      const known = folders.get(folder) ?? zero();
      folders.set(folder, known);
      add(known, counts);
    }
    add(this.#lines, lines);
    this.#tiers[attribution.tier] += total(lines);
    this.#months.add(commit.month, author, lines);
    for (const [folder, counts] of folders) this.#paths.add(folder, author, counts);
    if (this.#rules.teamOf !== undefined)
      this.#teams.add(this.#rules.teamOf(commit.authorEmail) ?? "no team", author, lines);
    const largest = this.#largest.get(commit.month);
    if (total(lines) > (largest?.lines ?? 0))
      this.#largest.set(commit.month, { commit: commit.id, lines: total(lines) });
  }

  /** Who wrote a line that survives, by the commit that it is from and its place there. */
  authorOf(commit: string, path: string, line: number): Author {
    const note = this.#rules.notes.get(commit);
    if (note !== undefined) return authorOfLine(note.get(path), line);
    return this.#authors.get(commit) ?? "unknown";
  }

  /** Whether a commit's lines are attested one by one. */
  isNoted(commit: string): boolean {
    return this.#rules.notes.has(commit);
  }

  /** Everything so far. */
  end(): AuthorshipTally {
    const months = this.#months.all();
    const { generated: _, ...commits } = sharesOf(this.#commits);
    return {
      commits: { ...commits, ...this.#extra },
      addedLines: sharesOf(this.#lines),
      uncountedFiles: this.#uncounted,
      tiers: { ...this.#tiers },
      months,
      paths: this.#paths.all(),
      teams: this.#teams.all(),
      dominated: months.flatMap(({ name, addedLines }) => {
        const largest = this.#largest.get(name);
        const share = (largest?.lines ?? 0) / addedLines.total;
        return largest !== undefined && share > 0.5
          ? [{ month: name, commit: largest.commit, share }]
          : [];
      }),
    };
  }
}

function noted(its: Attribution, note: NoteAttestations): Attribution {
  const authors = new Set([...note.values()].flat().map(({ author }) => author));
  const author = authors.has("ai") ? "ai" : authors.has("human") ? "human" : its.author;
  return { ...its, author, tier: "notes", isMixed: authors.size > 1 };
}

class Parts {
  readonly #parts = new Map<string, { commits: Counts; lines: Counts }>();

  add(name: string, author: Author, lines: Counts): void {
    const part = this.#parts.get(name) ?? { commits: zero(), lines: zero() };
    this.#parts.set(name, part);
    part.commits[author]++;
    add(part.lines, lines);
  }

  all(): PartShares[] {
    return [...this.#parts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { commits, lines }]) => {
        const { generated: _, ...its } = sharesOf(commits);
        return { name, commits: its, addedLines: sharesOf(lines) };
      });
  }
}

function add(sum: Counts, more: Counts): void {
  sum.ai += more.ai;
  sum.human += more.human;
  sum.unknown += more.unknown;
  sum.generated += more.generated;
}

function total({ ai, human, unknown }: Counts): number {
  return ai + human + unknown;
}

function sharesOf(counts: Counts): LineShares {
  return { ...counts, total: total(counts) };
}
