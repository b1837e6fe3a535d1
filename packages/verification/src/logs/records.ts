import type { ActivityTable } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import type { FindingTold, GapTold } from "../finding.ts";
import { logWords } from "../words/index.ts";
import type { LogContext } from "./context.ts";

/** What a check of logs has to say, before it is said in which records that can be seen. */
export interface LogTold extends Pick<FindingTold, "severity" | "about" | "sentence"> {
  readonly numbers?: Readonly<Record<string, string | number>>;
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
  const line = there(table.line[record]);
  return table.files.length === 1 ? line : `${table.files[there(table.file[record])]}:${line}`;
}

/** A finding in records of a log; of many, the first are told. */
export function logFinding(
  { table }: Pick<LogContext, "table">,
  { numbers = {}, ...told }: LogTold,
  records: readonly number[],
  count = records.length,
): FindingTold {
  const places = records.slice(0, MOST_RECORDS).map((record) => placeOf(table, record));
  return {
    ...told,
    detail: logWords.records(places, count),
    numbers: asText(numbers),
    records: places,
  };
}

/** Something that cannot be known from these logs, and what would change that. */
export function logGap(
  code: string,
  sentence: string,
  numbers: Readonly<Record<string, string | number>> = {},
): GapTold {
  return { code, sentence, numbers: asText(numbers) };
}

function asText(numbers: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, `${value}`]));
}

/** Collects the records of findings by what they are about, so that a thousand records of one fault are one finding. Records that are not judged accuse nobody. */
export class Grouped<Key> {
  readonly #log: Pick<LogContext, "table" | "judged">;
  readonly #records = new Map<Key, { readonly first: number[]; count: number }>();

  constructor(log: Pick<LogContext, "table" | "judged">) {
    this.#log = log;
  }

  add(key: Key, record: number): void {
    if (this.#log.judged?.[record] === 0) return;
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
  findings(of: (key: Key, count: number, first: number) => LogTold): FindingTold[] {
    const all = [...this.#records];
    const told = all.slice(0, MOST_FINDINGS).map(([key, { first, count }]) => {
      const { numbers = {}, ...finding } = of(key, count, there(first[0]));
      return logFinding(
        this.#log,
        { ...finding, numbers: { ...numbers, records: count } },
        first,
        count,
      );
    });
    const rest = all.length - told.length;
    const last = told.at(-1);
    if (rest === 0 || last === undefined) return told;
    const sentence = `There are ${rest} further findings of this kind.`;
    const more = { severity: last.severity, about: "log", sentence, numbers: { more: rest } };
    return [...told, logFinding(this.#log, more, [], rest)];
  }
}
