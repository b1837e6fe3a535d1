import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { EXIT, EXIT_MEANINGS } from "../src/exit-codes.ts";
import { commandManual, createProgram, main } from "../src/main.ts";
import { everyCommand, keptTerminal, shellWords } from "./every-command.ts";

const commands = await everyCommand();

describe.each(commands)("standstill %s", (name, definition) => {
  it("--help shows what it is for, every option, examples and exit codes", async () => {
    const { terminal, said } = keptTerminal();
    expect(await main([...name.split(" "), "--help"], terminal)).toBe(0);
    const help = said.out.join("\n");
    const unbroken = help.replace(/\s+/g, " ");
    expect(unbroken).toContain(definition.summary);
    for (const option of help.match(/^ {2}--[a-z-]+/gm) ?? [])
      expect(unbroken).toContain(option.trim());
    for (const input of [
      ...Object.values(definition.options),
      ...Object.values(definition.arguments),
    ])
      expect(unbroken).toContain(input.about.replace(/\s+/g, " "));
    for (const example of definition.examples) expect(help).toContain(`  ${example}`);
    for (const exit of ["ok", "unexpected", "badInput", ...Object.keys(definition.exits)] as const)
      expect(help).toMatch(new RegExp(`^  ${EXIT[exit as keyof typeof EXIT]}  \\S`, "m"));
    expect(help).toContain("--json");
    expect(said.err).toEqual([]);
  });

  it("every example parses, down to its values", async () => {
    const { terminal } = keptTerminal();
    let works = 0;
    const program = await createProgram(terminal, async () => {
      works++;
    });
    for (const example of definition.examples) {
      const line = example.slice(example.search(/\bstandstill /));
      await program.parseAsync(shellWords(line).slice(1), { from: "user" });
      expect(shellWords(line).slice(1).join(" ").startsWith(name)).toBe(true);
    }
    expect(works).toBe(definition.examples.length);
  });

  it("every usual value is one that it takes", () => {
    for (const [input, { usual, value }] of Object.entries(definition.options))
      if (usual !== undefined) expect(() => value([], input)).not.toThrow();
  });

  it("no argument has the name of an option, and says what it is for without a full stop", () => {
    for (const argument of Object.keys(definition.arguments))
      expect(Object.keys(definition.options)).not.toContain(argument);
    const inputs = [...Object.values(definition.options), ...Object.values(definition.arguments)];
    for (const text of [definition.summary, ...inputs.map(({ about }) => about)])
      expect(text).toMatch(/[^.]$/);
  });
});

describe("the program", () => {
  it("exit codes of every command are those that it can end in, each with what it means there", () => {
    const told = new Set<string>();
    for (const [name, { exits }] of commands) {
      for (const [exit, meaning] of Object.entries(exits)) {
        expect([name, Object.keys(EXIT).includes(exit)]).toEqual([name, true]);
        expect(meaning).toMatch(/\S/);
        told.add(exit);
      }
    }
    // Every code is some command's, or every command's.
    expect([...told, "ok", "unexpected", "badInput"].sort()).toEqual(Object.keys(EXIT).sort());
  });

  it("lists every command with what it does, and every exit code", async () => {
    const { terminal, said } = keptTerminal();
    expect(await main(["--help"], terminal)).toBe(0);
    const help = said.out.join("\n").replace(/\s+/g, " ");
    for (const [name, { summary }] of commands)
      if (!name.includes(" ")) expect(help).toContain(summary);
    for (const meaning of Object.values(EXIT_MEANINGS)) expect(help).toContain(meaning);
  });

  it("lists the commands of a noun", async () => {
    const { terminal, said } = keptTerminal();
    expect(await main(["key", "--help"], terminal)).toBe(0);
    for (const verb of ["generate", "join", "hold", "show"])
      expect(said.out.join("\n")).toMatch(new RegExp(`^ {2}${verb} `, "m"));
  });

  it("docs/commands.md is what the definitions say: npm run manual", async () => {
    const file = new URL("../../../docs/commands.md", import.meta.url);
    expect(await readFile(file, "utf8")).toBe(await commandManual());
  });
});
