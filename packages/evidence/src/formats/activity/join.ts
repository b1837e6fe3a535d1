import { there } from "@standstill/record";
import { type ActivityTable, COLUMN_NAMES, columnsOf, TEXT_COLUMNS } from "./columns.ts";
import { MOST_TOLD } from "./rows.ts";
import { Texts } from "./texts.ts";

/** What was read of part of a file. */
export interface ActivityPart {
  readonly table: ActivityTable;
  /** Lines of the part, those that are no records too. */
  readonly lines: number;
}

/** A table that can be sent to another thread: texts as a list. */
export type PackedTable = Omit<ActivityTable, "texts"> & { readonly texts: readonly string[] };

/** A table as another thread takes it. Columns are sent as they are. */
export function packTable(table: ActivityTable): PackedTable {
  return { ...table, texts: table.texts.all };
}

/** The table that was packed. */
export function unpackTable(packed: PackedTable): ActivityTable {
  return { ...packed, texts: new Texts(packed.texts) };
}

/**
 * Joins two parts of one file, the second right after the first. The table is the one that reading the file at once gives, in shared
 * memory.
 */
export function joinParts(first: ActivityPart, second: ActivityPart): ActivityTable {
  const [a, b] = [first.table, second.table];
  const count = a.count + b.count;
  const columns = columnsOf(count, "shared");
  const texts = new Texts(a.texts.all);
  const numbers = Int32Array.from(b.texts.all, (text) => texts.number(text));
  const { lists, listNumbers } = joinLists(a.lists, b.lists, numbers);
  for (const name of COLUMN_NAMES) {
    columns[name].set(a[name]);
    columns[name].set(b[name], a.count);
  }
  const renumber = (column: Int32Array, by: Int32Array) => {
    for (let i = a.count; i < count; i++) {
      const number = there(column[i]);
      if (number >= 0) column[i] = there(by[number]);
    }
  };
  for (const name of TEXT_COLUMNS) renumber(columns[name], numbers);
  renumber(columns.parents, listNumbers);
  renumber(columns.dataSources, listNumbers);
  for (let i = a.count; i < count; i++) columns.line[i] = there(columns.line[i]) + first.lines;
  const later = b.setAside.first.map((one) => ({ ...one, line: one.line + first.lines }));
  return {
    ...columns,
    count,
    texts,
    lists,
    files: a.files,
    setAside: {
      count: a.setAside.count + b.setAside.count,
      first: [...a.setAside.first, ...later].slice(0, MOST_TOLD),
    },
    unknownFields: [...new Set([...a.unknownFields, ...b.unknownFields])]
      .sort()
      .slice(0, MOST_TOLD),
    otherActivities: joinCounts(a.otherActivities, b.otherActivities).slice(0, MOST_TOLD),
    chained: a.chained + b.chained,
    broken: [...a.broken, ...b.broken.map((record) => record + a.count)],
  };
}

function joinLists(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
  numbers: Int32Array,
) {
  const lists = [...first];
  const known = new Map(first.map((list, i) => [list.join(" "), i]));
  const listNumbers = Int32Array.from(second, (list) => {
    const own = list.map((text) => there(numbers[text]));
    const key = own.join(" ");
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, lists.length);
    return lists.push(own) - 1;
  });
  return { lists, listNumbers };
}

function joinCounts(
  first: readonly (readonly [string, number])[],
  second: readonly (readonly [string, number])[],
): [string, number][] {
  const counts = new Map(first);
  for (const [name, count] of second) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts];
}
