import { realpath } from "node:fs/promises";
import {
  type Authorship,
  AuthorshipTallier,
  authorshipOf,
  type LineShares,
} from "@standstill/indicators";
import { type Terminal, UsageError } from "../output.ts";
import { gitText, type Repository } from "./git.ts";
import { headOf, type Part, readLog, topOf } from "./history.ts";
import { notesOf } from "./notes.ts";
import { survivingLines } from "./surviving.ts";

/** Who is known of those that write: humans by address, and teams of addresses. */
export interface People {
  readonly humans?: readonly string[] | undefined;
  readonly teams?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What of a repository is measured, and how. */
export interface AuthorshipQuestion extends Part {
  readonly repo: string;
  readonly rev: string;
  /** Whether lines that are there now are traced to who wrote them. */
  readonly surviving: boolean;
  readonly notes: boolean;
  readonly people: People;
  /** A commit that the history must hold. */
  readonly descendsFrom: string | undefined;
}

/** Reads a repository, and measures who wrote it. */
export async function measureAuthorship(
  question: AuthorshipQuestion,
  terminal: Terminal,
): Promise<Authorship> {
  const repository = await topOf({ path: question.repo });
  const head = await headOf(repository, question.rev, question.descendsFrom);
  const { humans, teams } = question.people;
  const tallier = new AuthorshipTallier({
    humans: new Set((humans ?? []).map((one) => one.toLowerCase())),
    notes: question.notes ? await notesOf(repository) : new Map(),
    ...(teams === undefined ? {} : { teamOf: teamsIn(teams) }),
  });
  await readLog(repository, head, question, tallier, terminal);
  const tally = tallier.end();
  const surviving = question.surviving
    ? await survivingWithAll(repository, head, question, tallier, terminal)
    : null;
  const { merges, path: paths, since, notes } = question;
  return authorshipOf({ head, merges, paths, since, notes }, tally, surviving);
}

/** Who wrote this program, measured as others are; or why that cannot be said. */
export async function ownAuthorship(root: string, terminal: Terminal): Promise<object> {
  try {
    const top = (await gitText({ path: root }, ["rev-parse", "--show-toplevel"])).trim();
    // An installed program may lie in somebody else's repository.
    if ((await realpath(top)) !== (await realpath(root)))
      return { cannotSay: "this program does not run from a clone of its repository" };
    return await measureAuthorship({ ...OWN, repo: root }, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { cannotSay: "this program does not run from a whole clone of its repository" };
  }
}

const OWN = {
  path: [],
  since: undefined,
  rev: "HEAD",
  merges: true,
  surviving: false,
  notes: true,
  people: {},
  descendsFrom: undefined,
};

/** Lines that survive are of any time, so that what `--since` left out is read for them as well. */
async function survivingWithAll(
  repository: Repository,
  head: string,
  question: AuthorshipQuestion,
  tallier: AuthorshipTallier,
  terminal: Terminal,
): Promise<LineShares> {
  if (question.since !== undefined || question.path.length > 0) {
    const all = tallier.empty();
    const whole = { path: [], since: undefined, merges: false };
    await readLog(repository, head, whole, all, terminal);
    return survivingLines(repository, head, question.path, all, terminal);
  }
  return survivingLines(repository, head, question.path, tallier, terminal);
}

function teamsIn(
  teams: Readonly<Record<string, readonly string[]>>,
): (email: string) => string | undefined {
  const by = new Map(
    Object.entries(teams).flatMap(([team, emails]) =>
      emails.map((email) => [email.toLowerCase(), team]),
    ),
  );
  return (email) => by.get(email.toLowerCase());
}
