import { CommanderError } from "commander";
import { EXIT, type ExitName } from "../exit-codes.ts";
import { json, type Terminal } from "../output.ts";
import type { Finish } from "./build.ts";
import { type CommandTable, commandIn, programOf } from "./program.ts";
import { isDone, isHelp, usageOf } from "./usage.ts";

/**
 * Runs the command that a command line names, and tells whatever it throws: in words where people can do something about it, with a stack
 * where this program is wrong.
 *
 * @returns the exit code
 */
export async function run(
  table: CommandTable,
  argv: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let exit: ExitName = "ok";
  const finish: Finish = async (work) => {
    exit = await work(terminal);
  };
  const named = commandIn(table, argv);
  try {
    const program = await programOf(table, terminal, finish, named);
    await program.parseAsync(argv, { from: "user" });
    return EXIT[exit];
  } catch (error) {
    if (isDone(error)) return EXIT.ok;
    if (isHelp(error)) return EXIT.badInput;
    const refused = error instanceof CommanderError ? usageOf(error, named.join(" ")) : error;
    return EXIT[await tell(refused, argv.includes("--json"), terminal)];
  }
}

async function tell(error: unknown, isJson: boolean, terminal: Terminal): Promise<ExitName> {
  // Every package has its errors: they are loaded once there is one to tell.
  const { toldError, errorLines } = await import("../told-error.ts");
  const told = toldError(error);
  if (told === undefined) {
    terminal.err(
      `Error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return "unexpected";
  }
  const { code, message, place = null } = told;
  terminal.err(isJson ? json({ error: { code, message, place } }) : errorLines(told));
  return "badInput";
}
