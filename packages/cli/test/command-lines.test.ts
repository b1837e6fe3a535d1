import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { programOf } from "../src/command/program.ts";
import { run } from "../src/command/run.ts";
import { EXIT } from "../src/exit-codes.ts";
import { COMMANDS, main } from "../src/main.ts";
import { UsageError } from "../src/output.ts";
import { everyCommand, keptTerminal } from "./every-command.ts";

const commands = await everyCommand();
const STACK = /\n\s+at .*(?:\.[jt]s:\d+|node:)/;

/** What a command line ends in, when no work is ever begun: whether there was work, or what was refused. */
async function readOnly(argv: readonly string[]): Promise<"work" | "refused"> {
  const { terminal } = keptTerminal();
  let isWork = false;
  const program = await programOf(COMMANDS, terminal, async () => {
    isWork = true;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof UsageError || (error as Error).name === "CommanderError") return "refused";
    throw error;
  }
  return isWork ? "work" : "refused";
}

/** Any text that a shell could hand over, and the kinds of it that option values are near to. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.double().map(String),
  fc.integer().map(String),
  fc.constantFrom(
    "",
    "-",
    "--",
    "NaN",
    "1e400",
    "0x10",
    "-1",
    "2026-02-30",
    "http://a:b@c/",
    "..",
    "a=b",
  ),
);

describe("a command line", () => {
  it("that nobody would type is refused or read, in any command, and never ends in another error", async () => {
    const anyLine = fc.constantFrom(...commands).chain(([name, definition]) => {
      const options = Object.entries(definition.options).map(
        ([option]) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      );
      const word = fc.oneof(fc.constantFrom("--no-such-option", "-x", ...options), anyText);
      return fc.tuple(fc.constant(name.split(" ")), fc.array(word, { maxLength: 8 }));
    });
    await fc.assert(
      fc.asyncProperty(anyLine, async ([name, words]) => {
        // Help and version end the program well, whatever else is there.
        fc.pre(!words.some((word) => /^(?:-h|--help|-V|--version)/.test(word)));
        expect(["work", "refused"]).toContain(await readOnly([...name, ...words]));
      }),
      { numRuns: 200 },
    );
  });

  it("with a value that an option does not take is refused with the option's name and what came", () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands), anyText, ([, definition], text) => {
        for (const [name, { value, placeholder }] of Object.entries(definition.options)) {
          if (placeholder === undefined) continue;
          try {
            value([text], `--${name}`);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
            expect((error as UsageError).message).toMatch(/^expected .* for --\w+, got "/s);
            expect((error as UsageError).remedy).not.toBe("");
          }
        }
      }),
    );
  });

  it.each([
    ["no command", [], /^Usage: standstill/],
    ["no command of a noun", ["key"], /^Usage: standstill key/],
    ["an unknown command", ["pause"], /^Error: expected a command that there is, got pause/],
    ["one that is nearly one", ["audt"], /Perhaps audit/],
    ["an unknown command of a noun", ["key", "make"], /got make/],
    ["a name of every object", ["constructor"], /got constructor/],
    ["an unknown option", ["audit", ".", "--loud"], /an option that there is, got --loud/],
    ["an option without its value", ["audit", ".", "--policy"], /a value with --policy/],
    ["too many arguments", ["audit", "a", "b"], /expected fewer arguments/],
    ["no argument", ["audit"], /expected <dir\|url>, got none/],
    ["no required option", ["attest", "x"], /expected --keys <file>, got none/],
    [
      "none of what must be given again and again",
      ["witness", "--name", "x", "--key", "k"],
      /--log/,
    ],
    [
      "a port that is none",
      ["up", "--port", "99999"],
      /port from 0 to 65535 for --port, got "99999"/,
    ],
    ["an unknown format", ["import", "--format", "xml", "x"], /slurm.* for --format, got "xml"/],
    ["a day that no calendar has", ["find", ".", "--after", "2026-02-30"], /a day as 2026-06-04/],
    ["an address with a password", ["notify", "http://a:b@c/"], /the address of a server/],
    ["both a bundle and a log", ["verify", "x", "--terms", "t", "--activity-log", "l"], /got both/],
  ])("usage: %s ends with code 2, in words", async (_name, argv, told) => {
    const { terminal, said } = keptTerminal();
    expect(await main(argv, terminal)).toBe(EXIT.badInput);
    expect(said.out).toEqual([]);
    const words = said.err.join("\n");
    expect(words).toMatch(told);
    expect(words).not.toMatch(STACK);
    if (!words.startsWith("Usage:"))
      expect(words.split("\n").map((line) => line.split(":")[0])).toEqual([
        "Error",
        "Place",
        "To do",
      ]);
  });

  it("--json tells errors as JSON", async () => {
    const { terminal, said } = keptTerminal();
    expect(await main(["find", ".", "--limit", "many", "--json"], terminal)).toBe(2);
    expect(JSON.parse(said.err.join("\n"))).toEqual({
      error: {
        code: "usage",
        message: expect.stringMatching(/^expected a whole number.* for --limit, got "many"$/),
        place: null,
      },
    });
  });

  it("only the file of the command that is asked for is loaded", async () => {
    const { terminal } = keptTerminal();
    const loaded: string[] = [];
    const spied = (name: string) => async () => {
      loaded.push(name);
      throw new UsageError("loaded", "");
    };
    const table = {
      one: spied("one"),
      noun: { summary: "A noun", commands: { two: spied("two"), three: spied("three") } },
    };
    await run(table, ["one"], terminal);
    await run(table, ["noun", "three", "--json"], terminal);
    expect(loaded).toEqual(["one", "three"]);
  });
});
