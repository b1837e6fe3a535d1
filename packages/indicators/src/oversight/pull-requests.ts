import { HOUR_MS, MINUTE_MS, SECOND_MS } from "@standstill/record";
import {
  clusteredShare,
  type Proportion,
  proportionOf,
  quantileOrNull,
  randomFrom,
} from "@standstill/statistics";
import { z } from "zod";
import { attributionOf } from "../authorship/identity.ts";
import { rowsOf } from "../json-rows.ts";

const person = z.object({
  login: z.string().max(200).optional(),
  name: z.string().max(200).optional(),
  email: z.string().max(200).optional(),
  is_bot: z.boolean().optional(),
});
const time = z.iso.datetime({ offset: true });

/**
 * A pull request as `gh pr list --state merged --json number,author,commits,reviews,createdAt,mergedAt,mergedBy,additions` prints it.
 * `aiAdditions` may say how many of the lines are an AI's; without it, they all are where any commit names an AI.
 */
const pullRequestSchema = z.object({
  number: z.union([z.int(), z.string().max(100)]),
  author: person.nullish(),
  commits: z
    .array(
      z.object({
        authors: z.array(person).optional(),
        messageHeadline: z.string().optional(),
        messageBody: z.string().optional(),
        committedDate: time.optional(),
      }),
    )
    .default([]),
  reviews: z
    .array(z.object({ author: person.nullish(), state: z.string(), submittedAt: time.nullish() }))
    .default([]),
  createdAt: time,
  mergedAt: time.nullable(),
  mergedBy: person.nullish(),
  additions: z.int().min(0),
  aiAdditions: z.int().min(0).optional(),
});
/** A pull request with its reviews. */
export type PullRequest = z.infer<typeof pullRequestSchema>;

/** How far humans look at what AI writes. Shares of merged work; intervals by resampling pull requests. */
export interface Oversight {
  readonly merged: number;
  readonly aiPullRequests: number;
  /** AI lines in pull requests that a human, neither author nor committer, approved before the merge. */
  readonly humanReviewCoverage: Proportion;
  /** The same by pull request. */
  readonly humanReviewedPullRequests: Proportion;
  /** Lines that an AI wrote and no human approved, of all merged lines. */
  readonly aiOnly: Proportion;
  /** AI pull requests that their author merged. */
  readonly selfMerged: Proportion;
  /** Human approvals of AI work given sooner than a minute, or than two seconds for each line. */
  readonly rubberStamped: Proportion;
  readonly hoursToFirstHumanReview: {
    readonly median: number | null;
    readonly ninetieth: number | null;
  };
}

/** Reads an export of pull requests: a JSON array or an object a line. */
export function parsePullRequests(text: string): PullRequest[] {
  return rowsOf(text, pullRequestSchema, "pull requests");
}

const REVIEW_BOTS =
  /\[bot\]$|^(?:coderabbitai|copilot-pull-request-reviewer|gemini-code-assist|greptile-apps|claude|copilot|dependabot|renovate)$/i;
const LEAST_REVIEW_MS = MINUTE_MS;
const LEAST_REVIEW_MS_PER_LINE = 2 * SECOND_MS;

/** Measures oversight from pull requests that were merged; others are not counted. The seed is that of the intervals' resampling. */
export function oversightOf(pullRequests: readonly PullRequest[], seed = 1): Oversight {
  const random = randomFrom(seed);
  const merged = pullRequests.filter(({ mergedAt }) => mergedAt !== null).map(seen);
  const ai = merged.filter(({ aiLines, isAi }) => isAi || aiLines > 0);
  const approvals = ai.flatMap((one) =>
    one.approvals.map(({ afterMs }) => ({ afterMs, lines: one.lines })),
  );
  const hours = ai.flatMap(({ firstReviewMs }) =>
    firstReviewMs === undefined ? [] : [firstReviewMs / HOUR_MS],
  );
  return {
    merged: merged.length,
    aiPullRequests: ai.length,
    humanReviewCoverage: clusteredShare(
      ai.map(({ aiLines, approvals: its }) => ({
        part: its.length > 0 ? aiLines : 0,
        whole: aiLines,
      })),
      random,
    ),
    humanReviewedPullRequests: proportionOf(
      ai.filter(({ approvals: its }) => its.length > 0).length,
      ai.length,
    ),
    aiOnly: clusteredShare(
      merged.map(({ aiLines, lines, approvals: its }) => ({
        part: its.length > 0 ? 0 : aiLines,
        whole: lines,
      })),
      random,
    ),
    selfMerged: proportionOf(ai.filter(({ isSelfMerged }) => isSelfMerged).length, ai.length),
    rubberStamped: proportionOf(
      approvals.filter(
        ({ afterMs, lines }) =>
          afterMs < Math.max(LEAST_REVIEW_MS, LEAST_REVIEW_MS_PER_LINE * lines),
      ).length,
      approvals.length,
    ),
    hoursToFirstHumanReview: {
      median: quantileOrNull(hours, 0.5),
      ninetieth: quantileOrNull(hours, 0.9),
    },
  };
}

function seen(one: PullRequest) {
  const isAi = one.commits.some(isAiCommit) || isAiPerson(one.author);
  const wrote = new Set(
    [one.author, ...one.commits.flatMap(({ authors }) => authors ?? [])].flatMap(
      (who) => who?.login?.toLowerCase() ?? [],
    ),
  );
  const mergedMs = Date.parse(one.mergedAt as string);
  // What is reviewed stands there from the last commit on.
  const readyMs = Math.max(
    Date.parse(one.createdAt),
    ...one.commits.flatMap(({ committedDate }) =>
      committedDate === undefined ? [] : [Date.parse(committedDate)],
    ),
  );
  const human = one.reviews.filter(({ author, submittedAt }) => {
    const login = author?.login?.toLowerCase();
    if (
      login === undefined ||
      author?.is_bot === true ||
      REVIEW_BOTS.test(login) ||
      wrote.has(login)
    )
      return false;
    return submittedAt !== null && submittedAt !== undefined && Date.parse(submittedAt) <= mergedMs;
  });
  const times = human.map(({ submittedAt }) => Date.parse(submittedAt as string));
  return {
    isAi,
    lines: one.additions,
    aiLines: Math.min(one.additions, one.aiAdditions ?? (isAi ? one.additions : 0)),
    approvals: human
      .filter(({ state }) => state.toUpperCase() === "APPROVED")
      .map(({ submittedAt }) => ({ afterMs: Date.parse(submittedAt as string) - readyMs })),
    firstReviewMs:
      times.length === 0 ? undefined : Math.max(0, Math.min(...times) - Date.parse(one.createdAt)),
    isSelfMerged:
      one.mergedBy?.login !== undefined &&
      one.mergedBy.login.toLowerCase() === one.author?.login?.toLowerCase(),
  };
}

function isAiPerson(who: z.infer<typeof person> | null | undefined): boolean {
  const names = [who?.name, who?.login].filter((name) => name !== undefined);
  return names.some(
    (authorName) =>
      attributionOf(
        { authorName, authorEmail: who?.email ?? "", committerName: "", message: "" },
        new Set(),
      ).author === "ai",
  );
}

function isAiCommit({
  authors = [],
  messageHeadline = "",
  messageBody = "",
}: PullRequest["commits"][number]): boolean {
  const message = `${messageHeadline}\n\n${messageBody}`;
  const [first] = authors;
  const identity = {
    authorName: first?.name ?? "",
    authorEmail: first?.email ?? "",
    committerName: "",
    message,
  };
  return attributionOf(identity, new Set()).author === "ai" || authors.some(isAiPerson);
}
