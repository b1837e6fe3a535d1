import type { Interval, Provenance } from "../interval.ts";

/** An amount of compute in FLOP with how it is known. */
export interface Amount extends Interval {
  readonly provenance: Provenance;
  readonly source: string;
}
