import {
  type Oversight,
  oversightFindings,
  oversightOf,
  parsePullRequests,
} from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { labFile, measured } from "./lab-file.ts";
import { shareRow } from "./words.ts";

/** `standstill indicators oversight`: how far humans look at what AI writes, from an export of pull requests. */
export const command = defineCommand({
  summary: "How far humans look at what AI writes",
  options: labFile(
    "pull requests, as gh pr list --state merged --json number,author,commits,reviews,createdAt,mergedAt,mergedBy,additions prints them",
  ),
  examples: ["standstill indicators oversight --file pulls.json"],
  action: async (given, terminal) => {
    const found = await measured(given, (text) => oversightOf(parsePullRequests(text)));
    terminal.answer({ ...found, indicators: oversightFindings(found) }, () => describe(found));
    return "ok";
  },
});

function describe(found: Oversight): string {
  const hours = found.hoursToFirstHumanReview.median;
  return [
    `${found.merged} pull requests were merged, ${found.aiPullRequests} of them written by AI in whole or in part.`,
    "",
    table(
      ["", "share", "95 % interval", "of"],
      [
        shareRow("AI lines that a human approved", found.humanReviewCoverage, "AI lines"),
        shareRow(
          "AI pull requests that a human approved",
          found.humanReviewedPullRequests,
          "AI pull requests",
        ),
        shareRow("written by AI and approved by no human", found.aiOnly, "all merged lines"),
        shareRow("merged by their own author", found.selfMerged, "AI pull requests"),
        shareRow("approved too fast to have been read", found.rubberStamped, "human approvals"),
      ],
    ),
    "",
    hours === null
      ? "No human reviewed any."
      : `Half of them waited ${hours.toFixed(1)} hours or less for a human.`,
  ].join("\n");
}
