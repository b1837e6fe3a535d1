/**
 * The present draft of all rules, by its code: the version of every statement's schema and of the method of verdicts, until the first is
 * released as `1`. `npm run draft` writes it, and a test fails while it names another code: a draft changes freely, and what one draft
 * said is never judged by another that goes by the same name.
 */
export const DRAFT = [
  "draft-671665e58d1a",
  // A merge leaves the names of both sides (.gitattributes), which is a name of neither, until the next `npm run draft`.
].join("+");
