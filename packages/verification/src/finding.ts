import type { ObligationKind } from "@standstill/agreement";
import type { FeedKind } from "@standstill/evidence";
import type { Account } from "./account/index.ts";
import type { DutyInForce } from "./duties-in-force.ts";
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
  /** The declared run it is about, or the site. */
  readonly about: string;
  /** One plain sentence. */
  readonly sentence: string;
  /** The same with the numbers that carry it. */
  readonly detail: string;
  readonly numbers: { readonly [name: string]: string };
  readonly where?: Where;
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
  /**
   * Whether injected evasions rerun it; not if injection cannot change what it says, nor if it would find the injection and not the cheat, as a
   * check that holds power against counters finds power that was injected alone.
   */
  readonly reruns?: false;
}

/**
 * A check of the evidence as a whole: a pure function of the evidence from the time in which a duty that it serves was in force, whatever that
 * duty's limit is.
 */
export interface EvidenceCheck extends CheckHead {
  readonly of: "evidence";
  /** Whether it needs the evidence of the whole period: nobody can compare an opening with its seal by a part. */
  readonly whole?: true;
  readonly run: (subject: Subject, account: Account) => CheckResult;
}

/** A check of one duty: of what it asks for in each piece of time in which it was in force. */
export interface DutyCheck extends CheckHead {
  readonly of: "duty";
  readonly run: (duty: DutyInForce, subject: Subject, account: Account) => CheckResult;
}

/** A check, with the duties that it serves and the feeds that it needs. */
export type Check = EvidenceCheck | DutyCheck;

/** The result of a check that has nothing to say. */
export const silent: CheckResult = { findings: [], gaps: [] };

/** What is said of a finding besides its words. */
interface Seen {
  readonly numbers?: FindingTold["numbers"];
  readonly where?: Where;
}

/** The evidence contradicts what was said. */
export function contradiction(
  about: string,
  { sentence, detail }: Words,
  { numbers = {}, where }: Seen = {},
): FindingTold {
  const seen = where === undefined ? {} : { where };
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
