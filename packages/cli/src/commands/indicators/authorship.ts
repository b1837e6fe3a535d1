import { realpath } from "node:fs/promises";
import {
  AuthorshipTallier,
  type AuthorshipTally,
  authorshipFindings,
  type LineShares,
  LOG_FORMAT,
  LogReader,
  type NoteAttestations,
  parseGitAiNote,
  RULES_VERSION,
  type ShareBounds,
  shareBounds,
} from "@standstill/indicators";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { schemaIn } from "../../files.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import { git, gitText, type Repository } from "./git.ts";
import { survivingLines } from "./surviving.ts";

/** Options of `standstill indicators authorship`. */
export interface AuthorshipOptions {
  readonly repo: string;
  readonly path: readonly string[];
  readonly since?: string;
  readonly rev: string;
  readonly merges: boolean;
  readonly surviving: boolean;
  readonly notes: boolean;
  readonly people?: string;
  readonly descendsFrom?: string;
  readonly json: boolean;
}

const peopleSchema = z.strictObject({
  /** Addresses whose commits are human where nothing names an AI: somebody answers for that. */
  humans: z.array(z.string().min(1).max(200)).max(100_000).optional(),
  teams: z
    .record(z.string().min(1).max(100), z.array(z.string().min(1).max(200)).max(100_000))
    .optional(),
});
type People = z.infer<typeof peopleSchema>;
const PROGRESS_EVERY = 20_000;

/** `standstill indicators authorship`: who wrote a repository, as far as it is attested. */
export async function authorshipCommand(
  options: AuthorshipOptions,
  terminal: Terminal,
): Promise<number> {
  const answer = await measureAuthorship(options, terminal);
  terminal.out(options.json ? json(answer) : describe(answer));
  return EXIT.ok;
}

