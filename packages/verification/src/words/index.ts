/**
 * Every sentence that a verdict contains. One catalogue, so that it can be translated and so that the same evidence always
 * gives the same bytes.
 */
export { about, energy, hundredths } from "./amounts.ts";
export { counterWords } from "./counters.ts";
export { findingWords, type Words } from "./findings.ts";
export { gapWords } from "./gaps.ts";
export { logWords } from "./logs.ts";
export { notJudgedWords } from "./not-judged.ts";
export { recordWords } from "./record.ts";
export { stopWords } from "./stop.ts";
