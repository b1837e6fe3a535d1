import { type EvidenceCheck, gap, silent } from "../finding.ts";
import { gapWords } from "../words/index.ts";

/** Whose word the feeds are: a duty that is read from feeds is kept only as surely as somebody independent metered it. */
export const feedsIndependent: EvidenceCheck = {
  id: "feeds-independent",
  of: "evidence",
  serves: ["training-declared", "training-run-limit", "post-training-limit", "cluster-limit"],
  needs: [],
  accuses: false,
  run: ({ feeds }) =>
    feeds.every((feed) => feed.feedClass === "operator")
      ? { ...silent, gaps: [gap("own-feeds-only", gapWords.ownFeedsOnly())] }
      : silent,
};
