import type { SigningKey } from "@standstill/record";
import type { Outbox } from "./outbox.ts";
import type { OwnRecord, Registrar } from "./registrar.ts";

/**
 * Who speaks, to whom.
 *
 * @example const aster = { issuer: "aster", keys: [key], registrar, outbox: new Outbox(), now: () => Date.now() };
 */
export interface Speaker {
  readonly issuer: string;
  /** The keys that sign: one, or for a role those of the organisations that speak together. */
  readonly keys: readonly SigningKey[];
  readonly registrar: Registrar;
  /** One for each issuer, whoever signs for it: what it says goes out one after the other. */
  readonly outbox: Outbox;
  /** Present time in POSIX milliseconds. */
  readonly now: () => number;
}

/**
 * A keeper, who speaks to the record that it keeps. Its outbox lies in memory: nobody else was told of what its own record does not hold, so
 * after a restart there is nothing to send again.
 */
export interface Keeper extends Speaker {
  readonly registrar: OwnRecord;
}
