import { CommanderError } from "commander";
import { UsageError } from "../output.ts";

/** What was expected, by the code of what commander refused; `it` is what stood on the command line. */
const EXPECTED: Readonly<Record<string, (it: string) => string>> = {
  "commander.unknownOption": (it) => `expected an option that there is, got ${it}`,
  "commander.unknownCommand": (it) => `expected a command that there is, got ${it}`,
  "commander.missingArgument": (it) => `expected <${it}>, got none`,
  "commander.optionMissingArgument": (it) => `expected a value with ${it}, got none`,
  "commander.excessArguments": () => "expected fewer arguments, got more than the command takes",
};

/**
 * A command line that commander refused, in this program's words.
 *
 * @param command the command that was meant, as `agreement check`; nothing where none was named
 */
export function usageOf(error: CommanderError, command: string): UsageError {
  const [, it = ""] = /'([^']*)'/.exec(error.message) ?? [];
  const [, like] = /\(Did you mean (.+)\?\)/.exec(error.message) ?? [];
  const expected = EXPECTED[error.code]?.(it) ?? error.message.replace(/^error: /, "");
  const help = ["standstill", command, "--help"].filter((word) => word !== "").join(" ");
  return new UsageError(
    expected,
    `${like === undefined ? "" : `Perhaps ${like}. `}${help} tells what it takes.`,
  );
}

/** Whether commander did what was asked, as it does for `--help` and `--version`, and ended the program by an error. */
export function isDone(error: unknown): boolean {
  return error instanceof CommanderError && error.exitCode === 0;
}

/** Whether commander printed help because no command was named. */
export function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && error.code === "commander.help";
}
