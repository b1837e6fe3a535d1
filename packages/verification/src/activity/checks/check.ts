import type { ActivityContext } from "../context.ts";
import type { ActivityResult } from "../finding.ts";
import type { Lineage } from "../lineage.ts";
import type { LogicalRuns } from "../logical-runs.ts";
import type { Strands } from "../strands.ts";

/** What checks look at: the records, the strands and the runs that they make up. */
export interface Subject extends ActivityContext {
  readonly strands: Strands;
  readonly lineage: Lineage;
  readonly runs: LogicalRuns;
}

/** A check: a pure function over activity logs in columns, and over what its records make up. */
export interface ActivityCheck<Needs = Subject> {
  readonly id: string;
  readonly obligation: string;
  /** Fields of records without which it says nothing. */
  readonly needs: readonly string[];
  /** What it does, for people. */
  readonly about: string;
  readonly run: (subject: Needs) => ActivityResult;
}

/** A check that needs the records only. */
export type RecordCheck = ActivityCheck<ActivityContext>;

/** Obligations beside the limits that every log is held to. */
export const OBLIGATIONS = {
  "log-whole": "The log is whole, and nothing in it was changed later.",
  "time-covered": "Every listed device is told of for all of the agreed time, and no other.",
  "one-at-a-time": "A device does one thing at a time.",
  "work-possible": "No device does more than it can, and idle ones do nothing.",
  "work-as-told": "Compute, tokens, model and activity fit together.",
  permitted: "Activities, teams, regions, models and data are those that were agreed.",
  "one-context":
    "A run keeps its model, code, data, configuration and team unless a change is declared.",
  "origin-told": "Every model and every piece of data comes from where it is said to come from.",
} as const;
