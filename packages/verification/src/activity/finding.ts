import type { ActivityTable } from "@standstill/evidence/activity";

/** What a check found: it contradicts the terms or itself, or it is only unlikely to be innocent. */
export type Severity = "contradiction" | "suspicion";

/** Something in an activity log that the terms do not allow. It asks for clarification; it is no ruling. */
export interface ActivityFinding {
  readonly check: string;
  /** The obligation that it speaks to. */
  readonly obligation: string;
  readonly severity: Severity;
  /** Where to look: `line`, or `file:line` where there are several files; the first hundred. */
  readonly records: readonly (number | string)[];
  readonly sentence: string;
  readonly numbers: Readonly<Record<string, string | number>>;
}

/** Something that cannot be known from these logs, and what would change that. */
export interface ActivityGap {
  readonly code: string;
  readonly obligation: string;
  readonly sentence: string;
  readonly numbers: Readonly<Record<string, string | number>>;
}

/** What one check says. */
export interface ActivityResult {
  readonly findings: readonly ActivityFinding[];
  readonly gaps: readonly ActivityGap[];
}

/** Records that a finding tells; more are counted. */
const MOST_RECORDS = 100;
/** Findings of one check; more are counted in a last one. */
const MOST_FINDINGS = 200;

const ONE: Readonly<Record<string, string>> = { are: "is", do: "does" };

/**
 * How many records, and the verb that goes with so many.
 *
 * @example recordsThat(1, "tell", "of gpu-0") // "1 record of gpu-0 tells"
 */
export function recordsThat(count: number, verb: string, of = "", kind = ""): string {
  const its = of === "" ? "" : ` ${of}`;
  if (count !== 1) return `${count} ${kind}records${its} ${verb}`;
  return `1 ${kind}record${its} ${ONE[verb] ?? `${verb}s`}`;
}

/** Where a record stands in its file. */
export function placeOf(table: ActivityTable, record: number): number | string {
  const line = table.line[record] as number;
  return table.files.length === 1 ? line : `${table.files[table.file[record] as number]}:${line}`;
}

/** Collects the records of findings by what they are about, so that a thousand records of one fault are one finding. */
export class Grouped<Key> {
  readonly #records = new Map<Key, { readonly first: number[]; count: number }>();

  add(key: Key, record: number): void {
    const known = this.#records.get(key);
    if (known === undefined) this.#records.set(key, { first: [record], count: 1 });
    else {
      known.count++;
      if (known.first.length < MOST_RECORDS) known.first.push(record);
    }
  }

  get size(): number {
    return this.#records.size;
  }

  /** A finding for each key, in the order in which they were first met. */
  findings(
    table: ActivityTable,
    of: (key: Key, count: number, first: number) => Omit<ActivityFinding, "records">,
  ): ActivityFinding[] {
    const all = [...this.#records];
    const told = all.slice(0, MOST_FINDINGS).map(([key, { first, count }]) => {
      const finding = of(key, count, first[0] as number);
      return {
        ...finding,
        records: first.map((record) => placeOf(table, record)),
        numbers: { ...finding.numbers, records: count },
      };
    });
    const rest = all.length - told.length;
    const last = told.at(-1);
    if (rest === 0 || last === undefined) return told;
    return [
      ...told,
      {
        ...last,
        records: [],
        sentence: `There are ${rest} further findings of this kind.`,
        numbers: { more: rest },
      },
    ];
  }
}
