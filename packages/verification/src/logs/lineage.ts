import { NO_TEXT } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import { type LogContext, TRAINING } from "./context.ts";

/** What workloads say that they continue. All are told by the number of their names. */
export interface Lineage {
  /** Parents of each workload that are workloads of the logs, itself apart. */
  readonly parents: ReadonlyMap<number, ReadonlySet<number>>;
  /** Names of declared models, and hashes of known weights, that each workload continues. */
  readonly bases: ReadonlyMap<number, ReadonlySet<number>>;
  /** Names that are nothing known. */
  readonly unknown: ReadonlySet<number>;
  /** Parents that begin after their children. */
  readonly late: readonly {
    readonly child: number;
    readonly parent: number;
    readonly record: number;
  }[];
  /** Workloads that are their own ancestors. */
  readonly circles: readonly { readonly workloads: readonly number[]; readonly record: number }[];
}

/** Draws up which workload continues which: by name, or by weights that it made. Linear in records and links. */
export function lineageOf(context: LogContext): Lineage {
  const { table } = context;
  const begins = new Map<number, number>();
  const firstRecord = new Map<number, number>();
  const makers = new Map<number, Set<number>>();
  for (let i = 0; i < table.count; i++) {
    const workload = there(table.workload[i]);
    const at = there(table.startMs[i]);
    const earliest = begins.get(workload);
    if (earliest === undefined || at < earliest) begins.set(workload, at);
    if (earliest === undefined) firstRecord.set(workload, i);
    const weights = there(table.modelSha256[i]);
    if (weights === NO_TEXT || table.activity[i] !== TRAINING) continue;
    const its = makers.get(weights);
    if (its === undefined) makers.set(weights, new Set([workload]));
    else its.add(workload);
  }
  const declared = new Set(
    (context.terms.models ?? []).map(({ model }) => table.texts.find(model)),
  );
  const parents = new Map<number, Set<number>>();
  const bases = new Map<number, Set<number>>();
  const unknown = new Set<number>();
  const late: { child: number; parent: number; record: number }[] = [];
  const seen = new Set<number>();
  const own = new Map<number, number>();
  for (let i = 0; i < table.count; i++) {
    const list = there(table.parents[i]);
    const child = there(table.workload[i]);
    const key = child * table.lists.length + list;
    if (list === 0) continue;
    const names = there(table.lists[list]);
    // A restart may name its own workload; what names itself from its first record on has no beginning.
    if (table.startMs[i] === begins.get(child) && !own.has(child) && names.includes(child))
      own.set(child, i);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const name of names) {
      const from = begins.has(name) ? [name] : [...(makers.get(name) ?? [])];
      if (from.length === 0) {
        if (declared.has(name) || context.knownWeights.has(name)) add(bases, child, name);
        else unknown.add(name);
      }
      for (const parent of from) {
        if (parent === child || parents.get(child)?.has(parent)) continue;
        add(parents, child, parent);
        if (there(begins.get(parent)) > there(begins.get(child))) {
          late.push({ child, parent, record: i });
        }
      }
    }
  }
  const circles = [
    ...circlesIn(parents).map((workloads) => ({
      workloads,
      record: there(firstRecord.get(there(workloads[0]))),
    })),
    ...[...own]
      .filter(([child]) => !declared.has(child) && !context.knownWeights.has(child))
      .map(([child, record]) => ({ workloads: [child], record })),
  ];
  return { parents, bases, unknown, late, circles };
}

function add(map: Map<number, Set<number>>, key: number, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

/** Circles of a graph: its strongly connected parts of more than one (Tarjan 1972), without recursion, since chains are long. */
export function circlesIn(edges: ReadonlyMap<number, ReadonlySet<number>>): number[][] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const circles: number[][] = [];
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const work: { node: number; next: Iterator<number> }[] = [];
    const enter = (node: number) => {
      index.set(node, index.size);
      low.set(node, there(index.get(node)));
      stack.push(node);
      onStack.add(node);
      work.push({ node, next: (edges.get(node) ?? new Set<number>())[Symbol.iterator]() });
    };
    enter(root);
    while (work.length > 0) {
      const { node, next } = there(work.at(-1));
      const step = next.next();
      if (!step.done) {
        if (!index.has(step.value)) enter(step.value);
        else if (onStack.has(step.value)) {
          low.set(node, Math.min(there(low.get(node)), there(index.get(step.value))));
        }
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent !== undefined)
        low.set(parent, Math.min(there(low.get(parent)), there(low.get(node))));
      if (low.get(node) !== index.get(node)) continue;
      const part: number[] = [];
      for (let one = -1; one !== node; ) {
        one = there(stack.pop());
        onStack.delete(one);
        part.push(one);
      }
      if (part.length > 1) circles.push(part.sort((a, b) => a - b));
    }
  }
  return circles;
}
