import { Command } from "commander";
import { EXIT_MEANINGS, exitLines } from "../exit-codes.ts";
import type { Terminal } from "../output.ts";
import { packageVersion } from "../version.ts";
import { build, type Finish } from "./build.ts";
import type { CommandDefinition } from "./define.ts";

/** Loads the file of a command: what a command needs is loaded when it is asked for. */
export type CommandFile = () => Promise<{ readonly command: CommandDefinition }>;

/** Commands under one noun. */
export interface CommandGroup {
  readonly summary: string;
  readonly commands: Readonly<Record<string, CommandFile>>;
}

/** All commands of a program, by name. */
export type CommandTable = Readonly<Record<string, CommandFile | CommandGroup>>;

/** Words of a command line that name a command of a table, from its first word on, as `agreement check`. */
export function commandIn(table: CommandTable, argv: readonly string[]): readonly string[] {
  const [noun = "", verb = ""] = argv;
  const entry = Object.hasOwn(table, noun) ? table[noun] : undefined;
  if (entry === undefined) return [];
  return typeof entry !== "function" && Object.hasOwn(entry.commands, verb) ? [noun, verb] : [noun];
}

/**
 * The program with the commands of a table, before any is run.
 *
 * @param finish takes the work of the command that is run
 * @param needed the command or group whose files are needed; files of others are not loaded. All are where nothing is named.
 */
export async function programOf(
  table: CommandTable,
  terminal: Terminal,
  finish: Finish,
  needed: readonly string[] = [],
): Promise<Command> {
  const program = quiet(new Command("standstill"), terminal)
    .description("Verify that frontier AI development has really slowed or stopped.")
    .version(packageVersion, "--version", "print the version")
    .addHelpText(
      "after",
      `\nExit codes:\n${exitLines(EXIT_MEANINGS)
        .map((line) => `  ${line}`)
        .join("\n")}`,
    );
  for (const [noun, entry] of Object.entries(table)) {
    const below = quiet(program.command(noun), terminal);
    if (typeof entry === "function") {
      if (isBelow([noun], needed)) build(below, (await entry()).command, finish);
      continue;
    }
    below.description(entry.summary);
    for (const [verb, file] of Object.entries(entry.commands)) {
      const command = quiet(below.command(verb), terminal);
      if (isBelow([noun, verb], needed)) build(command, (await file()).command, finish);
    }
  }
  return program;
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return above.every((word, i) => path[i] === word);
}

/** A command that prints help to the terminal and throws what it refuses, for `main` to tell. */
function quiet(command: Command, terminal: Terminal): Command {
  return command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text.trimEnd()),
    outputError: () => undefined,
  });
}
