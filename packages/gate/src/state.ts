import { OrderedMap } from "immutable";

/** An emergency on record. Instants are POSIX milliseconds. */
export interface Emergency {
  readonly index: number;
  readonly site: string;
  readonly since: number;
  readonly until: number;
  readonly reason: string;
}

/** A word about stopping. Instants are POSIX milliseconds. */
export interface StopWord {
  readonly index: number;
  readonly at: number;
  readonly text: string;
}

/** What was last said of stopping at a site. */
export interface StopWords {
  readonly ready:
    | (StopWord & {
        readonly jobs: number;
        readonly needsHours: number;
        readonly baseline: string | null;
      })
    | null;
  readonly done: StopWord | null;
}

/** What parties said of their gates and of stopping. */
export interface GateState {
  /** Emergencies by party, oldest first. */
  readonly emergencies: OrderedMap<string, readonly Emergency[]>;
  /** What was last said of stopping, by site. */
  readonly stops: OrderedMap<string, StopWords>;
}

/** Before anything was said. */
export const nothingStopped: GateState = { emergencies: OrderedMap(), stops: OrderedMap() };
