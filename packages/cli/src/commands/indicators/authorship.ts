import { type Authorship, type ShareBounds, shareBounds } from "@standstill/indicators";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import { type Format, file, path, text } from "../../command/format.ts";
import { optional, several, unless, usual } from "../../command/input.ts";
import { measureAuthorship } from "../../git/authorship.ts";
import { contentAs } from "../../named-file.ts";
import { table } from "../../output.ts";

const addresses = z.array(z.string().min(1).max(200)).max(100_000);
const peopleSchema = z.strictObject({
  /** Addresses whose commits are human where nothing names an AI: somebody answers for that. */
  humans: addresses.optional(),
  teams: z.record(z.string().min(1).max(100), addresses).optional(),
});

/** What git would take for an option is none of these. */
const revision: Format<string> = {
  expected: "a commit, branch, tag or day without a leading dash",
  read: (given) => (given === "" || given.startsWith("-") ? undefined : given),
};

/** `standstill indicators authorship`: who wrote a repository, as far as it is attested. */
export const command = defineCommand({
  summary: "Who wrote a git repository, as far as it is attested",
  options: {
    repo: usual("<dir>", "a whole clone", path, "."),
    path: several("<glob>", "only these files, as git's pathspec", text),
    since: optional("<day>", "only commits from this day on", revision),
    rev: usual("<commit>", "the commit to measure", revision, "HEAD"),
    merges: unless("leave merges out"),
    surviving: unless("do not trace the lines that are there now, which takes long"),
    notes: unless("do not read line by line attestations (refs/notes/ai)"),
    people: optional(
      "<file>",
      "YAML with humans, addresses that are attested to be human, and teams",
      file,
    ),
    descendsFrom: optional(
      "<commit>",
      "refuse a history that does not hold this commit, as measured before",
      revision,
    ),
  },
  examples: [
    "standstill indicators authorship --repo . --no-merges",
    'standstill indicators authorship --repo ../product --path "*.ts" --since 2026-01-01 --json',
  ],
  action: async ({ people: named, ...question }, terminal) => {
    const people =
      named === undefined
        ? {}
        : await contentAs(
            named,
            peopleSchema,
            "humans and teams",
            "Give humans as a list of addresses, and teams as lists of addresses by name.",
          );
    const found = await measureAuthorship({ ...question, people }, terminal);
    terminal.answer(found, () => describe(found));
    return "ok";
  },
});

function describe(answer: Authorship): string {
  const { commits, addedLines, surviving, coverage } = answer;
  const row = (
    name: string,
    { ai, human, unknown, total }: { ai: number; human: number; unknown: number; total: number },
    bounds: ShareBounds | null,
  ) => [name, String(ai), String(human), String(unknown), String(total), told(bounds)];
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
        one.month,
        String(one.commits.total),
        String(one.addedLines.total),
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
