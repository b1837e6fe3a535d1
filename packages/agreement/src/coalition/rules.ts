import type { Condition } from "../conditions/condition.ts";
import type { Roll } from "../conditions/roll.ts";
import type { Mode } from "../terms/mode.ts";

/** How a coalition forms, holds and ends, as the terms say it. Durations in milliseconds, instants since 1970. */
export interface CoalitionRules {
  readonly roll: Roll;
  readonly entry: {
    /** What must hold, besides a party's own condition, for anybody to become bound. */
    readonly condition: Condition;
    readonly delayMs: number;
    readonly notBefore: number | undefined;
    /** Whether conditions, once met, stay met (most treaties), or must go on holding (peer-conditional pledges). */
    readonly latches: boolean;
    /** Whether the condition is asked again on the day of entry into force. */
    readonly askedAgain: boolean;
    readonly laterJoiners: { readonly after: "condition" | "entry"; readonly delayMs: number };
  };
  readonly withdrawal: {
    readonly noticeMs: number;
    /** Time after a party became bound before which it cannot give notice. */
    readonly notBeforeMs: number;
    /** While this holds, a withdrawal that is due does not take effect. */
    readonly heldBackWhile: Condition | undefined;
  };
  readonly duration: {
    readonly endsAt: number | undefined;
    /** From entry into force. */
    readonly lengthMs: number | undefined;
    readonly extension: { readonly when: Condition; readonly endsAt: number } | undefined;
  };
  readonly triggers: readonly Trigger[];
  readonly lift: { readonly when: Condition; readonly noticeMs: number } | undefined;
}

/** What raises the mode of everybody bound. */
export interface Trigger {
  readonly id: string;
  readonly when: Condition;
  readonly mode: Mode;
  readonly lasts: "while-met" | "until-lifted";
}

/** A pledge: a party binds itself at a mode while a condition on the others holds. */
export interface Pledge {
  readonly mode: Mode;
  readonly while: Condition;
  /** Time for which the condition may fail before the party drops out. */
  readonly graceMs: number;
  /** Time that the party needs between being called and being bound. */
  readonly noticeMs: number;
  /** Time for which the offer stands if it is not taken up; for ever where absent. */
  readonly openMs?: number | undefined;
  /** Kind of instrument, as `Ratification`. */
  readonly instrument?: string | undefined;
  /** Index of the statement in the record. */
  readonly index?: number | undefined;
}

/** What a party does about being bound. */
export type Act =
  | { readonly act: "pledge"; readonly party: string; readonly pledge: Pledge }
  /** Notice of withdrawal; takes effect after the agreed notice, or at the instant given. */
  | { readonly act: "withdraw"; readonly party: string; readonly endsAt?: number | undefined }
  | { readonly act: "suspend"; readonly party: string }
  | { readonly act: "resume"; readonly party: string };

/** Where a party stands. */
export type Status =
  | "offered"
  | "called"
  | "bound"
  | "suspended"
  | "dropped"
  | "withdrawn"
  | "lapsed"
  | "ended";

/** A party's standing at an instant. */
export interface Standing {
  readonly status: Status;
  /** Since when. */
  readonly since: number;
  /** When it will be bound, once called. */
  readonly startsAt?: number | undefined;
  /** When its withdrawal takes effect, once notice is given. */
  readonly endsAt?: number | undefined;
  /** Since when its condition fails, while grace lasts. */
  readonly failingSince?: number | undefined;
  /** When it first became bound. */
  readonly boundSince?: number | undefined;
  readonly mode?: Mode | undefined;
}

/** What happened to the agreement as a whole. */
export type Milestone =
  | "condition-met"
  | "condition-lost"
  | "in-force"
  | "extended"
  | "triggered"
  | "trigger-over"
  | "lift-announced"
  | "lift-cancelled"
  | "lifted"
  | "expired";

/** One change, with what caused it: a statement, or time alone. */
export interface Change {
  readonly at: number;
  /** Entry of the record; absent where time alone caused it. */
  readonly index?: number | undefined;
  readonly party?: string | undefined;
  readonly status: Status | Milestone;
  readonly mode?: Mode | undefined;
  /** The mode that the party pledged, where a trigger raised it above that. */
  readonly raisedFrom?: Mode | undefined;
  /** Trigger concerned. */
  readonly trigger?: string | undefined;
}
