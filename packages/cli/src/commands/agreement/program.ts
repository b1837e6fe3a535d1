import type { Command } from "commander";
import { chance, count, day, examples, type Finish, instant } from "../../arguments.ts";
import type { Terminal } from "../../output.ts";
import { diffCommand, impactCommand } from "./compare.ts";
import { entryCommand } from "./entry.ts";
import { newCommand } from "./new.ts";
import { checkCommand, explainCommand } from "./read.ts";
import { statusCommand } from "./status.ts";
import { robustnessCommand, whatIfCommand } from "./what-if.ts";

/** Adds `standstill agreement …` to the program. */
export function addAgreementCommands(program: Command, terminal: Terminal, finish: Finish): void {
  const agreement = program
    .command("agreement")
    .description("Read an agreement, and who is bound by it");
  const below = (name: string) =>
    agreement.command(name).option("--json", "print the whole answer as JSON", false);
  addFileCommands(below, terminal, finish);
  addRecordCommands(below, terminal, finish);
}

type Below = (name: string) => Command;

function addFileCommands(below: Below, terminal: Terminal, finish: Finish): void {
  below("new")
    .description("Start an agreement from a few answers")
    .argument("<file>", "the file to write")
    .option("--name <name>", "what it is called")
    .option("--party <name...>", "the parties", [])
    .option("--keeper <name>", "who keeps the record")
    .option("--limit <amount>", "above what a training run is forbidden, as 1e26 FLOP")
    .option("--declared-from <amount>", "from what on training is declared, as 1e24 FLOP")
    .option("--quorum <number>", "how many parties must hold each other bound")
    .option("--notice-days <days>", "days of notice before a party leaves")
    .option("--force", "write over a file that is there", false)
    .addHelpText(
      "after",
      examples(
        "standstill agreement new pact.yaml",
        'standstill agreement new pact.yaml --party "First Lab" "Second Lab" --limit "1e25 FLOP"',
      ),
    )
    .action((file: string, options) => finish(newCommand(file, options, terminal)));
  below("check")
    .description("Find flaws in well-formed terms, with their lines")
    .argument("<file>", "the agreement, as YAML or JSON")
    .addHelpText(
      "after",
      examples(
        "standstill agreement check agreements/example.yaml",
        "standstill agreement check agreements/rules/miri-report.yaml --json",
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
        "standstill agreement explain agreements/rules/sb-53.yaml --json",
      ),
    )
    .action((file: string, options) => finish(explainCommand(file, options, terminal)));
  below("diff")
    .description(
      "Tell what changes between two versions of terms, and for whom it becomes stricter",
    )
    .argument("<before>", "the agreement before")
    .argument("<after>", "the agreement after")
    .addHelpText(
      "after",
      examples(
        "standstill agreement diff agreements/rules/miri-web.yaml agreements/rules/miri-report.yaml",
        "standstill agreement diff old.yaml new.yaml --json",
      ),
    )
    .action((before: string, after: string, options) =>
      finish(diffCommand(before, after, options, terminal)),
    );
  below("impact")
    .description("Tell whom the lines of terms concern today, by public tables")
    .argument("<file>", "the agreement, as YAML or JSON")
    .option("--tables <dir>", "directory with Epoch AI's tables", "data/epoch")
    .addHelpText(
      "after",
      examples(
        "standstill agreement impact agreements/rules/miri-report.yaml",
        "standstill agreement impact agreements/rules/eu-ai-act.yaml --json",
      ),
    )
    .action((file: string, options) => finish(impactCommand(file, options, terminal)));
  below("entry")
    .description("Replay a treaty's history from a table of adherence")
    .argument("<file>", "the treaty, as YAML")
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
}

function addRecordCommands(below: Below, terminal: Terminal, finish: Finish): void {
  below("status")
    .description("Tell who is bound by a record at an instant, why, and what is to come")
    .argument("<dir|url>")
    .option("--at <day>", "at this day or instant, past or future", instant)
    .option("--known-at <size>", "as known when the record had so many statements", count)
    .addHelpText(
      "after",
      examples(
        "standstill agreement status .standstill",
        "standstill agreement status .standstill --at 2030-01-01 --json",
      ),
    )
    .action((target: string, options) => finish(statusCommand(target, options, terminal)));
  below("what-if")
    .description("Tell who would follow whom out, and when")
    .argument("<dir|url>")
    .option("--finding <party...>", "suppose a finding against these parties", [])
    .option("--gone <party...>", "suppose that these parties leave", [])
    .option("--verified <party...>", "suppose that these parties come to be verified", [])
    .option("--tripped <tripwire...>", "suppose that these tripwires trip", [])
    .option("--accepted <safeguard...>", "suppose that these safeguards are accepted", [])
    .option("--ruled <question...>", "suppose that these questions are answered with yes", [])
    .option("--at <day>", "suppose it for this day or instant", instant)
    .addHelpText(
      "after",
      examples(
        "standstill agreement what-if .standstill --finding aster",
        "standstill agreement what-if .standstill --tripped article-4 --gone borealis --json",
      ),
    )
    .action((target: string, options) => finish(whatIfCommand(target, options, terminal)));
  below("robustness")
    .description("Tell the chance that false alarms alone would break the coalition")
    .argument("<dir|url>")
    .option("--periods <number>", "periods judged in a year", count, 12)
    .option("--rate <chance>", "chance of a false alarm for a party in a period", chance)
    .option("--trials <number>", "random years, where there are too many cases", count, 2000)
    .option("--seed <number>", "seed of the random years", count, 1)
    .addHelpText(
      "after",
      examples(
        "standstill agreement robustness .standstill",
        "standstill agreement robustness .standstill --rate 0.05 --periods 12 --json",
      ),
    )
    .action((target: string, options) => finish(robustnessCommand(target, options, terminal)));
}
