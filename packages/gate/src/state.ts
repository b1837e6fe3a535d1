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

/** What of a state holds what was said of gates. */
export interface GatePart {
  readonly gate: GateState;
}

/** Before anything was said. */
export const nothingStopped: GateState = { emergencies: OrderedMap(), stops: OrderedMap() };

/** The state after a word about stopping at a site; what else was said there stands. */
export function withStopWords(gate: GateState, site: string, word: Partial<StopWords>): GateState {
  const before = gate.stops.get(site) ?? { ready: null, done: null };
  return { ...gate, stops: gate.stops.set(site, { ...before, ...word }) };
}
