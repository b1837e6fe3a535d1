import { type Condition, isAtLeast, partsOf } from "./condition.ts";
import { type Circumstances, countsFor, isMet, neededOf } from "./evaluate.ts";
import { countedIn, weightNeeded } from "./roll.ts";

/**
 * Conditions without parts which, if they all came to hold, would meet a condition, and none of which can be spared: the
 * proof of why a party is not bound. Counts and shares stand for the cheapest parties that would fill them, named.
 *
 * @returns nothing missing for a condition that is met
 * @example missingFor({ all: [{ clear: "a" }, { bound: "b", mode: "cap" }] }, given) // [{ bound: "b", mode: "cap" }]
 */
export function missingFor(condition: Condition, given: Circumstances): Condition[] {
  if (isMet(condition, given)) return [];
  if ("all" in condition) return unique(condition.all.flatMap((part) => missingFor(part, given)));
  if ("any" in condition) return cheapest(condition.any, 1, given);
  if ("held" in condition) return missingFor(condition.held, given);
  if ("of" in condition && "atLeast" in condition)
    return cheapest(condition.of, condition.atLeast, given);
  if ("count" in condition) {
    const counted = countedIn(given.roll, condition);
    const absent = counted.filter((party) => !countsFor(condition, party, given));
    const lacking = neededOf(condition.count, counted.length) - (counted.length - absent.length);
    return absent
      .slice(0, lacking)
      .map((party) => ({ bound: party, mode: condition.mode ?? "cap" }));
  }
  if ("share" in condition) {
    const table = given.roll.weights.get(condition.weight);
    if (table === undefined) return [condition];
    const mode = condition.mode ?? "cap";
    const absent = [...table.of]
      .filter(([party]) => given.roll.counted.has(party))
      .filter(([party]) => !isMet({ bound: party, mode }, given))
      .sort((a, b) => (a[1] > b[1] ? -1 : 1));
    let lacking = weightNeeded(table, condition.share);
    for (const [party, weight] of table.of)
      if (!absent.some(([one]) => one === party)) lacking -= weight;
    const chosen: (readonly [string, bigint])[] = [];
    for (const one of absent) {
      if (lacking <= 0n) break;
      chosen.push(one);
      lacking -= one[1];
    }
    return lacking > 0n ? [condition] : chosen.map(([bound]) => ({ bound, mode }));
  }
  return [condition];
}

/** Of several conditions, the fewest further facts that make so many of them hold. */
function cheapest(parts: readonly Condition[], needed: number, given: Circumstances): Condition[] {
  const lists = parts.map((part) => missingFor(part, given));
  const met = parts.filter((part) => isMet(part, given)).length;
  const open = lists.filter((_, i) => !isMet(parts[i] as Condition, given));
  open.sort((a, b) => a.length - b.length);
  return unique(open.slice(0, needed - met).flat());
}

function unique(conditions: readonly Condition[]): Condition[] {
  const seen = new Map(conditions.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}

/** Whether a condition would be met if certain conditions without parts were. */
export function isMetSupposing(
  condition: Condition,
  supposed: readonly Condition[],
  given: Circumstances,
): boolean {
  const names = new Set(supposed.map((one) => JSON.stringify(one)));
  const bound = new Map(given.bound);
  for (const one of supposed) {
    if (!("bound" in one)) continue;
    const before = bound.get(one.bound);
    if (before === undefined || isAtLeast(one.mode, before)) bound.set(one.bound, one.mode);
  }
  const all = { ...given, bound };
  const holds = (part: Condition): boolean => {
    if (names.has(JSON.stringify(part))) return true;
    if ("all" in part) return part.all.every(holds);
    if ("any" in part) return part.any.some(holds);
    if ("held" in part) return holds(part.held) || isMet(part, all);
    if ("of" in part && "atLeast" in part) return part.of.filter(holds).length >= part.atLeast;
    return partsOf(part).length === 0 || "not" in part ? isMet(part, all) : false;
  };
  return holds(condition);
}

/** The same list with whatever can be spared taken out, so that what is left is minimal by inclusion. */
export function minimalMissing(condition: Condition, given: Circumstances): Condition[] {
  let missing = missingFor(condition, given);
  for (const one of [...missing]) {
    const fewer = missing.filter((other) => other !== one);
    if (isMetSupposing(condition, fewer, given)) missing = fewer;
  }
  return missing;
}
