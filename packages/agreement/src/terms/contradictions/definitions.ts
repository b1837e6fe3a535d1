import type { Draft } from "../terms.ts";
import type { Contradiction } from "./contradiction.ts";

/** The first cycle of definitions that rest on each other. */
export function* definitionCycles({ definitions = [] }: Draft): Generator<Contradiction> {
  const rests = new Map(definitions.map(({ id, rests: on = [] }) => [id, on]));
  const done = new Set<string>();
  const cycleFrom = (id: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const next of rests.get(id) ?? []) {
      const cycle = cycleFrom(next, [...trail, id]);
      if (cycle !== undefined) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const [i, { id }] of definitions.entries()) {
    const cycle = cycleFrom(id, []);
    if (cycle !== undefined) {
      yield {
        path: ["definitions", i, "rests"],
        message: `expected definitions that end somewhere, got a cycle: ${cycle.join(" → ")}`,
      };
      return;
    }
  }
}
