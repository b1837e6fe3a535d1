import type { Obligation } from "@standstill/agreement";
import type { FeedKind } from "@standstill/evidence";
import type { Account } from "./account/index.ts";
import type { Subject } from "./subject.ts";

/** Kinds of obligation that checks speak to. */
export type ObligationKind = Obligation["kind"];

/** Where in the evidence a finding can be seen: on which devices, and from when to when. */
export interface Where {
  readonly devices: readonly string[];
  /** POSIX milliseconds; the end is outside. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Something the evidence shows that the declarations do not allow. It asks for clarification; it is no ruling. */
export interface Finding {
  readonly check: string;
  readonly obligation: ObligationKind;
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

/** Something that cannot be known from this evidence, and what would change that. */
export interface Gap {
  readonly code: string;
  readonly obligation: ObligationKind;
  readonly sentence: string;
}

/** What one check says. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/** A check: a pure function over a site's evidence, with the feeds without which it says nothing. */
export interface Check {
  readonly id: string;
  readonly needs: readonly FeedKind[];
  /** Whether it can have findings; a check that only names gaps cannot expose a cheat. */
  readonly accuses: boolean;
  /**
   * Whether injected evasions rerun it; not if it would find the injection and not the cheat, as a check that holds power against
   * counters finds power that was injected alone.
   */
  readonly reruns?: false;
  readonly run: (subject: Subject, account: Account) => CheckResult;
}

/** The result of a check that has nothing to say. */
export const silent: CheckResult = { findings: [], gaps: [] };
