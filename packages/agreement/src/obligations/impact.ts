import { parseQuantity } from "@standstill/record";
import type { Draft } from "../terms/terms.ts";
import { lineOf, obligationRuleOf } from "./obligation.ts";

/** A model that somebody trained, as a public table has it. */
export interface TrainedModel {
  readonly name: string;
  readonly organisations: readonly string[];
  readonly countries: readonly string[];
  /** Day of publication. */
  readonly day: string;
  readonly trainingFlop: bigint;
}

/** A cluster that exists, as a public table has it. */
export interface KnownCluster {
  readonly name: string;
  readonly owners: readonly string[];
  readonly countries: readonly string[];
  /** In H100-equivalents. */
  readonly h100e: number;
}

/** Whom one line of the terms concerns, by public tables. */
export interface Impact {
  readonly obligation: string;
  readonly title: string;
  /** The line, as the terms write it. */
  readonly line: string;
  /** What the line is compared with. */
  readonly of: "models" | "clusters";
  readonly above: number;
  /** Those whose size is known. */
  readonly all: number;
  /** Organisations above the line, with how many each, most first. */
  readonly organisations: readonly (readonly [string, number])[];
  /** Organisations of which something is known, all of it at or below the line. */
  readonly organisationsBelow: number;
  readonly countries: readonly (readonly [string, number])[];
  /** The first day on which a known model was above the line. */
  readonly firstDay: string | undefined;
}

/**
 * Whom the lines of terms concern today, by public tables of models and clusters: so that "this favours those who are
 * ahead" can be answered with names and numbers. Tables are incomplete; what is unknown is not counted as small.
 *
 * @example impactOf(terms, models, clusters)[0]?.organisations // [["…", 12], …]
 */
export function impactOf(
  terms: Draft,
  models: readonly TrainedModel[],
  clusters: readonly KnownCluster[],
): Impact[] {
  return terms.obligations.flatMap((obligation): Impact[] => {
    const { id, title } = obligation;
    const line = lineOf(obligation);
    if (line !== undefined) {
      const flop = parseQuantity(line.amount, "FLOP");
      const above = models.filter(({ trainingFlop }) => trainingFlop > flop);
      const days = above.map(({ day }) => day).sort();
      return [
        {
          obligation: id,
          title,
          line: line.amount,
          of: "models",
          ...counted(above, models, ({ organisations }) => organisations),
          firstDay: days[0],
        },
      ];
    }
    const aboveH100e = obligationRuleOf(obligation).h100e(obligation);
    if (aboveH100e === undefined) return [];
    const h100e = Number(aboveH100e);
    const above = clusters.filter((cluster) => cluster.h100e > h100e);
    return [
      {
        obligation: id,
        title,
        line: `${h100e} H100e`,
        of: "clusters",
        ...counted(above, clusters, ({ owners }) => owners),
        firstDay: undefined,
      },
    ];
  });
}

function counted<Row extends { readonly countries: readonly string[] }>(
  above: readonly Row[],
  all: readonly Row[],
  whose: (row: Row) => readonly string[],
) {
  const organisations = tally(above.flatMap(whose));
  const over = new Set(organisations.map(([name]) => name));
  return {
    above: above.length,
    all: all.length,
    organisations,
    organisationsBelow: new Set(all.flatMap(whose).filter((name) => !over.has(name))).size,
    countries: tally(above.flatMap(({ countries }) => countries)),
  };
}

function tally(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
