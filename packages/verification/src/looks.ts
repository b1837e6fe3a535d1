import type { Period } from "@standstill/evidence";
import type { Account } from "./account/index.ts";
import type { GapTold } from "./finding.ts";
import type { LogSubject } from "./logs/log-subject.ts";
import type { Subject } from "./subject.ts";

/** A site's evidence in a span of time, and the account of it. */
export interface SiteInSpan {
  readonly subject: Subject;
  readonly account: Account;
}

/**
 * What checks look at: evidence in spans of time, each drawn up once. Where there is nothing to look at, a gap says what is missing: that is what a
 * check of it then says.
 */
export interface Looks {
  /** All of the time that is judged. */
  readonly period: Period;
  readonly site: (span: Period) => SiteInSpan | GapTold;
  readonly log: (span: Period) => LogSubject | GapTold;
  /** Whether no window of readings lies wholly in a span. */
  readonly isTooShort: (span: Period) => boolean;
}

/** Whether there is nothing to look at. */
export function isGap(looked: object): looked is GapTold {
  return "code" in looked;
}
