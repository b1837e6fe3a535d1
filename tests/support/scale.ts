import { scaleAsked } from "../../scripts/lanes.mjs";

/**
 * Seed of what a test makes up: STANDSTILL_SEED, or 1. Another seed tries other sites, histories and bytes; what a test
 * claims of chance may then fail by chance, about once in a thousand.
 */
export const seed = process.env.STANDSTILL_SEED ?? "1";

/**
 * How often to repeat what `npm test` would repeat `count` times: more in the slower lanes, and in proportion if
 * STANDSTILL_MINUTES gives a lane more time, or less, than its budget. At least once.
 *
 * @example fc.assert(property, { numRuns: scaled(100) })
 */
export function scaled(count: number): number {
  return Math.max(1, Math.round(count * scale));
}

const scale = scaleAsked();
