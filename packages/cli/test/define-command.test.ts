import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineCommand } from "../src/command/define.ts";
import { count, text } from "../src/command/format.ts";
import { flag, needed, optional, several, some, unless, usual } from "../src/command/input.ts";
import { run } from "../src/command/run.ts";
import { keptTerminal } from "./every-command.ts";

/** A command with an input of every kind, which answers with what it was given. */
const command = defineCommand({
  summary: "Answer with what was given",
  arguments: { first: needed("<first>", "one", text), rest: several("<rest>", "more", count) },
  options: {
    isLoud: flag("on"),
    merges: unless("off"),
    atMost: optional("<number>", "perhaps", count),
    howMany: usual("<number>", "always", count, "7"),
    name: several("<name>", "any number of", text),
    row: some("<row>", "at least one", count),
    key: needed("<key>", "one", text),
  },
  examples: ["standstill echo a --row 1 --key k"],
  exits: { findings: "it is loud" },
  action: async (given, terminal) => {
    terminal.answer(given, `${given.first} ${given.howMany + 1}`);
    return given.isLoud ? "findings" : "ok";
  },
});
const table = { echo: async () => ({ command }) };

async function echo(...argv: readonly string[]) {
  const { terminal, said } = keptTerminal();
  const code = await run(table, ["echo", ...argv], terminal);
  return { code, out: said.out.join("\n"), err: said.err.join("\n") };
}

describe("a command that is defined", () => {
  it("gets the values of what was given, by name, and of what was not, what is usual", async () => {
    const { code, out } = await echo("a", "--row", "1", "--key", "k", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      first: "a",
      rest: [],
      isLoud: false,
      merges: true,
      howMany: 7,
      name: [],
      row: [1],
      key: "k",
    });
    expect((await echo("a", "--row", "1", "--key", "k")).out).toBe("a 8");
  });

  it("gets them whatever they are and in whatever order they stand", async () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9 =.-]{0,8}$/);
    const number = fc.nat(999_999_999);
    const given = fc.record({
      first: word,
      rest: fc.array(number, { maxLength: 3 }),
      isLoud: fc.boolean(),
      merges: fc.boolean(),
      atMost: fc.option(number, { nil: undefined }),
      howMany: number,
      name: fc.array(word, { maxLength: 3 }),
      row: fc.array(number, { minLength: 1, maxLength: 3 }),
      key: word,
    });
    await fc.assert(
      fc.asyncProperty(given, fc.boolean(), async (values, isLast) => {
        const options = [
          ...(values.isLoud ? ["--is-loud"] : []),
          ...(values.merges ? [] : ["--no-merges"]),
          ...(values.atMost === undefined ? [] : ["--at-most", String(values.atMost)]),
          `--how-many=${values.howMany}`,
          ...values.name.flatMap((one) => ["--name", one]),
          ...values.row.flatMap((one) => ["--row", String(one)]),
          "--key",
          values.key,
          "--json",
        ];
        const words = [values.first, ...values.rest.map(String)];
        const { code, out } = await echo(
          ...(isLast ? [...options, ...words] : [...words, ...options]),
        );
        expect(code).toBe(values.isLoud ? 7 : 0);
        expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it("does not begin where anything is missing or is not what is expected", async () => {
    for (const [argv, told] of [
      [["a", "--row", "1"], "expected --key <key>, got none"],
      [["a", "--key", "k"], "expected --row <row>, got none"],
      [["a", "--key", "k", "--row", "x"], 'for --row, got "x"'],
      [["a", "many", "--key", "k", "--row", "1"], 'for <rest>, got "many"'],
      [["--key", "k", "--row", "1"], "expected <first>, got none"],
    ] as const) {
      const { code, out, err } = await echo(...argv);
      expect([code, out, err]).toEqual([2, "", expect.stringContaining(told)]);
    }
  });
});
