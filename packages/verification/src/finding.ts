import type { LogRule, ObligationKind } from "@standstill/agreement";
import type { FeedKind } from "@standstill/evidence";
import type { Account } from "./account/index.ts";
import type { DutyInForce } from "./duties-in-force.ts";
import type { LogSubject } from "./logs/log-subject.ts";
import type { Subject } from "./subject.ts";
import type { Words } from "./words/index.ts";

/** Where in the evidence a finding can be seen: on which devices, and from when to when. */
export interface Where {
  readonly devices: readonly string[];
  /** POSIX milliseconds; the end is outside. */
  readonly startMs: number;
  readonly endMs: number;
}

/** What a check found, before it is said which duty it breaks. */
export interface FindingTold {
  /** Whether the evidence contradicts what was said, or is only unlikely if it is true. */
  readonly severity: "contradiction" | "suspicion";
  /** What it is about: a declared run, the site, a device, a workload, a log. */
  readonly about: string;
  /** One plain sentence. */
  readonly sentence: string;
  /** The same with the numbers that carry it. */
  readonly detail: string;
  readonly numbers: { readonly [name: string]: string };
  readonly where?: Where;
  /** Records of an activity log in which it can be seen: `line`, or `file:line` where there are several files; the first hundred. */
  readonly records?: readonly (number | string)[];
}

/** Something the evidence shows that a duty does not allow. It asks for clarification; it is no ruling. */
export interface Finding extends FindingTold {
  readonly check: string;
  /** Id of the obligation that it breaks. */
  readonly duty: string;
}

/** Something that cannot be known from this evidence, and what would change that. */
export interface GapTold {
  readonly code: string;
  readonly sentence: string;
  readonly numbers?: { readonly [name: string]: string };
}

/** A gap with the id of the obligation of which it leaves open whether it was kept. */
export interface Gap extends GapTold {
  readonly duty: string;
}

/** What one check says. */
export interface CheckResult {
  readonly findings: readonly FindingTold[];
  readonly gaps: readonly GapTold[];
}

/** What all checks say together, each with the duty that it is about. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

interface CheckHead {
  readonly id: string;
  /** Kinds of obligation that it serves: what it says counts for the duties of these kinds in force in the time that it looked at. */
  readonly serves: readonly ObligationKind[];
  /** Feeds without which it says nothing. */
  readonly needs: readonly FeedKind[];
  /** Whether it can have findings; a check that only names gaps cannot expose a cheat. */
  readonly accuses: boolean;
}

interface EvidenceHead extends CheckHead {
  readonly of: "evidence";
  /** Whether it needs the evidence of the whole period: nobody can compare an opening with its seal by a part. */
  readonly whole?: true;
}

/**
 * A check of the evidence as a whole: a pure function of the evidence from the time in which a duty that it serves was in force, whatever that
 * duty's limit is.
 */
export interface EvidenceCheck extends EvidenceHead {
  /**
   * Set where it holds readings or declarations against something into which no evasion is played, as power against counters: there it would find
   * that something was played in, and not the cheat. Without this it finds the same whatever is played in.
   */
  readonly underEvasion?: "misled";
  readonly run: (subject: Subject, account: Account) => CheckResult;
}

/** What an evasion is played into: readings of power and declared runs of a site under terms. */
export type Played = Omit<Subject, "beside" | "duties" | "seal">;

/** A check of the evidence that can expose an evasion, so that it runs again after each that is played in. It sees nothing that is not played into. */
export interface ExposingCheck extends EvidenceHead {
  readonly underEvasion: "exposes";
  readonly run: (subject: Played, account: Account) => CheckResult;
}

/** A check of one duty: of what it asks for in each piece of time in which it was in force. */
export interface DutyCheck extends CheckHead {
  readonly of: "duty";
  readonly run: (duty: DutyInForce, subject: Subject, account: Account) => CheckResult;
}

/** A check of what activity logs tell of the time in which a duty that it serves was in force. */
export interface LogCheck extends CheckHead {
  readonly of: "log";
  /** Rule of a log that it speaks to: it serves duties that ask for that rule. */
  readonly rule: LogRule;
  /** Fields of records without which it says nothing. */
  readonly fields: readonly string[];
  readonly run: (log: LogSubject) => CheckResult;
}

/** A check of one duty against activity logs. */
export interface LogDutyCheck extends CheckHead {
  readonly of: "log-duty";
  readonly run: (duty: DutyInForce, log: LogSubject) => CheckResult;
}

/** A check, with the duties that it serves and the feeds that it needs. */
export type Check = EvidenceCheck | ExposingCheck | DutyCheck | LogCheck | LogDutyCheck;

/** The result of a check that has nothing to say. */
export const silent: CheckResult = { findings: [], gaps: [] };

/** What is said of a finding besides its words. */
interface Seen extends Pick<FindingTold, "where" | "records"> {
  readonly numbers?: FindingTold["numbers"];
}

/** The evidence contradicts what was said. */
export function contradiction(
  about: string,
  { sentence, detail }: Words,
  { numbers = {}, ...seen }: Seen = {},
): FindingTold {
  return { severity: "contradiction", about, sentence, detail, numbers, ...seen };
}

/** The evidence is unlikely if what was said is true. */
export function suspicion(about: string, words: Words, seen: Seen = {}): FindingTold {
  return { ...contradiction(about, words, seen), severity: "suspicion" };
}

/** Something is not known. */
export function gap(code: string, sentence: string): GapTold {
  return { code, sentence };
}
