import { OrderedMap } from "immutable";
import type { Emergency } from "./emergency.ts";
import type { StopWords } from "./stopping.ts";

/** What parties said of their gates and of stopping. */
export interface GateState {
  /** Emergencies by party, oldest first. */
  readonly emergencies: OrderedMap<string, readonly Emergency[]>;
  /** What was last said of stopping, by site. */
  readonly stops: OrderedMap<string, StopWords>;
}

/** Before anything was said. */
export const nothingStopped: GateState = { emergencies: OrderedMap(), stops: OrderedMap() };
