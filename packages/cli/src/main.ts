import { createRequire } from "node:module";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import {
  checkCommand,
  explainCommand,
  statusCommand,
  whatIfCommand,
} from "./commands/agreement.ts";
import { auditCommand } from "./commands/audit.ts";
import { entryCommand } from "./commands/entry.ts";
import { FORMATS, type Format, importCommand } from "./commands/import.ts";
import { up } from "./commands/up.ts";
import { verifyCommand } from "./commands/verify.ts";
import { EXIT, EXIT_CODES_HELP } from "./exit-codes.ts";
import { describeError, isTold, json, processTerminal, type Terminal } from "./output.ts";

/**
 * Runs `standstill` with arguments as a shell gives them, without the program's name.
 *
 * @returns the exit code
 * @example process.exitCode = await main(["audit", "./data", "--json"])
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const finish = async (work: Promise<number>) => {
    exitCode = await work;
  };
  const program = createProgram(terminal, finish);
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    if (!isTold(error)) {
      terminal.err(
        `Error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return EXIT.unexpected;
    }
    if (argv.includes("--json")) {
      terminal.err(
        json({
          error: {
            code: error.code ?? "usage",
            message: error.message,
            place: error.place ?? null,
          },
        }),
      );
    } else terminal.err(describeError(error));
    return EXIT.badInput;
  }
}

const packageVersion = (createRequire(import.meta.url)("../package.json") as { version: string })
  .version;

type Finish = (work: Promise<number>) => Promise<void>;

function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command("standstill")
    .description("Verify that frontier AI development has really slowed or stopped.")
    .version(packageVersion, "--version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .addHelpText("after", EXIT_CODES_HELP);
  const command = (name: string) =>
    program.command(name).option("--json", "print the whole answer as JSON", false);

  command("up")
    .description("Play the example on recorded readings, and serve its page")
    .option("--data <dir>", "data directory; the record lies in <dir>/record", ".standstill")
    .option("--port <number>", "port on 127.0.0.1", port, 7878)
    .option("--once", "do the round, print the verdicts and exit", false)
    .addHelpText(
      "after",
      examples("standstill up", "standstill up --once --json --data /tmp/standstill"),
    )
    .action((options) => finish(up(options, terminal)));

  command("audit")
    .description("Verify a record from nothing: signatures, tree, admission, verdicts")
    .argument("<dir|url>", "data directory, record directory, or address of a server")
    .option("--policy <file>", "log key and witnesses to trust (c2sp.org/tlog-policy)")
    .option("--since <checkpoint>", "a checkpoint seen before; the log must have grown from it")
    .addHelpText(
      "after",
      examples(
        "standstill audit .standstill --policy .standstill/policy",
        "standstill audit http://127.0.0.1:7878 --json",
      ),
    )
    .action((target: string, options) => finish(auditCommand(target, options, terminal)));

  command("import")
    .description("Read files that data centres emit, and tell what is in them")
    .argument("<files...>")
    .addOption(
      new Option("--format <format>", "format of the files").choices(FORMATS).makeOptionMandatory(),
    )
    .option("--run <id>", "mlperf-power: only this run")
    .option("--data <dir>", "keep the readings in this data directory")
    .option("--site <name>", "the site that they belong to")
    .addHelpText(
      "after",
      examples(
        "standstill import --format slurm data/slurm/sacct.json",
        "standstill import --format mlperf-power data/mlperf/smc_h100_training_node_power.csv.gz --json",
      ),
    )
    .action((files: string[], options: { format: Format; json: boolean }) =>
      finish(importCommand(files, options, terminal)),
    );

  command("verify")
    .description("Judge a bundle offline under given terms")
    .argument("<bundle-dir>", "directory with bundle.yaml")
    .requiredOption("--terms <file>", "the agreement, as YAML or JSON")
    .addHelpText(
      "after",
      examples(
        "standstill verify agreements/example/dune --terms agreements/example.yaml",
        "standstill verify agreements/example/aster --terms agreements/example.yaml --json",
      ),
    )
    .action((directory: string, options) => finish(verifyCommand(directory, options, terminal)));
  const agreement = program
    .command("agreement")
    .description("Read an agreement, and who is bound by it");
  const below = (name: string) =>
    agreement.command(name).option("--json", "print the whole answer as JSON", false);
  below("check")
    .description("Find flaws in well-formed terms, with their lines")
    .argument("<file>", "the agreement, as YAML or JSON")
    .addHelpText(
      "after",
      examples(
        "standstill agreement check agreements/example.yaml",
        "standstill agreement check agreements/example.yaml --json",
      ),
    )
    .action((file: string, options) => finish(checkCommand(file, options, terminal)));
  below("explain")
    .description("Tell an agreement in plain prose, article by article")
    .argument("<file>", "the agreement, as YAML or JSON")
    .addHelpText(
      "after",
      examples(
        "standstill agreement explain agreements/example.yaml",
        "standstill agreement explain agreements/example.yaml --json",
      ),
    )
    .action((file: string, options) => finish(explainCommand(file, options, terminal)));
  below("status")
    .description("Tell who is bound by a record, and why")
    .argument("<dir|url>")
    .addHelpText(
      "after",
      examples(
        "standstill agreement status .standstill",
        "standstill agreement status http://127.0.0.1:7878 --json",
      ),
    )
    .action((target: string, options) => finish(statusCommand(target, options, terminal)));
  below("what-if")
    .description("Tell who would follow whom out")
    .argument("<dir|url>")
    .option("--finding <party...>", "suppose a finding against these parties", [])
    .option("--gone <party...>", "suppose that these parties leave", [])
    .addHelpText(
      "after",
      examples(
        "standstill agreement what-if .standstill --finding aster",
        "standstill agreement what-if .standstill --gone borealis --json",
      ),
    )
    .action((target: string, options) => finish(whatIfCommand(target, options, terminal)));
  below("entry")
    .description("Replay a treaty's entry into force from a table of adherence")
    .argument("<file>", "the treaty's rule, as YAML")
    .requiredOption("--table <csv>", "who deposited what, and when")
    .option("--at <day>", "tell who is bound on this day, as 2016-11-04", day)
    .addHelpText(
      "after",
      examples(
        "standstill agreement entry agreements/treaties/paris.yaml --table data/treaties/paris.csv",
        "standstill agreement entry agreements/treaties/ctbt.yaml --table data/treaties/ctbt.csv --at 2023-11-03",
      ),
    )
    .action((file: string, options) => finish(entryCommand(file, options, terminal)));
  return program;
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || value > 65_535)
    throw new InvalidArgumentError("expected a port from 0 to 65535");
  return value;
}

function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text))
    throw new InvalidArgumentError("expected a day as 2016-11-04");
  return text;
}
