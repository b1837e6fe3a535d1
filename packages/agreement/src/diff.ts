import { MODES } from "./terms/mode.ts";
import type { Obligation } from "./terms/obligations.ts";
import type { Draft } from "./terms/terms.ts";

/** One difference between two versions of terms, and whom it makes stricter or looser. */
export interface Difference {
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  readonly effect: "stricter" | "looser" | "different";
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Parties that it concerns. */
  readonly concerns: readonly string[];
}

/**
 * What changes between two versions of terms, field by field. For obligations it says whether they become stricter or
 * looser, and for whom; for everything else only that it is different.
 *
 * @example diffTerms(before, after).filter(({ effect }) => effect === "looser")
 */
export function diffTerms(before: Draft, after: Draft): Difference[] {
  const differences: Difference[] = [];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Draft>;
  for (const key of keys) {
    if (key === "obligations") continue;
    collect(before[key], after[key], key, differences, everybody(after));
  }
  return [...obligationDifferences(before, after), ...differences];
}

function obligationDifferences(before: Draft, after: Draft): Difference[] {
  const differences: Difference[] = [];
  const ids = new Set([...before.obligations, ...after.obligations].map(({ id }) => id));
  for (const id of ids) {
    const was = before.obligations.find((one) => one.id === id);
    const is = after.obligations.find((one) => one.id === id);
    const path = `obligations.${id}`;
    if (was === undefined && is !== undefined) {
      const concerns = concerned(after, is);
      const made = { path, before: undefined, after: is.title, concerns };
      differences.push({ ...made, kind: "added", effect: "stricter" });
    } else if (is === undefined && was !== undefined) {
      const concerns = concerned(before, was);
      const made = { path, before: was.title, after: undefined, concerns };
      differences.push({ ...made, kind: "removed", effect: "looser" });
    } else if (was !== undefined && is !== undefined) {
      const fields: Difference[] = [];
      const concerns = [...new Set([...concerned(before, was), ...concerned(after, is)])];
      collect(was, is, path, fields, concerns);
      differences.push(...fields.map(withEffect));
    }
  }
  return differences;
}

/** Fields of obligations of which less is stricter, and of which more is. */
const LESS_IS_STRICTER = new Set([
  ...["limit", "above", "aboveH100e", "aboveMemory", "aboveBandwidth"],
  ...["withinDays", "withinHours", "everyDays"],
]);
const MORE_IS_STRICTER = new Set(["noticeDays", "perDays"]);
/** Words of obligations, from looser to stricter. */
const STRICTNESS: Record<string, readonly string[]> = {
  mode: [...MODES].reverse(),
  silence: ["approval", "refusal"],
  over: ["run", "lineage"],
  stance: ["declared", "forbidden"],
  located: ["false", "true"],
};
/** Fields whose presence alone is stricter. */
const ADDED_IS_STRICTER = new Set(["approvedBy", "aboveH100e", "aboveMemory", "aboveBandwidth"]);

/** Whether a difference of an obligation makes it stricter or looser, where that can be said. */
function withEffect(difference: Difference): Difference {
  const { path, kind, before, after } = difference;
  const field = path.split(".").at(-1) as string;
  if (kind !== "changed") {
    if (!ADDED_IS_STRICTER.has(field)) return difference;
    return { ...difference, effect: kind === "added" ? "stricter" : "looser" };
  }
  const order = STRICTNESS[field];
  const [was, is] =
    order === undefined
      ? [amountIn(before), amountIn(after)]
      : [BigInt(order.indexOf(before as string)), BigInt(order.indexOf(after as string))];
  const isOrdered = order !== undefined || MORE_IS_STRICTER.has(field);
  if ((!isOrdered && !LESS_IS_STRICTER.has(field)) || was === undefined || is === undefined)
    return difference;
  const isStricter = isOrdered ? is > was : is < was;
  return { ...difference, effect: isStricter ? "stricter" : "looser" };
}

/** The whole number that a field begins with. */
function amountIn(text: string | undefined): bigint | undefined {
  const digits = /^[0-9]{1,40}/.exec(text ?? "")?.[0];
  return digits === undefined ? undefined : BigInt(digits);
}

function concerned(terms: Draft, { binds }: Obligation): string[] {
  if (binds === undefined) return everybody(terms);
  return [...(terms.groups?.find(({ id }) => id === binds)?.parties ?? [])];
}

function everybody(terms: Draft): string[] {
  return terms.parties.map(({ id }) => id);
}

function collect(
  was: unknown,
  is: unknown,
  path: string,
  into: Difference[],
  concerns: readonly string[],
): void {
  if (JSON.stringify(was) === JSON.stringify(is)) return;
  if (isRecord(was) && isRecord(is)) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
      collect(was[key], is[key], `${path}.${key}`, into, concerns);
    return;
  }
  if (isNamed(was) && isNamed(is)) {
    const ids = new Set([...was, ...is].map(({ id }) => id));
    for (const id of ids)
      collect(
        was.find((one) => one.id === id),
        is.find((one) => one.id === id),
        `${path}.${id}`,
        into,
        concerns,
      );
    return;
  }
  const kind = was === undefined ? "added" : is === undefined ? "removed" : "changed";
  into.push({ path, kind, effect: "different", before: told(was), after: told(is), concerns });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(value: unknown): value is readonly { readonly id: string }[] {
  return Array.isArray(value) && value.every((one) => isRecord(one) && typeof one.id === "string");
}

function told(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
