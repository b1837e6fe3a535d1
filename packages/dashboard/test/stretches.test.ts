import type { Change } from "@standstill/agreement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stretchesOf } from "../src/charts/timeline.ts";

const change: fc.Arbitrary<Omit<Change, "index">> = fc.record({
  at: fc.constant(0),
  party: fc.constantFrom("aster", "borealis"),
  status: fc.constantFrom("bound", "dropped", "withdrawn", "suspended"),
});

describe("stretches over which parties were bound", () => {
  it("hold an entry exactly if the newest change before it binds", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const history: Change[] = changes.map((one, index) => ({ ...one, index }));
        const size = history.length + 1;
        const stretches = stretchesOf(history, size, (id) => id);
        for (let entry = 0; entry < size; entry++) {
          for (const party of ["aster", "borealis"]) {
            const newest = history.findLast(
              (one) => one.party === party && (one.index ?? 0) <= entry,
            );
            const isIn = stretches.some(
              ({ name, from, to }) => name === party && from <= entry && entry < to,
            );
            expect(isIn).toBe(newest?.status === "bound");
          }
        }
      }),
    );
  });
});
