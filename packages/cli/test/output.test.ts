import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXIT, EXIT_MEANINGS, exitLines } from "../src/exit-codes.ts";
import { answering, json, table } from "../src/output.ts";
import { keptTerminal } from "./every-command.ts";

const cell = fc.stringMatching(/^[a-z]{0,12}(?: [a-z]{1,12}){0,12}$/);

describe("a table", () => {
  it("keeps every word in its order, aligns every column, and breaks only the last one", () => {
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 12, max: 60 }), (cells, width) => {
        const [head, rule, ...body] = table(["one", "two", "three"], cells, width).split("\n");
        expect(head).toMatch(/^one +two +three$/);
        const starts = [...(rule ?? "").matchAll(/-+/g)].map(({ index }) => index);
        expect(starts).toHaveLength(3);
        const column = (i: number) =>
          body.map((line) => line.slice(starts[i], starts[i + 1]).trim()).join(" ");
        for (const i of [0, 1, 2])
          expect(column(i).replace(/\s+/g, " ").trim()).toBe(
            cells
              .map((row) => row[i])
              .join(" ")
              .replace(/\s+/g, " ")
              .trim(),
          );
        for (const line of body) expect(line.slice(starts[2]).length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it("no line ends in a space", () => {
    for (const line of table(
      ["a", "b"],
      [
        ["", ""],
        ["x", ""],
      ],
    ).split("\n"))
      expect(line).toBe(line.trimEnd());
  });
});

describe("an answer", () => {
  it("is JSON or words, and words are not made where JSON is asked for", () => {
    const { terminal, said } = keptTerminal();
    const words = () => {
      throw new Error("nobody asked");
    };
    answering(terminal, true).answer({ flop: 10n ** 26n }, words);
    expect(JSON.parse(said.out.join(""))).toEqual({ flop: "100000000000000000000000000" });
    answering(terminal, false).answer({ flop: 1n }, "one");
    expect(said.out.at(-1)).toBe("one");
  });

  it("as JSON reads back as what was said", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(json(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("exit codes", () => {
  it("are each one number, told once, in order", () => {
    const codes = Object.values(EXIT);
    expect(new Set(codes).size).toBe(codes.length);
    const lines = exitLines(EXIT_MEANINGS);
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(
      [...codes].sort((a, b) => a - b),
    );
  });
});
