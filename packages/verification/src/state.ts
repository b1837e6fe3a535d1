import { type List, OrderedMap } from "immutable";
import type { Verdict } from "./statements/verdict.ts";

/** A verdict with its place in the record. */
export interface PublishedVerdict {
  readonly id: string;
  readonly index: number;
  readonly body: Verdict;
}

/** The verdicts on record, by the id of the report they judge. */
export interface VerdictState {
  readonly verdicts: OrderedMap<string, PublishedVerdict>;
  /** Report judged by each verdict, by the verdict's id. */
  readonly reportOf: OrderedMap<string, string>;
  /** For each party and each of its sites the verdict on the newest period in which anything was judged. */
  readonly newest: OrderedMap<string, OrderedMap<string, PublishedVerdict>>;
  /** For each party the reports whose verdicts have findings, as they were judged. */
  readonly doubted: OrderedMap<string, List<string>>;
}

/** What of a state holds verdicts. */
export interface VerdictPart {
  readonly verdicts: VerdictState;
}

/** Before any verdict. */
export const noVerdicts: VerdictState = {
  verdicts: OrderedMap(),
  reportOf: OrderedMap(),
  newest: OrderedMap(),
  doubted: OrderedMap(),
};