/** Who wrote this program, measured as others are; or why that cannot be said. */
export async function ownAuthorship(root: string, terminal: Terminal): Promise<object> {
  const options = {
    repo: root,
    path: [],
    rev: "HEAD",
    merges: true,
    surviving: false,
    notes: true,
  };
  try {
    const top = (await gitText({ path: root }, ["rev-parse", "--show-toplevel"])).trim();
    // An installed program may lie in somebody else's repository.
    if ((await realpath(top)) !== (await realpath(root)))
      return { cannotSay: "this program does not run from a clone of its repository" };
    return await measureAuthorship({ ...options, json: true }, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { cannotSay: "this program does not run from a whole clone of its repository" };
  }
}

async function measureAuthorship(options: AuthorshipOptions, terminal: Terminal): Promise<Answer> {
  const repository = await topOf({ path: options.repo });
  const head = await headOf(repository, options);
  const people: People =
    options.people === undefined
      ? {}
      : await schemaIn(
          ...([options.people, "--people", peopleSchema, "humans and teams"] as const),
          "Give humans as a list of addresses, and teams as lists of addresses by name.",
        );
  const tallier = new AuthorshipTallier({
    humans: new Set((people.humans ?? []).map((one) => one.toLowerCase())),
    notes: options.notes ? await notesOf(repository) : new Map(),
    ...(people.teams === undefined ? {} : { teamOf: teamsIn(people.teams) }),
  });
  await readLog(repository, head, options, tallier, terminal);
  const tally = tallier.end();
  const surviving = options.surviving
    ? await survivingWithAll(repository, head, options, tallier, terminal)
    : null;
  return answerOf(head, options, tally, surviving);
}

/** The whole repository, where a folder in it was named; a bare one is its own top. */
async function topOf(repository: Repository): Promise<Repository> {
  const isBare = await gitText(repository, ["rev-parse", "--is-bare-repository"]);
  if (isBare.trim() === "true") return repository;
  return { path: (await gitText(repository, ["rev-parse", "--show-toplevel"])).trimEnd() };
}

/** The commit to measure; refuses what would be measured wrongly: a shallow clone, a history that was rewritten. */
async function headOf(repository: Repository, { rev, descendsFrom, since }: AuthorshipOptions) {
  for (const [name, value] of Object.entries({
    "--rev": rev,
    "--since": since ?? "",
    "--descends-from": descendsFrom ?? "",
  })) {
    if (value.startsWith("-"))
      throw new UsageError(
        `expected a commit or a day for ${name}, got ${value}`,
        "Give a name without a leading dash.",
      );
  }
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

async function readLog(
  repository: Repository,
  head: string,
  { path, since, merges }: AuthorshipOptions,
  tallier: AuthorshipTallier,
  terminal: Terminal,
): Promise<void> {
  let told = PROGRESS_EVERY;
  const reader = new LogReader((commit) => tallier.take(commit));
  const args = [
    ...[
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
    ],
    ...["--date=format:%Y-%m", `--format=${LOG_FORMAT}`],
    ...(merges ? [] : ["--no-merges"]),
    ...(since === undefined
      ? []
      : [`--since=${/^\d{4}-\d\d-\d\d$/.test(since) ? `${since}T00:00:00Z` : since}`]),
    ...[head, "--", ...path],
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

/** Lines that survive are of any time, so that what `--since` left out is read for them as well. */
async function survivingWithAll(
  repository: Repository,
  head: string,
  options: AuthorshipOptions,
  tallier: AuthorshipTallier,
  terminal: Terminal,
): Promise<LineShares> {
  if (options.since !== undefined || options.path.length > 0) {
    const all = tallier.empty();
    const { since: _, ...rest } = options;
    await readLog(repository, head, { ...rest, path: [], merges: false }, all, terminal);
    return survivingLines(repository, head, options.path, all, terminal);
  }
  return survivingLines(repository, head, options.path, tallier, terminal);
}

/** Notes of the git-ai standard, where the repository has any. */
async function notesOf(repository: Repository): Promise<Map<string, NoteAttestations>> {
  const notes = new Map<string, NoteAttestations>();
  const list = await gitText(repository, ["notes", "--ref=ai", "list"]).catch(() => "");
  const pairs = list
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" "));
  if (pairs.length === 0) return notes;
  const chunks: Uint8Array[] = [];
  const blobs = pairs.map(([blob]) => blob).join("\n");
  await git(repository, ["cat-file", "--batch"], (chunk) => chunks.push(chunk), `${blobs}\n`);
  const bytes = Buffer.concat(chunks);
  let at = 0;
  for (const [, commit] of pairs) {
    const end = bytes.indexOf(10, at);
    const size = Number(bytes.subarray(at, end).toString().split(" ")[2]);
    notes.set(
      commit as string,
      parseGitAiNote(bytes.subarray(end + 1, end + 1 + size).toString("utf8")),
    );
    at = end + 1 + size + 1;
  }
  return notes;
}

function teamsIn(teams: NonNullable<People["teams"]>): (email: string) => string | undefined {
  const by = new Map(
    Object.entries(teams).flatMap(([team, emails]) =>
      emails.map((email) => [email.toLowerCase(), team]),
    ),
  );
  return (email) => by.get(email.toLowerCase());
}

function answerOf(
  head: string,
  { merges, path, since, notes }: AuthorshipOptions,
  tally: AuthorshipTally,
  surviving: LineShares | null,
) {
  const { addedLines: lines, tiers } = tally;
  const attested = tiers.notes + tiers.author + tiers.trailer;
  return {
    method: {
      name: "git-authorship",
      version: 1,
      rules: RULES_VERSION,
      merges,
      paths: path,
      since: since ?? null,
      notes,
      month: "author's date",
      renames: "followed",
    },
    head,
    commits: tally.commits,
    addedLines: { ...lines, bounds: shareBounds(lines, lines.generated) },
    surviving:
      surviving === null
        ? null
        : { ...surviving, bounds: shareBounds(surviving, surviving.generated) },
    months: tally.months.map(({ name, ...rest }) => ({ month: name, ...rest })),
    paths: tally.paths,
    teams: tally.teams,
    dominated: tally.dominated,
    uncountedFiles: tally.uncountedFiles,
    /** Share of the added lines whose author notes, the author's name or a trailer attest. */
    coverage: lines.total === 0 ? null : attested / lines.total,
    evidence: tiers,
    indicators: authorshipFindings(
      shareBounds(lines, lines.generated),
      surviving === null ? null : shareBounds(surviving, surviving.generated),
      lines.total === 0 ? null : attested / lines.total,
    ),
  };
}

type Answer = ReturnType<typeof answerOf>;

function describe(answer: Answer): string {
  const { commits, addedLines, surviving, coverage } = answer;
  const row = (
    name: string,
    { ai, human, unknown, total }: { ai: number; human: number; unknown: number; total: number },
    bounds: ShareBounds | null,
  ) => [...[name, String(ai), String(human), String(unknown), String(total), told(bounds)]];
  return [
    coverage === null || coverage === 0
      ? "Nothing in this history says who wrote it, so that nothing can be said of how much an AI wrote. That is not zero: names of tools can be switched off."
      : `${percent(coverage)} of the added lines say who wrote them. The rest is unknown, not human.`,
    "",
    table(
      ["", "AI", "human", "unknown", "all", "AI's share"],
      [
        row("commits", commits, shareBounds(commits)),
        row("added lines", addedLines, addedLines.bounds),
        ...(surviving === null ? [] : [row("lines now", surviving, surviving.bounds)]),
      ],
    ),
    "",
    `Of the unknown lines, ${addedLines.generated} are generated or taken over. ${commits.merges} merges, ${commits.bots} commits of bots, ${commits.mixed} of an AI and somebody else.`,
    ...(answer.uncountedFiles === 0
      ? []
      : [
          `${answer.uncountedFiles} changes are of files of which git counts no lines: binary ones, and what the repository's attributes call so.`,
        ]),
    ...answer.dominated.map(
      ({ month, commit, share }) =>
        `${percent(share)} of the lines of ${month} are one commit, ${commit.slice(0, 12)}.`,
    ),
    "",
    table(
      ["month", "commits", "added lines", "AI's share of lines"],
      answer.months.map((one) => [
        ...[one.month, String(one.commits.total), String(one.addedLines.total)],
        told(shareBounds(one.addedLines, one.addedLines.generated)),
      ]),
    ),
  ].join("\n");
}

function told(bounds: ShareBounds | null): string {
  if (bounds === null) return "nothing to share";
  if (bounds.says === "cannot-say") return "cannot say";
  return bounds.atLeast === bounds.atMost
    ? percent(bounds.atLeast)
    : `${percent(bounds.atLeast)} to ${percent(bounds.atMost)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0.0995 || share === 0 ? 0 : 1)} %`;
}
