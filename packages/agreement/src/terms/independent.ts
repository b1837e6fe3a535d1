import type { Terms } from "./terms.ts";

/**
 * Whether the agreement takes somebody's word about a party as independent of it: that of a role that inspects, and of whom the agreement
 * names among its reporters. What a party tells of itself is its own, whatever it is named for; and what others tell counts for as little.
 *
 * @param party the party that is spoken of, or `world`
 * @param by who speaks
 * @example isIndependentOf({ yardsticks: { reporters: ["dune"] } }, "aster", "dune") // true
 */
export function isIndependentOf(
  { roles = [], yardsticks }: Pick<Terms, "roles" | "yardsticks">,
  party: string,
  by: string,
): boolean {
  if (by === party) return false;
  const inspects = roles.some(({ id, task }) => id === by && task === "inspector");
  return inspects || yardsticks?.reporters?.includes(by) === true;
}
