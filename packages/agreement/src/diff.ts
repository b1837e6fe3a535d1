import { parseQuantity } from "@standstill/record";
import { MODES } from "./condition/condition.ts";
import { lineOf, type Obligation } from "./terms/obligations.ts";
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
      differences.push(...fields.map((one) => withEffect(one, was, is)));
    }
  }
  return differences;
}

/** A line in FLOP that falls, or a mode from which on it binds that falls, is stricter. */
function withEffect(difference: Difference, was: Obligation, is: Obligation): Difference {
  const field = difference.path.split(".").at(-1);
  const lines = [lineOf(was), lineOf(is)];
  if ((field === "limit" || field === "above") && lines.every((line) => line?.field === field)) {
    const [low, high] = lines.map((line) =>
      parseQuantity((line as { amount: string }).amount, "FLOP"),
    );
    return { ...difference, effect: (high as bigint) < (low as bigint) ? "stricter" : "looser" };
  }
  if (field === "mode") {
    const fell = MODES.indexOf(is.mode) < MODES.indexOf(was.mode);
    return { ...difference, effect: fell ? "stricter" : "looser" };
  }
  if (field === "aboveH100e" && difference.kind === "changed") {
    const fell = BigInt(difference.after as string) < BigInt(difference.before as string);
    return { ...difference, effect: fell ? "stricter" : "looser" };
  }
  return difference;
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
