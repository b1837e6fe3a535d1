import type { Duty, Mode, Terms } from "@standstill/agreement";

/** A run on record, as the gate asks for it. */
export interface DeclaredRun {
  readonly run: string;
  readonly activity: "training" | "inference" | "other";
  /** Upper end of what was declared, and of all that it rests on besides itself. */
  readonly flop: bigint;
  readonly ancestryFlop: bigint;
  /** Since when it is surely on record; POSIX milliseconds. */
  readonly declaredAt: number;
}

/** How fast one kind of accelerator is at most: its highest peak at the highest agreed utilization, in FLOP/s. */
export type AcceleratorSpeeds = ReadonlyMap<string, bigint>;

/** What binds a party as of a mark of the record, and what it has on record. */
export interface GateRules {
  readonly party: string;
  /** Instant of the newest mark of the record; POSIX milliseconds. */
  readonly asOf: number;
  /** `null` where the party is not bound: then nothing is refused. */
  readonly mode: Mode | null;
  readonly duties: readonly Duty[];
  readonly uses: NonNullable<Terms["uses"]>;
  readonly speeds: AcceleratorSpeeds;
  /** Speed of one H100e by the agreement, in FLOP/s, and of each kind of accelerator as it counts for clusters. */
  readonly h100e: bigint | null;
  readonly peaks: ReadonlyMap<string, bigint>;
  readonly runs: ReadonlyMap<string, DeclaredRun>;
  /** Accelerators on record by their kind, all sites of the party together. */
  readonly registered: ReadonlyMap<string, number>;
  /** The same of the site where the gate stands. */
  readonly atSite: ReadonlyMap<string, number>;
  readonly policy: NonNullable<Terms["gate"]>;
  /** Until when an emergency of the party is on record, and its entry. */
  readonly emergency: { readonly until: number; readonly index: number } | null;
}

/** What is assumed where an agreement says nothing of gates. */
export const DEFAULT_POLICY: NonNullable<Terms["gate"]> = {
  whenUnsure: "refuse",
  staleHours: 72,
  leaseHours: 24,
};
