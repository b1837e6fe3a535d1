import { there } from "@standstill/record";
import { IDLE, type LogContext, TRAINING } from "./context.ts";
import type { Lineage } from "./lineage.ts";
import type { Strand } from "./strands.ts";

/** Steps over all runs together; a log that needs more was made to need them. */
const MOST_STEPS = 5_000_000;

type Groups = ReadonlyMap<number, readonly Strand[]>;

/** What runs rest on: the compute of all that they continue, each ancestor once. */
export class Descent {
  /** Whether steps ran out, so that for some runs less is told than they rest on. */
  isCut = false;
  readonly #context: LogContext;
  readonly #lineage: Lineage;
  readonly #ofWorkload: Groups;
  readonly #runs: Groups;
  readonly #rootOf: ReadonlyMap<number, number>;
  /** Workloads that something already followed continues. */
  readonly #followed = new Set<number>();
  #steps = 0;

  /**
   * @param ofWorkload strands by number of their workload's name
   * @param runs strands of training by their run
   * @param rootOf the run of each workload that trains
   */
  constructor(
    context: LogContext,
    lineage: Lineage,
    ofWorkload: Groups,
    runs: Groups,
    rootOf: ReadonlyMap<number, number>,
  ) {
    this.#context = context;
    this.#lineage = lineage;
    this.#ofWorkload = ofWorkload;
    this.#runs = runs;
    this.#rootOf = rootOf;
  }

  /** Runs that another run continues. */
  continued(): ReadonlySet<number> {
    const found = new Set<number>();
    for (const [child, parents] of this.#lineage.parents) {
      for (const parent of parents) {
        const run = this.#rootOf.get(parent);
        if (run !== undefined && run !== this.#rootOf.get(child)) found.add(run);
      }
    }
    return found;
  }

  /**
   * FLOP of everything that a run's workloads continue: other runs whole, what served or tried as their teacher, and declared
   * weights. Nothing for a run that one that was asked for before continues: that one rests on more.
   */
  of(workloads: readonly number[], own: readonly Strand[]): bigint {
    if (workloads.every((workload) => this.#followed.has(workload))) return 0n;
    const { table, knownWeights, models } = this.#context;
    const seen = new Set(workloads);
    const open = [...workloads];
    const bases = new Set<string>();
    let sum = 0n;
    const addBase = (name: number) => {
      const model = knownWeights.get(name) ?? models.get(name);
      if (model === undefined || bases.has(model.model)) return;
      bases.add(model.model);
      sum += model.flop;
    };
    for (const strand of own)
      for (const weights of strand.weights) if (knownWeights.has(weights)) addBase(weights);
    const visit = (workload: number) => {
      if (seen.has(workload)) return;
      seen.add(workload);
      this.#followed.add(workload);
      open.push(workload);
      for (const strand of this.#ofWorkload.get(workload) ?? []) {
        if (strand.activity !== IDLE) sum += strand.low;
      }
    };
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (++this.#steps > MOST_STEPS) {
        this.isCut = true;
        return sum;
      }
      for (const base of this.#lineage.bases.get(next) ?? []) addBase(base);
      for (const parent of this.#lineage.parents.get(next) ?? []) {
        visit(parent);
        // A parent is the whole run that it is a piece of.
        const run = this.#rootOf.get(parent);
        for (const piece of run === undefined ? [] : (this.#runs.get(run) ?? [])) {
          if (piece.activity === TRAINING) visit(there(table.workload[piece.sample]));
        }
      }
    }
    return sum;
  }
}
