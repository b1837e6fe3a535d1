import { EXIT_MEANINGS, exitLines } from "../exit-codes.ts";
import { aboutOf, nameOf, usageLine } from "./build.ts";
import type { CommandDefinition, Inputs } from "./define.ts";
import type { CommandTable } from "./program.ts";

/** The manual of a table of commands, in Markdown: what each one takes, examples, and how it may end. */
export async function manualOf(table: CommandTable): Promise<string> {
  const parts: string[] = [HEAD];
  for (const [noun, entry] of Object.entries(table)) {
    if (typeof entry === "function") {
      parts.push(section("##", noun, (await entry()).command));
      continue;
    }
    parts.push(`## standstill ${noun}\n\n${entry.summary}.`);
    for (const [verb, file] of Object.entries(entry.commands))
      parts.push(section("###", `${noun} ${verb}`, (await file()).command));
  }
  return `${parts.join("\n\n")}\n`;
}

const HEAD = [
  "# Commands",
  "",
  "Made from the definitions of the commands by `npm run manual`; a test holds the two together. Every command also takes `--json`, which",
  "prints the whole answer as JSON, and `--help`, which prints what stands here. Errors are three lines on standard error (what was expected and came,",
  "the place, what to do), or JSON with `--json`.",
  "",
  "Exit codes, whatever the command; what a command adds to them stands with it:",
  "",
  "```",
  ...exitLines(EXIT_MEANINGS),
  "```",
].join("\n");

function section(level: string, name: string, definition: CommandDefinition): string {
  const own = exitLines(definition.exits);
  return [
    `${level} standstill ${name}`,
    `${definition.summary}.`,
    fenced([`standstill ${name} ${usageLine(definition)}`]),
    ...inputTable(definition),
    ...definition.notes,
    `Examples:\n\n${fenced(definition.examples)}`,
    ...(own.length === 0 ? [] : [`It can also end with:\n\n${fenced(own)}`]),
  ].join("\n\n");
}

function inputTable(definition: CommandDefinition): string[] {
  const rows = [definition.arguments, definition.options].flatMap((inputs: Inputs) =>
    Object.entries(inputs).map(([name, input]) => {
      const called = nameOf(definition, name);
      const shown =
        called === input.placeholder ? called : [called, input.placeholder].join(" ").trim();
      return `| \`${cell(shown)}\` | ${cell(aboutOf(input)).replaceAll("<", "\\<")} |`;
    }),
  );
  return rows.length === 0 ? [] : [["| given | means |", "| --- | --- |", ...rows].join("\n")];
}

function fenced(lines: readonly string[]): string {
  return ["```", ...lines, "```"].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
