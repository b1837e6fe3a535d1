import { type Obligation, obligationRuleOf } from "../obligations/obligation.ts";
import type { Stricter } from "../obligations/rule.ts";
import { MODES } from "../terms/mode.ts";
import type { Draft } from "../terms/terms.ts";

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
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  for (const key of new Set([...was.keys(), ...is.keys()]))
    if (key !== "obligations")
      collect(was.get(key), is.get(key), key, differences, everybody(after));
  return [...obligationDifferences(before, after), ...differences];
}

function obligationDifferences(before: Draft, after: Draft): Difference[] {
  const differences: Difference[] = [];
  const [old, now] = [byId(before.obligations), byId(after.obligations)];
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(id), now.get(id)];
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
      differences.push(...fields.map((field) => withEffect(field, was, is)));
    }
  }
  return differences;
}

/** What every obligation has: it is stricter to bind from a less strict mode on. */
const OF_EVERY_KIND: Readonly<Record<string, Stricter>> = { mode: [...MODES].reverse() };

/** Whether a difference of an obligation makes it stricter or looser, where that can be said. */
function withEffect(difference: Difference, was: Obligation, is: Obligation): Difference {
  if (was.kind !== is.kind) return difference;
  const field = difference.path.split(".").at(-1) ?? "";
  const ofKind: Readonly<Record<string, Stricter>> = obligationRuleOf(is).stricter;
  const stricter = { ...OF_EVERY_KIND, ...ofKind }[field] ?? "cannot-be-said";
  return { ...difference, effect: effectOf(difference, stricter) };
}

function effectOf({ kind, before, after }: Difference, stricter: Stricter): Difference["effect"] {
  if (kind !== "changed") {
    if (stricter !== "added" && stricter !== "less-or-added") return "different";
    return kind === "added" ? "stricter" : "looser";
  }
  if (stricter === "added" || stricter === "cannot-be-said") return "different";
  const rank = (text: string | undefined) =>
    typeof stricter === "string" ? amountIn(text) : BigInt(stricter.indexOf(text ?? ""));
  const [was, is] = [rank(before), rank(after)];
  if (was === undefined || is === undefined) return "different";
  const isLess = stricter === "less" || stricter === "less-or-added";
  return (isLess ? is < was : is > was) ? "stricter" : "looser";
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

function fieldsOf(terms: Draft): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(terms));
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
    const [old, now] = [byId(was), byId(is)];
    for (const id of new Set([...old.keys(), ...now.keys()]))
      collect(old.get(id), now.get(id), `${path}.${id}`, into, concerns);
    return;
  }
  const kind = was === undefined ? "added" : is === undefined ? "removed" : "changed";
  into.push({ path, kind, effect: "different", before: told(was), after: told(is), concerns });
}

function byId<Item extends { readonly id: string }>(list: readonly Item[]): Map<string, Item> {
  return new Map(list.map((item) => [item.id, item]));
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
